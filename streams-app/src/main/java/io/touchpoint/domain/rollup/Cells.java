package io.touchpoint.domain.rollup;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

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

    private static final long[] NO_LONGS = {};
    private static final boolean[] NO_FLAGS = {};

    private long[] numbers = NO_LONGS;
    private long[] amounts = NO_LONGS;
    private long[] newest = NO_LONGS;
    private boolean[] dirty = NO_FLAGS;
    private int first;
    private int end;
    private long dirtyFrom = Long.MAX_VALUE;
    private final int chunk;
    private Set<Long> written = Set.of();
    private boolean forgot;

    /** @param chunk how many neighbouring panes are written as one row */
    Cells(int chunk) {
        this.chunk = chunk;
    }

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
        return numbers.length * BYTES;
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
        System.arraycopy(dirty, at, dirty, at + 1, end - at);
        numbers[at] = number;
        amounts[at] = 0;
        newest[at] = NONE;
        dirty[at] = false;
        end++;
        return at;
    }

    void add(int place, long amount, long time) {
        amounts[place] += amount;
        newest[place] = Math.max(newest[place], time);
        dirty[place] = true;
        dirtyFrom = Math.min(dirtyFrom, numbers[place]);
    }

    /** Forgets the cells before a place. */
    void forgetBefore(int place) {
        forgot |= place > first;
        first = Math.max(first, place);
    }

    /** Receives rows. */
    interface Drain {
        void put(long chunk, byte[] row);

        void delete(long chunk);
    }

    /** Hands over the chunks that differ from what was handed over before; one may still hold what was forgotten. */
    void drain(Drain drain) {
        if (forgot && !written.isEmpty()) {
            deleteForgotten(drain);
        }
        forgot = false;
        if (dirtyFrom == Long.MAX_VALUE) {
            return;
        }
        long last = Long.MAX_VALUE;
        for (int at = end - 1; at >= first && numbers[at] >= dirtyFrom; at--) {
            if (dirty[at]) {
                dirty[at] = false;
                long its = Math.floorDiv(paneAt(at), chunk);
                if (its != last) {
                    put(its, drain);
                    last = its;
                }
            }
        }
        dirtyFrom = Long.MAX_VALUE;
    }

    /** A row was taken in as it was handed over. */
    void restored(long itsChunk) {
        Arrays.fill(dirty, false);
        dirtyFrom = Long.MAX_VALUE;
        wrote(itsChunk);
    }

    private void wrote(long itsChunk) {
        if (written.isEmpty()) {
            written = new HashSet<>(4);
        }
        written.add(itsChunk);
    }

    private void put(long its, Drain drain) {
        CellRow row = new CellRow();
        long behind = (its + 1) * chunk;
        for (int at = from(its * chunk); at < end && paneAt(at) < behind; at++) {
            row.add(numbers[at], amounts[at], newest[at]);
        }
        drain.put(its, row.toBytes());
        wrote(its);
    }

    private void deleteForgotten(Drain drain) {
        long oldest = first == end ? Long.MAX_VALUE : Math.floorDiv(paneAt(first), chunk);
        written.removeIf(its -> {
            if (its < oldest) {
                drain.delete(its);
            }
            return its < oldest;
        });
    }

    /** Moves the cells to the front of arrays with room for more; returns by how much they moved. */
    private int makeRoom() {
        int size = end - first;
        int length = size >= numbers.length / 2 ? Math.max(4, numbers.length + numbers.length / 2) : numbers.length;
        numbers = moved(numbers, length);
        amounts = moved(amounts, length);
        newest = moved(newest, length);
        boolean[] flags = new boolean[length];
        System.arraycopy(dirty, first, flags, 0, size);
        dirty = flags;
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
