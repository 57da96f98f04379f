package io.touchpoint.domain.kpi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The panes of one measure in one segment at one resolution, and the sums of the windows over them, kept as facts come and
 * the clock moves. Only panes with facts take room. A fact costs a search among them, whatever the length of a window;
 * moving the clock costs the panes that enter or leave a window, however far it moves.
 *
 * <p>Panes after the clock's wait. Panes before the longest window are forgotten.
 */
final class Panes {
    static final long NONE = Long.MIN_VALUE;

    private final int[] lengths;
    private final long[] sums;
    private final int longest;
    private long current;
    private long[] numbers = new long[2];
    private long[] amounts = new long[2];
    private long[] newest = new long[2];
    private boolean[] written = new boolean[2];
    private int first;
    private int end;
    private long newestCounted = NONE;
    private Set<Long> dirty = Set.of();

    /** Where a fact went. */
    enum Place {
        /** Before every window: nowhere. */
        GONE,
        /** Into a pane of a window, and the value may differ now. */
        COUNTED,
        /** Into a pane after the clock's. */
        WAITING,
        /** Nothing differs. */
        UNCHANGED
    }

    /** @param windows lengths in panes, each at least 1 */
    Panes(List<Integer> windows) {
        lengths = windows.stream().mapToInt(Integer::intValue).toArray();
        sums = new long[lengths.length];
        longest = Arrays.stream(lengths).max().orElseThrow();
    }

    /**
     * Adds to a pane.
     *
     * @param time of the newest fact, epoch milliseconds
     */
    Place add(long pane, long amount, long time) {
        if (pane <= current - longest) {
            return Place.GONE;
        }
        if (amount == 0 && pane < current) {
            return Place.UNCHANGED;
        }
        int at = slot(pane);
        boolean newer = time > newest[at];
        if (amount == 0 && !newer) {
            return Place.UNCHANGED;
        }
        amounts[at] += amount;
        newest[at] = Math.max(newest[at], time);
        touch(pane);
        if (pane > current) {
            return Place.WAITING;
        }
        newestCounted = Math.max(newestCounted, time);
        for (int window = 0; window < lengths.length; window++) {
            if (pane > current - lengths[window]) {
                sums[window] += amount;
            }
        }
        return Place.COUNTED;
    }

    /** Moves the clock to a pane, never back; returns whether panes were forgotten. */
    boolean advanceTo(long pane) {
        if (pane <= current) {
            return false;
        }
        for (int window = 0; window < lengths.length; window++) {
            sums[window] += total(current, pane) - total(current - lengths[window], pane - lengths[window]);
        }
        for (int at = after(current); at < end && numbers[at] <= pane; at++) {
            newestCounted = Math.max(newestCounted, newest[at]);
        }
        current = pane;
        int before = first;
        while (first < end && numbers[first] <= current - longest) {
            forget(first);
            first++;
        }
        return first > before;
    }

    /** The sum over the window of that length. */
    long sum(int length) {
        for (int window = 0; window < lengths.length; window++) {
            if (lengths[window] == length) {
                return sums[window];
            }
        }
        throw new IllegalArgumentException(
                "Window of " + length + " panes (expected: one of " + Arrays.toString(lengths) + ")");
    }

    /**
     * The newest fact up to the clock's pane, epoch milliseconds, or {@link #NONE}. After a restart facts before the
     * clock's pane may be missing from it: whoever asks compares with the start of that pane.
     */
    long newest() {
        return newestCounted;
    }

    /** Hands over the panes that differ from what was handed over before. */
    void drain(Drain drain) {
        for (long pane : dirty) {
            int at = after(pane - 1);
            boolean there = at < end && numbers[at] == pane;
            if (!there) {
                drain.delete(pane);
            } else if (amounts[at] != 0 || pane >= current) {
                drain.put(pane, amounts[at], newest[at]);
                written[at] = true;
            } else if (written[at]) {
                drain.delete(pane);
                written[at] = false;
            }
        }
        dirty = Set.of();
    }

    /** Takes in a pane as it was handed over. */
    void restore(long pane, long amount, long time) {
        add(pane, amount, time);
        written[slot(pane)] = true;
        dirty = Set.of();
    }

    /** Receives panes. */
    interface Drain {
        void put(long pane, long amount, long newest);

        void delete(long pane);
    }

    private void touch(long pane) {
        if (dirty.isEmpty()) {
            dirty = new HashSet<>(4);
        }
        dirty.add(pane);
    }

    /** A pane that was never handed over needs no deletion. */
    private void forget(int at) {
        if (written[at]) {
            touch(numbers[at]);
        } else if (!dirty.isEmpty()) {
            dirty.remove(numbers[at]);
        }
    }

    /** The sum of the panes after one and up to another. */
    private long total(long after, long upTo) {
        long total = 0;
        for (int at = after(after); at < end && numbers[at] <= upTo; at++) {
            total += amounts[at];
        }
        return total;
    }

    /** The place of the first pane after the given one. */
    private int after(long pane) {
        if (first == end || numbers[end - 1] <= pane) {
            return end;
        }
        int found = Arrays.binarySearch(numbers, first, end, pane);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The place of a pane, made when it is not there. */
    private int slot(long pane) {
        int at = after(pane - 1);
        if (at < end && numbers[at] == pane) {
            return at;
        }
        if (end == numbers.length) {
            at -= makeRoom();
        }
        System.arraycopy(numbers, at, numbers, at + 1, end - at);
        System.arraycopy(amounts, at, amounts, at + 1, end - at);
        System.arraycopy(newest, at, newest, at + 1, end - at);
        System.arraycopy(written, at, written, at + 1, end - at);
        numbers[at] = pane;
        amounts[at] = 0;
        newest[at] = NONE;
        written[at] = false;
        end++;
        return at;
    }

    /** Moves the panes to the front of arrays with room for more; returns by how much they moved. */
    private int makeRoom() {
        int size = end - first;
        int length = size > numbers.length / 2 ? numbers.length * 2 : numbers.length;
        numbers = moved(numbers, length);
        amounts = moved(amounts, length);
        newest = moved(newest, length);
        boolean[] flags = new boolean[length];
        System.arraycopy(written, first, flags, 0, size);
        written = flags;
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
