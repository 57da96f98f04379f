package io.touchpoint.domain.rollup;

import java.util.Arrays;

/**
 * Signed amounts by number, sorted, with the newest fact of each; only numbers with facts take room. Knows which of them
 * differ from what was written. Not thread-safe.
 *
 * <p>A number is a pane and a bucket within it: see {@link #number}.
 */
final class Cells {
    /** No fact. */
    static final long NONE = Long.MIN_VALUE;

    private static final int BYTES = 3 * Long.BYTES + 1;

    private static final int BUCKET_BITS = 13;
    private static final int BUCKET_ZERO = 1 << (BUCKET_BITS - 1);
    private static final int BUCKET_MASK = (1 << BUCKET_BITS) - 1;
    private static final byte WRITTEN = 1;
    private static final byte DIRTY = 2;

    private static final long[] NO_LONGS = {};
    private static final byte[] NO_BYTES = {};

    private long[] numbers = NO_LONGS;
    private long[] amounts = NO_LONGS;
    private long[] newest = NO_LONGS;
    private byte[] flags = NO_BYTES;
    private int first;
    private int end;
    private long dirtyFrom = Long.MAX_VALUE;
    private long[] gone = NO_LONGS;
    private int goneCount;

    static long number(long pane, int bucket) {
        return (pane << BUCKET_BITS) + BUCKET_ZERO + bucket;
    }

    static long pane(long number) {
        return number >> BUCKET_BITS;
    }

    static int bucket(long number) {
        return (int) (number & BUCKET_MASK) - BUCKET_ZERO;
    }

    int first() {
        return first;
    }

    int end() {
        return end;
    }

    boolean isEmpty() {
        return first == end;
    }

    long numberAt(int place) {
        return numbers[place];
    }

    long paneAt(int place) {
        return pane(numbers[place]);
    }

    int bucketAt(int place) {
        return bucket(numbers[place]);
    }

    long amountAt(int place) {
        return amounts[place];
    }

    long newestAt(int place) {
        return newest[place];
    }

    /** What it takes in memory, spare room included, but for the objects themselves. */
    int bytes() {
        return numbers.length * BYTES + gone.length * Long.BYTES;
    }

    /** The place of the first cell of the pane or, without one, of those after it. */
    int from(long pane) {
        long number = pane << BUCKET_BITS;
        if (first == end || numbers[end - 1] < number) {
            return end;
        }
        int found = Arrays.binarySearch(numbers, first, end, number);
        return found >= 0 ? found : -found - 1;
    }

    /** The place of a number, made when it is not there. */
    int slot(long number) {
        if (end > first && numbers[end - 1] == number) {
            return end - 1;
        }
        int at = end;
        if (end > first && numbers[end - 1] > number) {
            int found = Arrays.binarySearch(numbers, first, end, number);
            if (found >= 0) {
                return found;
            }
            at = -found - 1;
        }
        if (end == numbers.length) {
            at -= makeRoom();
        }
        System.arraycopy(numbers, at, numbers, at + 1, end - at);
        System.arraycopy(amounts, at, amounts, at + 1, end - at);
        System.arraycopy(newest, at, newest, at + 1, end - at);
        System.arraycopy(flags, at, flags, at + 1, end - at);
        numbers[at] = number;
        amounts[at] = 0;
        newest[at] = NONE;
        flags[at] = 0;
        end++;
        return at;
    }

    void add(int place, long amount, long time) {
        amounts[place] += amount;
        newest[place] = Math.max(newest[place], time);
        flags[place] |= DIRTY;
        dirtyFrom = Math.min(dirtyFrom, numbers[place]);
    }

    /** Forgets the cells before a place; one that was never written needs no deletion. */
    void forgetBefore(int place) {
        for (; first < place; first++) {
            if ((flags[first] & WRITTEN) != 0) {
                if (goneCount == gone.length) {
                    gone = Arrays.copyOf(gone, Math.max(4, goneCount * 2));
                }
                gone[goneCount++] = numbers[first];
            }
        }
    }

    /** Takes in a cell as it was written. */
    void restored(int place) {
        flags[place] = WRITTEN;
    }

    /** Receives cells. */
    interface Drain {
        void put(long number, long amount, long newest);

        void delete(long number);
    }

    /** Hands over the cells that differ from what was handed over before. */
    void drain(Drain drain) {
        for (int at = 0; at < goneCount; at++) {
            drain.delete(gone[at]);
        }
        goneCount = 0;
        if (dirtyFrom == Long.MAX_VALUE) {
            return;
        }
        for (int at = end - 1; at >= first && numbers[at] >= dirtyFrom; at--) {
            if ((flags[at] & DIRTY) != 0) {
                drain.put(numbers[at], amounts[at], newest[at]);
                flags[at] = WRITTEN;
            }
        }
        dirtyFrom = Long.MAX_VALUE;
    }

    /** Moves the cells to the front of arrays with room for more; returns by how much they moved. */
    private int makeRoom() {
        int size = end - first;
        int length = size >= numbers.length / 2 ? Math.max(4, numbers.length + numbers.length / 2) : numbers.length;
        numbers = moved(numbers, length);
        amounts = moved(amounts, length);
        newest = moved(newest, length);
        byte[] kept = new byte[length];
        System.arraycopy(flags, first, kept, 0, size);
        flags = kept;
        int by = first;
        first = 0;
        end = size;
        return by;
    }

    private long[] moved(long[] from, int length) {
        long[] to = new long[length];
        System.arraycopy(from, first, to, 0, end - first);
        return to;
    }
}
