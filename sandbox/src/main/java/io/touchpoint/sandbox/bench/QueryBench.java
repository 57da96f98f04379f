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
import java.util.stream.IntStream;

/**
 * Measures what watching costs the pipeline, and how fast it answers meanwhile: one pipeline folds, by turns without anybody who watches and with 200, of whom 20 do
 * not read; then it is asked 500 times a second while it folds what happens now.
 */
public final class QueryBench {

    private static final int READING = 180;
    private static final int NOT_READING = 20;
    /** Who begins to watch costs more than who goes on. */
    private static final Duration SETTLE = Duration.ofSeconds(4);

    private static final Duration TURN = Duration.ofSeconds(10);
    private static final int QUERIES_A_SECOND = 500;
    private static final Duration ASKED_FOR = Duration.ofSeconds(30);
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
     * @param turnSeconds how long each turn was measured
     * @param falls by how much the throughput of each turn with those who watch was less than that of the turn without them beside it, shares of that
     * @param heapPeakBytesBefore the most heap that was in use before anybody watched
     * @param stillReading of those who read, at the end of each of their turns; the others were cut off
     */
    public record Report(
            BenchReport.Machine machine,
            double turnSeconds,
            int reading,
            int notReading,
            List<Double> eventsPerSecondWithout,
            List<Double> eventsPerSecondWith,
            List<Double> falls,
            double medianFall,
            long heapPeakBytesBefore,
            long heapPeakBytes,
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
        int port = freePort();
        var settings = settings(broker, 1, port);
        try (var pipeline = PipelineProcess.start(settings)) {
            var fold = new FoldRun(
                    cluster,
                    broker,
                    pipeline,
                    Bench.GROUP + 1,
                    config(settings).streams().stateDir());
            fold.await(request.warmUp());
            long heapBefore = pipeline.figures().heapPeakBytes();
            var watched = watched(fold, port);
            double load = Spread.of(watched.without).median() * request.load();
            fold.await(request.produced());
            var queries = ask(pipeline, port, load, supply);
            return new Report(
                    Summary.machine(clock.instant()),
                    TURN.toMillis() / 1_000.0,
                    READING,
                    NOT_READING,
                    watched.without,
                    watched.with,
                    watched.falls(),
                    Spread.of(watched.falls()).median(),
                    heapBefore,
                    pipeline.figures().heapPeakBytes(),
                    watched.streamed,
                    watched.left,
                    load,
                    queries);
        }
    }

    /** Turns in pairs, there and back again, so that what gets slower or faster with time favours neither. */
    private Watched watched(FoldRun fold, int port) throws InterruptedException {
        var all = new Watched(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        // Pairs two by two: each order comes as often as the other.
        int turns = 2 * (request.repeat() + request.repeat() % 2);
        for (int number = 0; number < turns; number++) {
            if (number % 4 == 1 || number % 4 == 2) {
                try (var clients = StreamClients.open(port, READING, NOT_READING)) {
                    all.with.add(fold.eventsPerSecond(SETTLE, TURN, request.produced()));
                    all.streamed.add(clients.bytes());
                    all.left.add(clients.reading());
                }
            } else {
                all.without.add(fold.eventsPerSecond(SETTLE, TURN, request.produced()));
            }
            progress.accept(String.format(
                    Locale.ROOT,
                    "%d of %d: without %s, with %s events/s",
                    number + 1,
                    turns,
                    rounded(all.without),
                    rounded(all.with)));
        }
        return all;
    }

    private static List<Long> rounded(List<Double> values) {
        return values.stream().map(Math::round).toList();
    }

    private record Watched(List<Double> without, List<Double> with, List<Long> streamed, List<Integer> left) {

        List<Double> falls() {
            return IntStream.range(0, with.size())
                    .mapToObj(pair -> 1 - with.get(pair) / without.get(pair))
                    .toList();
        }
    }

    private QueryProbe.Result ask(PipelineProcess pipeline, int port, double load, EventSupply supply)
            throws InterruptedException {
        progress.accept(
                String.format(Locale.ROOT, "Asking %d times a second at %,.0f events/s", QUERIES_A_SECOND, load));
        var over = new AtomicBoolean();
        var sender = new Thread(() -> send(supply, load, over), "bench-traffic");
        sender.start();
        try {
            return new QueryProbe(pipeline, port, request.customers(), QUERIES_A_SECOND).run(ASKED_FOR);
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
