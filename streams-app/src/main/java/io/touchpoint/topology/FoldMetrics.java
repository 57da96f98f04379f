package io.touchpoint.topology;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What a fold task tells about itself, among the metrics of Kafka Streams, in the group {@value #GROUP}. An event costs additions to numbers of
 * this thread; they go to the metrics, which have locks, with the commit.
 *
 * <p>A distribution is a sum and one count per bucket, with its upper bound as the tag {@value #BOUND}.
 */
final class FoldMetrics {

    static final String GROUP = "stream-touchpoint-metrics";
    static final String BOUND = "le";

    /** One event of so many is timed: two looks at the clock would be a twentieth of its time. A power of two. */
    static final int TIMED_ONE_OF = 64;

    private static final long NOT_TIMED = 0;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final StreamsMetrics metrics;
    private final String task;
    private final Sensor gets;
    private final Sensor puts;
    private final Sensor fired;
    private final Sensor folded;
    private final Sensor duplicates;
    private final Sensor early;
    private final Sensor capped;
    private final Counts<Refusal.Reason> rejected;
    private final Counts<SuppressionState> suppressions;
    private final Counts<ChurnLevel> churn;
    private final Spread foldTime;
    private final Spread delay;
    private final Spread lateness;
    private final Counts<Platform> dropped;

    private FoldMetrics(StreamsMetrics metrics, String task) {
        this.metrics = metrics;
        this.task = task;
        gets = total("state-gets-total", "Reads of customer states from the store");
        puts = total("state-puts-total", "Writes of customer states to the store");
        fired = total("timers-fired-total", "Deadlines that came due while their customer was silent");
        folded = total("folded-total", "Records folded");
        duplicates = total("duplicates-total", "Records that were there before");
        early = total("early-flushes-total", "Times that customers were written before the commit");
        capped = total("customers-capped-total", "Customers that reached a cap of their history");
        rejected = new Counts<>(
                Refusal.Reason.values(), reason -> total("rejected-total", "Records refused", "reason", reason.name()));
        suppressions = new Counts<>(
                SuppressionState.values(),
                state -> total("suppressions-total", "Suppressions decided", "state", lower(state)));
        churn = new Counts<>(
                ChurnLevel.values(), level -> total("churn-signals-total", "Churn signals", "level", lower(level)));
        foldTime = new Spread("fold-seconds", 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 0.02, 0.1);
        delay = new Spread("delay-seconds", 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 15, 60, 600, 3600);
        lateness = new Spread("timer-lateness-seconds", 0.05, 0.1, 0.2, 0.5, 1, 5, 15, 60, 600, 3600);
        dropped = new Counts<>(
                Platform.values(),
                platform -> total(
                        "addresses-dropped-total",
                        "Addresses of contacts that are of no use on a platform",
                        "platform",
                        platform.id()));
    }

    static FoldMetrics of(ProcessorContext<?, ?> context) {
        return new FoldMetrics(context.metrics(), context.taskId().toString());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Sensor total(String name, String doc) {
        return total(name, doc, "", "");
    }

    private Sensor total(String name, String doc, String tag, String value) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("task-id", task);
        if (!tag.isEmpty()) {
            tags.put(tag, value);
        }
        var sensor = metrics.addSensor("touchpoint." + task + "." + name + value, Sensor.RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, doc, tags), new CumulativeSum());
        return sensor;
    }

    void store(long reads, long writes) {
        gets.record(reads);
        puts.record(writes);
    }

    void fired(int count) {
        fired.record(count);
    }

    /** A deadline was met so long after it, while the clock was that of the wall. */
    void late(long millis) {
        lateness.distribution.add(millis / MILLIS, 1);
    }

    void dropped(Platform platform, int addresses) {
        dropped.add(platform, addresses);
    }

    void rejected(Refusal.Reason reason) {
        rejected.add(reason);
    }

    /** @param decided null for the end of all that was said of its key */
    void suppression(Suppression decided) {
        if (decided != null) {
            suppressions.add(decided.getState());
        }
    }

    /** @param signal null for a customer that is forgotten */
    void churn(ChurnSignal signal) {
        if (signal != null) {
            churn.add(signal.getLevel());
        }
    }

    /** Customers reached a cap of what is kept of them. */
    void capped(int customers) {
        capped.record(customers);
    }

    void flushedEarly() {
        early.record();
    }

    void folded(long events, long repeated) {
        folded.record(events);
        duplicates.record(repeated);
    }

    /** So many events were processed so long after they occurred; below 0 when their clock is ahead. */
    void delayed(double millis, long events) {
        delay.distribution.add(Math.max(0, millis) / MILLIS, events);
    }

    /** {@return when the event began, for {@link #end}, if it is one that is timed} */
    static long begin(long number) {
        return number % TIMED_ONE_OF == 0 ? System.nanoTime() : NOT_TIMED;
    }

    void end(long began) {
        if (began != NOT_TIMED) {
            foldTime.distribution.add((System.nanoTime() - began) / NANOS, 1);
        }
    }

    /** Hands over what was counted, to whoever reads metrics; in every commit. */
    void publish() {
        rejected.publish();
        suppressions.publish();
        churn.publish();
        dropped.publish();
        foldTime.publish();
        delay.publish();
        lateness.publish();
    }

    /** A count per value of an enum. */
    private static final class Counts<E extends Enum<E>> {
        private final Sensor[] sensors;
        private final long[] counts;

        Counts(E[] values, Function<E, Sensor> sensor) {
            sensors = Arrays.stream(values).map(sensor).toArray(Sensor[]::new);
            counts = new long[values.length];
        }

        void add(E value) {
            add(value, 1);
        }

        void add(E value, int many) {
            counts[value.ordinal()] += many;
        }

        void publish() {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    sensors[i].record(counts[i]);
                    counts[i] = 0;
                }
            }
        }
    }

    /** A distribution and where it is published. */
    private final class Spread implements Distribution.Sink {
        private final Distribution distribution;
        private final Sensor[] buckets;
        private final Sensor sum;

        Spread(String name, double... bounds) {
            distribution = new Distribution(bounds);
            buckets = new Sensor[bounds.length + 1];
            for (int i = 0; i < buckets.length; i++) {
                double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
                buckets[i] = total(name + "-bucket", "Values up to a bound", BOUND, Double.toString(bound));
            }
            sum = total(name + "-sum", "What the values amount to");
        }

        void publish() {
            distribution.drain(this);
        }

        @Override
        public void bucket(int index, long count) {
            buckets[index].record(count);
        }

        @Override
        public void sum(double amount) {
            sum.record(amount);
        }
    }
}
