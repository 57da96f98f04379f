package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Buckets;
import java.util.Arrays;

/** How many values lie in each bucket; those without any take no room for long. Not thread-safe. */
public final class Histogram {
    private int[] buckets = new int[8];
    private long[] counts = new long[8];
    private int size;
    private long total;

    /** Adds to the count of a bucket, by its {@link Buckets#index}; signed. */
    public void add(int bucket, long count) {
        int at = size > 0 && buckets[size - 1] == bucket ? size - 1 : Arrays.binarySearch(buckets, 0, size, bucket);
        if (at < 0) {
            at = insert(-at - 1, bucket);
        }
        counts[at] += count;
        total += count;
    }

    /** How many values there are. */
    public long total() {
        return total;
    }

    /** The bucket of the value of a rank, counted from 1 for the least. */
    public int bucketAt(long rank) {
        long below = 0;
        for (int at = 0; at < size; at++) {
            below += counts[at];
            if (below >= rank) {
                return buckets[at];
            }
        }
        throw new IllegalArgumentException("Rank " + rank + " (expected: at most " + total + ")");
    }

    /** Forgets everything. */
    public void clear() {
        size = 0;
        total = 0;
    }

    private int insert(int place, int bucket) {
        int at = place;
        if (size == buckets.length) {
            at -= dropEmpty(place);
            if (size > buckets.length / 2) {
                buckets = Arrays.copyOf(buckets, buckets.length * 2);
                counts = Arrays.copyOf(counts, counts.length * 2);
            }
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        buckets[at] = bucket;
        counts[at] = 0;
        size++;
        return at;
    }

    /** Returns how many of those dropped were before a place. */
    private int dropEmpty(int place) {
        int kept = 0;
        int droppedBefore = 0;
        for (int at = 0; at < size; at++) {
            if (counts[at] != 0) {
                buckets[kept] = buckets[at];
                counts[kept] = counts[at];
                kept++;
            } else if (at < place) {
                droppedBefore++;
            }
        }
        size = kept;
        return droppedBefore;
    }
}
