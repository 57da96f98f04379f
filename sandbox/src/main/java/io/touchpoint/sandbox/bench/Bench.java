package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import io.touchpoint.serdes.RecordSerdes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the pipeline beside a transactional byte copy of the same records, on a broker of its own. */
public final class Bench {

    /** Begins the application id of each round. */
    static final String GROUP = "touchpoint-bench-";

    private final BenchRequest request;
    private final Consumer<String> progress;
    private final InstantSource clock;

    /**
     * @param progress told what is being done
     * @param clock the wall clock, by which events are dated and answers timed
     */
    public Bench(BenchRequest request, Consumer<String> progress, InstantSource clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Runs it all, and leaves nothing behind.
     *
     * @throws io.touchpoint.config.InvalidConfigException when a setting of the request is not one
     * @throws IllegalStateException when a process ends or stands still
     */
    public BenchReport run() throws InterruptedException {
        progress.accept("Starting a broker and a registry in a process of their own");
        try (var broker = BrokerProcess.start()) {
            var config = config(settings(broker, 0));
            try (var cluster = new BenchCluster(config);
                    var serdes = config.serde().open();
                    var supply = new EventSupply(config, serdes, request.customers(), request.warmUpCustomers())) {
                cluster.provision();
                produce(supply);
                var rounds = new ArrayList<Round>();
                for (int number = 1; number <= request.repeat(); number++) {
                    cluster.startAfresh();
                    var copied = copy(broker, number);
                    rounds.add(fold(number, copied, broker, cluster, serdes, supply));
                }
                return Summary.of(request, config, rounds, clock.instant());
            }
        }
    }

    private void produce(EventSupply supply) {
        say("Producing %,d events, of which the first %,d are for warming up", request.produced(), request.warmUp());
        var now = clock.instant();
        supply.produce(request.warmUp(), request.events(), now.minus(request.span()), now);
    }

    private ByteCopy.Result copy(BrokerProcess broker, int number) {
        var copied = ByteCopy.measure(settings(broker, 0), broker, request.warmUp(), request.events());
        say("%d of %d: byte copy %,.0f events/s", number, request.repeat(), copied.recordsPerSecond());
        return copied;
    }

    private Round fold(
            int number,
            ByteCopy.Result copied,
            BrokerProcess broker,
            BenchCluster cluster,
            RecordSerdes serdes,
            EventSupply supply)
            throws InterruptedException {
        var settings = settings(broker, number);
        var config = config(settings);
        try (var pipeline = PipelineProcess.start(settings)) {
            var state = config.streams().stateDir();
            var fold = new FoldRun(cluster, broker, pipeline, GROUP + number, state)
                    .run(request.warmUp(), request.events());
            say("%d of %d: pipeline  %,.0f events/s", number, request.repeat(), fold.eventsPerSecond());
            var latency = latency(number, pipeline, fold.eventsPerSecond() * request.load(), config, serdes, supply);
            return new Round(
                    copied,
                    fold,
                    latency,
                    pipeline.peakResidentBytes(),
                    pipeline.figures().heapPeakBytes());
        }
    }

    private LatencyProbe.Result latency(
            int number,
            PipelineProcess pipeline,
            double eventsPerSecond,
            AppConfig config,
            RecordSerdes serdes,
            EventSupply supply)
            throws InterruptedException {
        if (request.latency().isZero()) {
            return null;
        }
        say("%d of %d: sending %,.0f events/s", number, request.repeat(), eventsPerSecond);
        try (var probe = new LatencyProbe(pipeline, config, serdes, supply, clock)) {
            return probe.run("live-" + number, eventsPerSecond, request.latency());
        }
    }

    private Map<String, String> settings(BrokerProcess broker, int number) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("topics.partitions", "4");
        settings.put("topics.replication", "1");
        settings.put("streams.standbys", "0");
        settings.putAll(request.settings());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("registry.url", broker.registryUrl());
        settings.put("application.id", GROUP + number);
        settings.put(
                "streams.state-dir",
                broker.folder().resolve("streams-" + number).toString());
        return settings;
    }

    private static AppConfig config(Map<String, String> settings) {
        return AppConfig.read(Optional.empty(), Map.of(), settings);
    }

    private void say(String format, Object... values) {
        progress.accept(String.format(Locale.ROOT, format, values));
    }
}
