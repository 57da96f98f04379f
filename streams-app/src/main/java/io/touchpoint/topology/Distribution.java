package io.touchpoint.topology;

import java.util.Arrays;

/** Counts of values by upper bound, kept by one thread until they are drained: an addition is a few comparisons and a count. */
final class Distribution {

    /** Takes what was counted. */
    interface Sink {

        /** So many values were at most the bound of this index and above the one before it; the last index is above all bounds. */
        void bucket(int index, long count);

        /** What the values amount to. */
        void sum(double amount);
    }

    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /** @param bounds rising */
    Distribution(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new long[bounds.length + 1];
    }

    void add(double value, long times) {
        int index = 0;
        while (index < bounds.length && value > bounds[index]) {
            index++;
        }
        counts[index] += times;
        sum += value * times;
    }

    /** Hands over what was counted since the last time. */
    void drain(Sink sink) {
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] > 0) {
                sink.bucket(index, counts[index]);
            }
        }
        if (sum != 0) {
            sink.sum(sum);
        }
        Arrays.fill(counts, 0);
        sum = 0;
    }
}
