package io.touchpoint.domain.rollup;

import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.records.KpiValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Which periods of a KPI in a segment wait for publication, and how often those that are final were corrected. Of a final
 * period it keeps what was published, as a fingerprint, until it is known whether that still holds.
 */
final class Revisions {
    /** What was published of a period is not final. */
    static final long NOT_FINAL = 0;
    /** Of a final period nothing was published. */
    static final long ABSENT = 1;
    /** Of a period that is not final nothing was published. */
    static final long NEW = 2;

    /** In a row: what was published of a period that was not final is to be withdrawn. */
    private static final long WITHDRAWN = 3;

    private static final long LEAST_FINGERPRINT = 4;

    private static final PeriodKind[] KINDS = PeriodKind.values();

    private final TreeMap<Long, Long> waiting = new TreeMap<>();
    private final Map<Long, Long> corrected = new HashMap<>();
    private final Set<Long> written = new HashSet<>();
    private final Set<Long> dirty = new HashSet<>();

    /** Receives the periods that wait, by kind and time. */
    interface Settling {
        void settle(PeriodKind kind, int start, long before);
    }

    /** Names the row of a period. */
    interface Naming {
        String row(PeriodKind kind, int start);
    }

    boolean waits(PeriodKind kind, int start) {
        return waiting.containsKey(key(kind, start));
    }

    /**
     * Notes that a period is to be published.
     *
     * @param before {@link #NOT_FINAL}, {@link #NEW}, {@link #ABSENT} or the fingerprint of what was published
     */
    void await(PeriodKind kind, int start, long before) {
        long key = key(kind, start);
        if (waiting.putIfAbsent(key, before) == null && before != NOT_FINAL && before != NEW) {
            dirty.add(key);
        }
    }

    /** Gives every period that waits, and forgets that it does. */
    void settle(Settling settling) {
        waiting.forEach((key, before) -> {
            settling.settle(kind(key), start(key), before);
            if (before >= LEAST_FINGERPRINT || before < 0 || before == ABSENT || written.contains(key)) {
                dirty.add(key);
            }
        });
        waiting.clear();
    }

    /** The revision under which a final value is published; 0 when it is what was published before. */
    long next(PeriodKind kind, int start, long before, KpiValue value) {
        if (before == NOT_FINAL || before == NEW) {
            return 1;
        }
        if (before == ABSENT && !corrected.containsKey(key(kind, start))) {
            return 1;
        }
        if (fingerprint(value) == before) {
            return 0;
        }
        return corrected.merge(key(kind, start), 2L, (old, second) -> old + 1);
    }

    /**
     * A period has no value any more.
     *
     * @return whether there was one to withdraw
     */
    boolean withdraw(PeriodKind kind, int start, long before) {
        if (before == NEW || before == ABSENT) {
            return false;
        }
        if (before != NOT_FINAL) {
            corrected.merge(key(kind, start), 2L, (old, second) -> old + 1);
        }
        return true;
    }

    /** Differs between values that differ in anything but time, and is none of the constants. */
    static long fingerprint(KpiValue value) {
        long print = 17;
        print = mix(print, value.getValue());
        print = mix(print, value.getNumerator());
        print = mix(print, value.getDenominator());
        print = mix(print, (double) value.getN());
        print = mix(print, value.getLow());
        print = mix(print, value.getHigh());
        print = mix(print, value.getPromoters() == null ? null : (double) value.getPromoters());
        print = mix(print, value.getPassives() == null ? null : (double) value.getPassives());
        print = mix(print, value.getDetractors() == null ? null : (double) value.getDetractors());
        return print >= 0 && print < LEAST_FINGERPRINT ? LEAST_FINGERPRINT : print;
    }

    private static long mix(long print, Double part) {
        long bits = (print ^ (part == null ? 0x5DEECE66DL : Double.doubleToLongBits(part))) * 0x9E3779B97F4A7C15L;
        return bits ^ (bits >>> 32);
    }

    void forgetBefore(int day) {
        corrected.keySet().removeIf(key -> {
            boolean old = start(key) < day;
            if (old) {
                dirty.add(key);
            }
            return old;
        });
    }

    boolean dirty() {
        return !dirty.isEmpty() || !waiting.isEmpty();
    }

    void restore(PeriodKind kind, int start, long revision, long before) {
        long key = key(kind, start);
        written.add(key);
        if (revision > 1) {
            corrected.put(key, revision);
        }
        if (before != NOT_FINAL) {
            waiting.put(key, before == WITHDRAWN ? NOT_FINAL : before);
        }
    }

    /**
     * Writes the rows that differ.
     *
     * @param live whether a period has a value: one that has none any more, and is not final, would not be known after a restart
     */
    void drain(Naming naming, BiPredicate<PeriodKind, Integer> live, PaneStore store) {
        waiting.forEach((key, before) -> {
            if (before == NOT_FINAL && !live.test(kind(key), start(key))) {
                dirty.add(key);
            }
        });
        for (long key : dirty) {
            long revision = corrected.getOrDefault(key, 1L);
            long before = row(key, live);
            String row = naming.row(kind(key), start(key));
            if (revision > 1 || before != NOT_FINAL) {
                store.put(row, Rows.longs(revision, before));
                written.add(key);
            } else if (written.remove(key)) {
                store.delete(row);
            }
        }
        dirty.clear();
    }

    private long row(long key, BiPredicate<PeriodKind, Integer> live) {
        long before = waiting.getOrDefault(key, NEW);
        if (before == NOT_FINAL && !live.test(kind(key), start(key))) {
            return WITHDRAWN;
        }
        return before == NEW ? NOT_FINAL : before;
    }

    private static long key(PeriodKind kind, int start) {
        return ((long) kind.ordinal() << 32) | (start & 0xFFFFFFFFL);
    }

    private static PeriodKind kind(long key) {
        return KINDS[(int) (key >> 32)];
    }

    private static int start(long key) {
        return (int) key;
    }
}
