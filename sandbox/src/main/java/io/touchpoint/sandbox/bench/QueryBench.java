package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import io.touchpoint.sandbox.traffic.LiveTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Measures what watching costs the pipeline, and how fast it answers meanwhile: it folds the same events without anybody who watches
 * and with 200, of whom 20 do not read, by turns; then it is asked 500 times a second while it folds what happens now.
 */
public final class QueryBench {

    private static final int READING = 180;
    private static final int NOT_READING = 20;
    private static final int QUERIES_A_SECOND = 500;
    private static final Duration ASKED_FOR = Duration.ofSeconds(15);
    private static final long BREATH_NANOS = 500_000;

    private final BenchRequest request;
    private final Consumer<String> progress;
    private final InstantSource clock;

    /** Events, warm-up, customers, span, load and settings of the request count. */
    public QueryBench(BenchRequest request, Consumer<String> progress, InstantSource clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param fall by how much the throughput was less with those who watch, a share of the other
     * @param stillReading of those who read, at the end of each run; the others were cut off
     */
    public record Report(
            BenchReport.Machine machine,
            int events,
            int reading,
            int notReading,
            List<Double> eventsPerSecondWithout,
            List<Double> eventsPerSecondWith,
            double fall,
            List<Long> peakHeapBytesWithout,
            List<Long> peakHeapBytesWith,
            List<Long> streamedBytes,
            List<Integer> stillReading,
            double loadEventsPerSecond,
            QueryProbe.Result queries) {}

    /** Runs it all, and leaves nothing behind. */
    public Report run() throws InterruptedException {
        progress.accept("Starting a broker and a registry in a process of their own");
        try (var broker = BrokerProcess.start()) {
            var config = config(settings(broker, 0, 1));
            try (var cluster = new BenchCluster(config);
                    var serdes = config.serde().open();
                    var supply = new EventSupply(config, serdes, request.customers(), request.warmUpCustomers())) {
                cluster.provision();
                var now = clock.instant();
                supply.produce(request.warmUp(), request.events(), now.minus(request.span()), now);
                return measure(broker, cluster, supply);
            }
        }
    }

    private Report measure(BrokerProcess broker, BenchCluster cluster, EventSupply supply) throws InterruptedException {
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        var heapWithout = new ArrayList<Long>();
        var heapWith = new ArrayList<Long>();
        var streamed = new ArrayList<Long>();
        var left = new ArrayList<Integer>();
        double load = 0;
        QueryProbe.Result queries = null;
        // There and back again, so that a broker that gets warmer favours neither.
        var watched = List.of(false, true, true, false);
        for (int number = 1; number <= watched.size(); number++) {
            cluster.startAfresh();
            int port = freePort();
            var settings = settings(broker, number, port);
            boolean last = number == watched.size();
            try (var pipeline = PipelineProcess.start(settings)) {
                var run = new FoldRun(
                        cluster,
                        broker,
                        pipeline,
                        Bench.GROUP + number,
                        config(settings).streams().stateDir());
                pipeline.figures();
                if (watched.get(number - 1)) {
                    try (var clients = StreamClients.open(port, READING, NOT_READING)) {
                        with.add(run.run(request.warmUp(), request.events()).eventsPerSecond());
                        streamed.add(clients.bytes());
                        left.add(clients.reading());
                    }
                    heapWith.add(pipeline.figures().heapPeakBytes());
                } else {
                    without.add(run.run(request.warmUp(), request.events()).eventsPerSecond());
                    heapWithout.add(pipeline.figures().heapPeakBytes());
                }
                progress.accept(String.format(
                        Locale.ROOT, "%d of %d: %s, without %s events/s", number, watched.size(), with, without));
                if (last) {
                    load = Spread.of(without).median() * request.load();
                    queries = ask(port, load, supply);
                }
            }
        }
        double fall = 1 - Spread.of(with).median() / Spread.of(without).median();
        return new Report(
                Summary.machine(clock.instant()),
                request.events(),
                READING,
                NOT_READING,
                without,
                with,
                fall,
                heapWithout,
                heapWith,
                streamed,
                left,
                load,
                queries);
    }

    private QueryProbe.Result ask(int port, double load, EventSupply supply) throws InterruptedException {
        progress.accept(
                String.format(Locale.ROOT, "Asking %d times a second at %,.0f events/s", QUERIES_A_SECOND, load));
        var over = new AtomicBoolean();
        var sender = new Thread(() -> send(supply, load, over), "bench-traffic");
        sender.start();
        try {
            return new QueryProbe(port, request.customers()).run(QUERIES_A_SECOND, ASKED_FOR);
        } finally {
            over.set(true);
            sender.join();
        }
    }

    private void send(EventSupply supply, double eventsPerSecond, AtomicBoolean over) {
        var traffic = new LiveTraffic(supply.traffic("asked"), eventsPerSecond, clock);
        while (!over.get()) {
            traffic.due().forEach(supply::send);
            LockSupport.parkNanos(BREATH_NANOS);
        }
    }

    private Map<String, String> settings(BrokerProcess broker, int number, int port) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("topics.partitions", "4");
        settings.put("topics.replication", "1");
        settings.put("streams.standbys", "0");
        settings.putAll(request.settings());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("registry.url", broker.registryUrl());
        settings.put("application.id", Bench.GROUP + number);
        settings.put(
                "streams.state-dir",
                broker.folder().resolve("streams-" + number).toString());
        settings.put("http.port", Integer.toString(port));
        return settings;
    }

    private static AppConfig config(Map<String, String> settings) {
        return AppConfig.read(Optional.empty(), Map.of(), settings);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no port is free", none);
        }
    }
}
