package io.touchpoint.domain.activation;

import io.touchpoint.domain.kpi.Buckets;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Durations, counted so that their quantiles are right to 1 % however many there are. */
public final class Latencies {

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long all;

    /** One more; a negative one, of clocks that differ, counts as 0. */
    public void add(Duration duration) {
        counts.merge(Buckets.indexOf(Math.max(0, duration.toMillis())), 1L, Long::sum);
        all++;
    }

    /** How many. */
    public long count() {
        return all;
    }

    /**
     * Seconds within which this share of them lies; empty without any.
     *
     * @param share above 0, at most 1
     */
    public OptionalDouble seconds(double share) {
        long rank = (long) Math.ceil(share * all);
        for (var bucket : counts.entrySet()) {
            rank -= bucket.getValue();
            if (rank <= 0) {
                return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(Buckets.middle(bucket.getKey()) / 1000);
            }
        }
        return OptionalDouble.empty();
    }
}
