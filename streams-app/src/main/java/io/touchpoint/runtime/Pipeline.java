package io.touchpoint.runtime;

import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topology.TouchpointTopology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline while it runs. Any failure that Kafka Streams does not mend by itself stops it, and is kept for the one who started it. */
public final class Pipeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    /** How long {@link #close()} takes at most; whoever runs the process must give it more. */
    public static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final GroupMembershipOperation membership;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Pipeline(AppConfig config, Policy policy, RecordSerdes serdes, InstantSource wallClock) {
        membership = config.streams().instanceId().isPresent()
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP;
        var clients = new LagAwareClients(wallClock);
        var properties = StreamsProperties.of(config);
        var topology = new TouchpointTopology(config, policy, serdes, wallClock, clients).build(properties);
        streams = new KafkaStreams(topology, properties, clients);
        streams.setStateListener((now, before) -> stateChanged(now));
        streams.setUncaughtExceptionHandler(this::failed);
    }

    /**
     * Starts the pipeline; its topics must be there.
     *
     * @param serdes of all topics, not closed by the pipeline
     */
    public static Pipeline start(AppConfig config, Policy policy, RecordSerdes serdes, InstantSource wallClock) {
        var pipeline = new Pipeline(config, policy, serdes, wallClock);
        pipeline.streams.start();
        return pipeline;
    }

    private void stateChanged(State now) {
        if (now == State.RUNNING) {
            running.countDown();
        }
        if (now == State.NOT_RUNNING || now == State.ERROR) {
            running.countDown();
            stopped.countDown();
        }
    }

    private StreamThreadExceptionResponse failed(Throwable thrown) {
        failure.compareAndSet(null, thrown);
        log.error("The pipeline stops: {}", cause(thrown));
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** {@return what is at the bottom of the failure, in one line} */
    public static String cause(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return cause instanceof AuthorizationException ? refused(thrown, words) : words;
    }

    /** Of what Kafka does not allow, only the upper messages may say what it was. */
    private static String refused(Throwable thrown, String words) {
        var above = thrown.getMessage() == null ? words : thrown.getMessage();
        var what = above.contains(words) ? above : above + ": " + words;
        return "not allowed by Kafka: "
                + what.replaceFirst("^org\\.apache\\.kafka\\.[\\w.]+: ", "").replaceAll("\\s+", " ")
                + " (expected: the grants of 'touchpoint topics acls')";
    }

    /**
     * Waits until all tasks run.
     *
     * @return whether they do, false when the time was up or the pipeline stopped
     */
    public boolean awaitRunning(Duration atMost) throws InterruptedException {
        return running.await(atMost.toMillis(), TimeUnit.MILLISECONDS) && streams.state() == State.RUNNING;
    }

    /** Waits until the pipeline has stopped, by failure or because it was closed. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** {@return whether the pipeline has stopped} */
    public boolean hasStopped() {
        return stopped.getCount() == 0;
    }

    /** {@return why the pipeline stopped by itself, if it did} */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** {@return the running Kafka Streams, for metrics and queries} */
    public KafkaStreams streams() {
        return streams;
    }

    /** {@return how many records of its partitions are on the broker and not yet read by this instance, as far as it was told} */
    public long lag() {
        return streams.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-lag")
                        && !metric.getKey().tags().getOrDefault("client-id", "").endsWith("-restore-consumer"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .filter(lag -> lag > 0)
                .mapToLong(lag -> (long) lag)
                .sum();
    }

    /**
     * Commits and stops. An instance without a name leaves the group, so that others take its tasks at once; one with a name
     * stays a member, and finds its tasks and their state again when it is back in time.
     */
    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(STOPS_WITHIN));
        stopped.countDown();
    }
}
