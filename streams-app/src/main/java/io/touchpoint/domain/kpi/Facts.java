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

    /** What led to a fact is not noted. */
    public static final long NO_CAUSE = 0;

    private static final long MINUTE_MILLIS = 60_000L;
    /** Of one partial, about: far below what a broker takes for a record, also of text that is not Latin. */
    private static final int PARTIAL_CHARACTERS = 100_000;

    /** Of a sum beside the name of its measure, or of an entry beside its value: the numbers. */
    private static final int NUMBER_CHARACTERS = 10;

    private static final int INITIAL_SLOTS = 256;
    private static final Comparator<Cell> BY_VALUE_AND_TIMES = Comparator.<Cell, String>comparing(cell -> cell.value)
            .thenComparingLong(cell -> cell.minute)
            .thenComparingLong(cell -> cell.cause);

    private final Map<String, Integer> measureNumbers = new HashMap<>();
    private final List<String> measures = new ArrayList<>();
    /** Of each measure the number of the first of its series, which all its buckets share. */
    private final List<Integer> series = new ArrayList<>();

    private final Map<String, Integer> seriesNumbers = new HashMap<>();
    private Cell[] slots = new Cell[INITIAL_SLOTS];
    private int size;
    private long cause = NO_CAUSE;

    /**
     * What is added from now on was led to at that time, and is told apart by the minute of it.
     *
     * @param millis epoch milliseconds; {@link #NO_CAUSE} when that need not be known
     */
    public void causedAt(long millis) {
        cause = Math.floorDiv(millis, MINUTE_MILLIS);
    }

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
        cell(dimension, value, Math.floorDiv(eventTimeMillis, MINUTE_MILLIS))
                .add(number, series.get(number), eventTimeMillis, amount);
    }

    /** Whether nothing was added since the last drain. */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Takes out everything, one partial per dimension or, where much has come, several; entries in order of value and minute. Measures whose newest fact
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
            cells.sort(BY_VALUE_AND_TIMES);
            List<FactEntry> entries = new ArrayList<>();
            int characters = 0;
            for (Cell cell : cells) {
                if (characters > PARTIAL_CHARACTERS) {
                    partials.add(new FactPartial(task, clockMillis, false, "", dimension, entries));
                    entries = new ArrayList<>();
                    characters = 0;
                }
                characters += cell.entries(this, entries);
            }
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
        int bucket = measure.indexOf('#');
        int at = measure.indexOf('@');
        String id = bucket < 0 ? measure : measure.substring(0, bucket) + (at < 0 ? "" : measure.substring(at));
        series.add(seriesNumbers.computeIfAbsent(id, key -> number));
        return number;
    }

    private Cell cell(String dimension, String value, long minute) {
        int hash = hash(dimension, value, minute) + Long.hashCode(cause);
        for (Cell cell = slots[hash & (slots.length - 1)]; cell != null; cell = cell.next) {
            if (cell.hash == hash
                    && cell.minute == minute
                    && cell.cause == cause
                    && cell.value.equals(value)
                    && cell.dimension.equals(dimension)) {
                return cell;
            }
        }
        if (size >= slots.length) {
            grow();
        }
        Cell cell = new Cell(hash, dimension, value, minute, cause);
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

    /**
     * Sums per measure, and the newest fact per series: the buckets of one measure are one series. A cell holds few of the many
     * measures there are, so it searches them.
     */
    private static final class Cell {
        /** Bits for the place of a measure within a cell, below a time. */
        private static final int PLACE_BITS = 20;

        private final int hash;
        private final String dimension;
        private final String value;
        private final long minute;
        private final long cause;
        private int[] measures = new int[4];
        private long[] sums = new long[4];
        private int size;
        private int[] series = new int[4];
        private long[] newest = new long[4];
        private int seriesSize;
        private Cell next;

        Cell(int hash, String dimension, String value, long minute, long cause) {
            this.hash = hash;
            this.dimension = Objects.requireNonNull(dimension, "dimension");
            this.value = Objects.requireNonNull(value, "value");
            this.minute = minute;
            this.cause = cause;
        }

        void add(int measure, int itsSeries, long eventTime, long amount) {
            int at = find(measures, size, measure);
            if (at == size) {
                if (size == measures.length) {
                    measures = Arrays.copyOf(measures, size * 2);
                    sums = Arrays.copyOf(sums, size * 2);
                }
                measures[at] = measure;
                sums[at] = 0;
                size++;
            }
            sums[at] += amount;
            see(itsSeries, eventTime);
        }

        private void see(int itsSeries, long eventTime) {
            int at = find(series, seriesSize, itsSeries);
            if (at < seriesSize) {
                newest[at] = Math.max(newest[at], eventTime);
                return;
            }
            if (seriesSize == series.length) {
                series = Arrays.copyOf(series, seriesSize * 2);
                newest = Arrays.copyOf(newest, seriesSize * 2);
            }
            series[at] = itsSeries;
            newest[at] = eventTime;
            seriesSize++;
        }

        /** Adds one entry per time, in order; within it the measures in the order they came. Returns how long they are, in characters. */
        int entries(Facts facts, List<FactEntry> entries) {
            long[] order = new long[size];
            for (int at = 0; at < size; at++) {
                long time = newest[find(series, seriesSize, facts.series.get(measures[at]))];
                order[at] = (time << PLACE_BITS) | at;
            }
            Arrays.sort(order);
            List<FactSum> theirs = null;
            long before = Long.MIN_VALUE;
            int characters = 0;
            for (long each : order) {
                long time = each >> PLACE_BITS;
                if (theirs == null || time != before) {
                    theirs = new ArrayList<>(4);
                    entries.add(new FactEntry(value, minute, time, theirs, cause));
                    before = time;
                    characters += value.length() + 2 * NUMBER_CHARACTERS;
                }
                int at = (int) (each & ((1 << PLACE_BITS) - 1));
                String measure = facts.measures.get(measures[at]);
                theirs.add(new FactSum(measure, sums[at]));
                characters += measure.length() + NUMBER_CHARACTERS;
            }
            return characters;
        }

        /** The place of a number, or behind the last where it is not there. */
        private static int find(int[] numbers, int size, int number) {
            for (int at = size - 1; at >= 0; at--) {
                if (numbers[at] == number) {
                    return at;
                }
            }
            return size;
        }
    }
}
