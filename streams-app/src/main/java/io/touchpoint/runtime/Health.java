package io.touchpoint.runtime;

import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Whether the pipeline makes progress.
 *
 * @param live all threads are alive and asked the broker for more within the last while; when not, only a restart helps
 * @param ready all tasks run
 * @param state state of Kafka Streams, lower case
 * @param threads processing threads that are alive
 * @param idleSeconds seconds since the thread that waits longest asked the broker for more
 * @param failure why the pipeline stopped, null while it has not
 */
public record Health(boolean live, boolean ready, String state, int threads, long idleSeconds, String failure) {

    /** A thread that polls less often than this is stuck: far above any batch, well below the broker's patience of 10 minutes. */
    static final Duration STUCK = Duration.ofMinutes(2);

    /** {@return the health of the pipeline now} */
    public static Health of(Pipeline pipeline) {
        var streams = pipeline.streams();
        var state = streams.state();
        int alive = (int) streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD"))
                .count();
        long idle = streams.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("last-poll-seconds-ago")
                        && metric.getKey().group().equals("consumer-metrics")
                        && metric.getKey().tags().getOrDefault("client-id", "").endsWith("-consumer")
                        && !metric.getKey().tags().get("client-id").endsWith("-restore-consumer"))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .max()
                .orElse(0);
        boolean going = state == State.CREATED || state == State.RUNNING || state == State.REBALANCING;
        return new Health(
                going && idle < STUCK.toSeconds() && pipeline.failure().isEmpty(),
                state == State.RUNNING,
                state.name().toLowerCase(Locale.ROOT),
                alive,
                idle,
                pipeline.failure().map(Pipeline::cause).orElse(null));
    }
}
