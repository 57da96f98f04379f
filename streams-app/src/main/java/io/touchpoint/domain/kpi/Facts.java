package io.touchpoint.domain.kpi;

import io.touchpoint.records.state.FactEntry;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.FactSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Sums facts until they travel: per dimension, value and minute one cell, with one signed sum per measure. So the
 * traffic to the roll-up depends on time and segments, not on events.
 *
 * <p>A sum of zero travels as well when facts led to it, for they still say how new the segment is. Not thread-safe.
 */
public final class Facts {
    /** The dimension that has just one segment, of value "". */
    public static final String ALL = "all";

    private static final long MINUTE_MILLIS = 60_000L;
    private static final int INITIAL_SLOTS = 256;
    private static final Comparator<Cell> BY_VALUE_AND_MINUTE =
            Comparator.<Cell, String>comparing(cell -> cell.value).thenComparingLong(cell -> cell.minute);

    private final Map<String, Integer> measureNumbers = new HashMap<>();
    private final List<String> measures = new ArrayList<>();
    private Cell[] slots = new Cell[INITIAL_SLOTS];
    private int size;

    /**
     * Adds one fact.
     *
     * @param measure what is counted
     * @param dimension {@link #ALL} or the name of a dimension
     * @param value of the dimension; "" for {@link #ALL}
     * @param eventTimeMillis when it counts, epoch milliseconds
     * @param amount signed: a retraction adds the negative amount at the time of what it takes back
     */
    public void add(String measure, String dimension, String value, long eventTimeMillis, long amount) {
        Integer number = measureNumbers.get(measure);
        if (number == null) {
            number = numberOf(measure);
        }
        cell(dimension, value, Math.floorDiv(eventTimeMillis, MINUTE_MILLIS)).add(number, eventTimeMillis, amount);
    }

    /** Whether nothing was added since the last drain. */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Takes out everything, one partial per dimension, entries in order of value and minute. Measures whose newest fact
     * differs are in entries of their own, so that the roll-up knows the newest fact of each.
     *
     * @param task partition of the fold task that sends
     * @param clockMillis the task's clock, epoch milliseconds
     */
    public List<FactPartial> drain(int task, long clockMillis) {
        if (size == 0) {
            return List.of();
        }
        Map<String, List<Cell>> byDimension = new TreeMap<>();
        for (Cell first : slots) {
            for (Cell cell = first; cell != null; cell = cell.next) {
                byDimension
                        .computeIfAbsent(cell.dimension, key -> new ArrayList<>())
                        .add(cell);
            }
        }
        List<FactPartial> partials = new ArrayList<>(byDimension.size());
        byDimension.forEach((dimension, cells) -> {
            cells.sort(BY_VALUE_AND_MINUTE);
            List<FactEntry> entries = new ArrayList<>(cells.size());
            cells.forEach(cell -> cell.entries(measures, entries));
            partials.add(new FactPartial(task, clockMillis, false, "", dimension, entries));
        });
        slots = new Cell[INITIAL_SLOTS];
        size = 0;
        return partials;
    }

    private int numberOf(String measure) {
        Objects.requireNonNull(measure, "measure");
        int number = measures.size();
        measures.add(measure);
        measureNumbers.put(measure, number);
        return number;
    }

    private Cell cell(String dimension, String value, long minute) {
        int hash = hash(dimension, value, minute);
        for (Cell cell = slots[hash & (slots.length - 1)]; cell != null; cell = cell.next) {
            if (cell.hash == hash
                    && cell.minute == minute
                    && cell.value.equals(value)
                    && cell.dimension.equals(dimension)) {
                return cell;
            }
        }
        if (size >= slots.length) {
            grow();
        }
        Cell cell = new Cell(hash, dimension, value, minute);
        link(cell);
        size++;
        return cell;
    }

    private void grow() {
        Cell[] old = slots;
        slots = new Cell[old.length * 2];
        for (Cell first : old) {
            for (Cell cell = first; cell != null; ) {
                Cell next = cell.next;
                link(cell);
                cell = next;
            }
        }
    }

    private void link(Cell cell) {
        int slot = cell.hash & (slots.length - 1);
        cell.next = slots[slot];
        slots[slot] = cell;
    }

    private static int hash(String dimension, String value, long minute) {
        int mixed = (dimension.hashCode() * 31 + value.hashCode()) * 31 + Long.hashCode(minute);
        mixed *= 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    /** Sums and newest fact per measure; a measure without a fact has {@link Long#MIN_VALUE} as its newest. */
    private static final class Cell {
        private final int hash;
        private final String dimension;
        private final String value;
        private final long minute;
        private long[] sums = new long[4];
        private long[] newest = unseen(4);
        private Cell next;

        Cell(int hash, String dimension, String value, long minute) {
            this.hash = hash;
            this.dimension = Objects.requireNonNull(dimension, "dimension");
            this.value = Objects.requireNonNull(value, "value");
            this.minute = minute;
        }

        void add(int measure, long eventTime, long amount) {
            if (measure >= sums.length) {
                widen(Math.max(measure + 1, sums.length * 2));
            }
            sums[measure] += amount;
            newest[measure] = Math.max(newest[measure], eventTime);
        }

        void entries(List<String> measures, List<FactEntry> entries) {
            for (long time = next(Long.MIN_VALUE); time != Long.MAX_VALUE; time = next(time)) {
                List<FactSum> theirs = new ArrayList<>(3);
                for (int measure = 0; measure < sums.length; measure++) {
                    if (newest[measure] == time) {
                        theirs.add(new FactSum(measures.get(measure), sums[measure]));
                    }
                }
                entries.add(new FactEntry(value, minute, time, theirs));
            }
        }

        /** The least newest fact after a time, or {@link Long#MAX_VALUE}. */
        private long next(long after) {
            long least = Long.MAX_VALUE;
            for (long time : newest) {
                if (time > after && time < least) {
                    least = time;
                }
            }
            return least;
        }

        private void widen(int length) {
            int before = sums.length;
            sums = Arrays.copyOf(sums, length);
            newest = Arrays.copyOf(newest, length);
            Arrays.fill(newest, before, length, Long.MIN_VALUE);
        }

        private static long[] unseen(int length) {
            long[] times = new long[length];
            Arrays.fill(times, Long.MIN_VALUE);
            return times;
        }
    }
}
