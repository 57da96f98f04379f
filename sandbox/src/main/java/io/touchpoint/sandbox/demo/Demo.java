package io.touchpoint.sandbox.demo;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SandboxOptions;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.sandbox.demo.DemoProgress.Stage;
import io.touchpoint.sandbox.demo.summary.BoardReader;
import io.touchpoint.sandbox.demo.summary.DemoState;
import io.touchpoint.sandbox.replay.RunEnd;
import io.touchpoint.sandbox.traffic.LiveTraffic;
import io.touchpoint.sandbox.traffic.Population;
import io.touchpoint.sandbox.traffic.SampleYear;
import io.touchpoint.sandbox.traffic.TrafficMix;
import io.touchpoint.sandbox.warehouse.Warehouse;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.serdes.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole system on one machine: Kafka, a schema registry, the pipeline, a year of history and then live traffic. Everything
 * that was started is stopped by {@link #close()}, and by Ctrl-C.
 *
 * <p>The history is on the topics before the pipeline starts: to a pipeline that runs, last year's events that are still to
 * come would be late ones.
 */
public final class Demo implements AutoCloseable {
    static {
        TrustedRecords.trust();
    }

    private static final int PROGRESS_EVERY = 1000;
    /** Of the year: by the bytes that those take who bought much. */
    private static final String ALL_CUSTOMERS = "5000";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PipelineSandbox sandbox;
    private final DemoOptions options;
    private final InstantSource clock;
    private final AppConfig config;
    private final HistoryMarker marker;
    private final Pace pace = new Pace();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Population population;
    private EventPublisher publisher;
    private Pipeline pipeline;
    private OperationsServer operations;
    private BoardReader reader;
    private Backlog backlog;
    private LiveFeed feed;
    private Warehouse warehouse;
    private boolean resumed;

    private long moved = -1;
    private Instant movedAt = Instant.MIN;

    private Demo(PipelineSandbox sandbox, DemoOptions options, InstantSource clock) {
        this.sandbox = sandbox;
        this.options = options;
        this.clock = clock;
        this.config = sandbox.config();
        this.marker = new HistoryMarker(sandbox.servers().folder());
    }

    /**
     * Starts the servers, publishes the history unless a kept folder has it already, and starts the pipeline.
     *
     * @throws IllegalStateException when something does not start; nothing is left running then
     */
    public static Demo start(DemoOptions options, DemoProgress progress, InstantSource clock)
            throws InterruptedException {
        progress.at(Stage.STARTING, 0, 0);
        var reading = CompletableFuture.supplyAsync(() -> SampleYear.read(seed(options)));
        var servers = options.kept().map(SandboxOptions::keptIn).orElseGet(SandboxOptions::temporary);
        var sandbox = PipelineSandbox.start(servers, settings(options));
        var demo = new Demo(sandbox, options, clock);
        try {
            demo.start(read(reading), progress);
        } catch (RuntimeException | InterruptedException failed) {
            demo.close();
            throw failed;
        }
        return demo;
    }

    private static Map<String, String> settings(DemoOptions options) {
        return Map.of("http.port", Integer.toString(options.httpPort()), "customers.hot-cache", ALL_CUSTOMERS);
    }

    /** A history that is half published goes on with the events it began with. */
    private static long seed(DemoOptions options) {
        return options.kept()
                .flatMap(folder -> new HistoryMarker(folder).read())
                .map(HistoryMarker.Entry::seed)
                .orElse(options.seed());
    }

    private static SampleYear read(CompletableFuture<SampleYear> reading) {
        try {
            return reading.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void start(SampleYear year, DemoProgress progress) throws InterruptedException {
        population = Population.of(year.retail());
        RecordSerdes serdes = stoppedWithTheServers(config.serde().open());
        publisher = stoppedWithTheServers(new EventPublisher(config, serdes));
        Instant now = clock.instant();
        publishHistory(year, now, progress);
        String run = "demo-" + now;
        new RunEnd(run, now, serdes).announce(publisher.producer());
        if (options.warehouse()) {
            warehouse = stoppedWithTheServers(Warehouse.start(sandbox.servers()));
        }
        backlog = stoppedWithTheServers(new Backlog(config));
        reader = stoppedWithTheServers(BoardReader.start(config, serdes, run));
        var policy = PolicyFile.shipped();
        pipeline = stoppedWithTheServers(Pipeline.start(config, policy, serdes, clock));
        operations = stoppedWithTheServers(OperationsServer.start(config, policy, serdes, pipeline));
        // Handed over after the pipeline, so it is told before that stops.
        stoppedWithTheServers(stopping::countDown);
    }

    private <T extends AutoCloseable> T stoppedWithTheServers(T part) {
        sandbox.servers().stopFirst(part);
        return part;
    }

    private void publishHistory(SampleYear year, Instant now, DemoProgress progress) {
        var before = marker.read();
        resumed = before.isPresent();
        var entry = before.orElseGet(() -> new HistoryMarker.Entry(now, options.seed(), false, false));
        if (entry.published()) {
            return;
        }
        marker.write(entry);
        List<TouchpointEvent> events = year.endingAt(entry.endsAt()).toList();
        for (int sent = 0; sent < events.size(); sent++) {
            if (sent % PROGRESS_EVERY == 0) {
                progress.at(Stage.PUBLISHING, publisher.acknowledged(), events.size());
            }
            publisher.publish(events.get(sent));
        }
        publisher.flush();
        marker.write(entry.afterPublishing());
    }

    /**
     * Waits until the history is folded, its timers have fired, and all outputs of both are in the summary.
     *
     * @return whether it is so, false when the time was up or the demo is being stopped
     * @throws IllegalStateException when the pipeline has stopped, or nothing has moved for two minutes
     */
    public boolean awaitHistory(Duration atMost) throws InterruptedException {
        if (reader.awaitRun(atMost)) {
            return true;
        }
        failIfStopped();
        return false;
    }

    /** Starts the live traffic. */
    public void startTraffic() {
        marker.read().ifPresent(entry -> marker.write(entry.withTraffic()));
        // Another prefix at every start, so that no event repeats one of an earlier start.
        String run = "live-" + Long.toString(clock.millis(), Character.MAX_RADIX);
        feed = LiveFeed.start(
                new LiveTraffic(new TrafficMix(run, population, options.seed()), options.perSecond(), clock),
                publisher);
        stoppedWithTheServers(feed);
    }

    /** Waits until the demo is being stopped, by {@link #close()} or Ctrl-C; false when the time was up before. */
    public boolean awaitStop(Duration atMost) throws InterruptedException {
        return stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the demo is being stopped. */
    public boolean stopping() {
        return stopping.getCount() == 0;
    }

    /**
     * How things stand now.
     *
     * @throws IllegalStateException when the pipeline, the traffic or the reader of the outputs has stopped
     */
    public DemoState state() throws InterruptedException {
        failIfStopped();
        Instant now = clock.instant();
        Backlog.Look look = backlog.look();
        failIfStuck(now, look);
        return new DemoState(now, look.published(), look.folded(), pace.at(now, look.folded()), reader.summary());
    }

    private void failIfStopped() {
        if (stopping()) {
            return;
        }
        if (pipeline.hasStopped()) {
            throw new IllegalStateException("the pipeline stopped: "
                    + pipeline.failure().map(Pipeline::cause).orElse("no reason given"));
        }
        reader.failure().ifPresent(failed -> {
            throw new IllegalStateException("the outputs could not be read: " + failed.getMessage(), failed);
        });
        if (feed != null) {
            feed.failure().ifPresent(failed -> {
                throw new IllegalStateException("the live traffic stopped: " + failed.getMessage(), failed);
            });
        }
    }

    private void failIfStuck(Instant now, Backlog.Look look) {
        // One event can cause much work, so what comes out counts as movement too.
        long position = look.folded() + reader.records();
        if (position != moved || look.lag() == 0 && feed != null) {
            moved = position;
            movedAt = now;
        } else if (now.isAfter(movedAt.plus(PATIENCE))) {
            throw new IllegalStateException("the pipeline has neither read nor written anything for "
                    + PATIENCE.toSeconds() + " s, after " + look.folded() + " events");
        }
    }

    /** Whether everything began where an earlier demo had left it. */
    public boolean resumed() {
        return resumed;
    }

    /** Whether live traffic came after the history, now or in an earlier demo. */
    public boolean hadTraffic() {
        return marker.read().map(HistoryMarker.Entry::traffic).orElse(false);
    }

    /** The configuration of the pipeline, with the addresses of the servers. */
    public AppConfig config() {
        return config;
    }

    /** Where the outputs become rows, when that was asked for. */
    public Optional<Warehouse> warehouse() {
        return Optional.ofNullable(warehouse);
    }

    /** The port of health and metrics. */
    public int httpPort() {
        return operations.port();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
