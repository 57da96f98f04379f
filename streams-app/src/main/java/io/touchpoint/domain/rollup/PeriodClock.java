package io.touchpoint.domain.rollup;

import io.touchpoint.domain.kpi.PeriodKind;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Which periods of the calendar the clock has come to, which are final, and which are kept. It moves only when values are
 * published, so that nothing is final or forgotten that was not published.
 */
final class PeriodClock {
    /** Before every day. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final PeriodKind[] KINDS = PeriodKind.values();

    private final CalendarRules rules;
    private final ZonedDays days;
    private final long[] maturities;
    private final int[] reached = unknown(KINDS.length);
    private int[] reachedBefore = reached.clone();
    private final int[] finals;
    private int[] finalsBefore;
    private int keptFrom = UNKNOWN;
    private boolean zoneWritten;
    private boolean dirty;

    /** @param maturities of the KPIs, milliseconds */
    PeriodClock(CalendarRules rules, List<Long> maturities) {
        this.rules = rules;
        days = new ZonedDays(rules.zone());
        this.maturities =
                new TreeSet<>(maturities).stream().mapToLong(Long::longValue).toArray();
        finals = unknown(KINDS.length * this.maturities.length);
        finalsBefore = finals.clone();
    }

    ZonedDays days() {
        return days;
    }

    /** The first day of the period of the clock. */
    int reached(PeriodKind kind) {
        return reached[kind.ordinal()];
    }

    /** The same, before the last move. */
    int reachedBefore(PeriodKind kind) {
        return reachedBefore[kind.ordinal()];
    }

    /** The first day of the first period that is not final. */
    int finalFrom(PeriodKind kind, long maturity) {
        return finals[place(kind, maturity)];
    }

    /** The same, before the last move. */
    int finalFromBefore(PeriodKind kind, long maturity) {
        return finalsBefore[place(kind, maturity)];
    }

    /** When a period becomes final, epoch milliseconds. */
    long finalAt(int firstDayAfter, long maturity) {
        return days.startMillis(firstDayAfter) + rules.grace().toMillis() + maturity;
    }

    /** The first day that is kept. */
    int keptFrom() {
        return keptFrom;
    }

    /** Moves to the clock, epoch milliseconds; returns whether a period has begun or become final. */
    boolean moveTo(long clock) {
        reachedBefore = reached.clone();
        finalsBefore = finals.clone();
        boolean moved = false;
        for (PeriodKind kind : KINDS) {
            moved |= raise(reached, kind.ordinal(), days.start(kind, days.dayAt(clock)));
            for (long maturity : maturities) {
                int over = days.dayAt(clock - rules.grace().toMillis() - maturity);
                moved |= raise(finals, place(kind, maturity), days.start(kind, over));
            }
        }
        dirty |= moved;
        return moved;
    }

    /** Lets go of what is too old; returns whether there is more of it than before. */
    boolean forget(long clock) {
        int month =
                days.start(PeriodKind.MONTH, days.dayAt(clock - rules.history().toMillis()));
        int from = days.start(PeriodKind.MONTH, month - 1);
        boolean more = from > keptFrom;
        keptFrom = Math.max(keptFrom, from);
        return more;
    }

    void restoreReached(PeriodKind kind, int start) {
        reached[kind.ordinal()] = start;
    }

    /** Takes in a row; false when no KPI matures in that time any more. */
    boolean restoreFinal(PeriodKind kind, long maturity, int start) {
        if (Arrays.binarySearch(maturities, maturity) < 0) {
            return false;
        }
        finals[place(kind, maturity)] = start;
        return true;
    }

    /**
     * @throws IllegalStateException when the rows are of another zone: their days are others
     */
    void restoreZone(String stored) {
        if (!stored.equals(rules.zone().getId())) {
            throw new IllegalStateException("The KPIs of the calendar were counted in the zone " + stored
                    + ", and kpis.zone is now " + rules.zone().getId() + " (expected: " + stored
                    + ", or another application.id, which counts anew)");
        }
        zoneWritten = true;
    }

    /** Writes the zone unless it is written. */
    void drainZone(PaneStore store) {
        if (!zoneWritten) {
            store.put(Rows.ZONE, Rows.names(List.of(rules.zone().getId())));
            zoneWritten = true;
        }
    }

    void drain(PaneStore store) {
        drainZone(store);
        if (!dirty) {
            return;
        }
        for (PeriodKind kind : KINDS) {
            store.put(Rows.reached(kind), Rows.longs(reached(kind)));
            for (long maturity : maturities) {
                store.put(Rows.finalFrom(kind, maturity), Rows.longs(finalFrom(kind, maturity)));
            }
        }
        dirty = false;
    }

    private int place(PeriodKind kind, long maturity) {
        return kind.ordinal() * maturities.length + Arrays.binarySearch(maturities, maturity);
    }

    private static boolean raise(int[] days, int at, int day) {
        boolean higher = day > days[at];
        days[at] = Math.max(days[at], day);
        return higher;
    }

    private static int[] unknown(int length) {
        int[] none = new int[length];
        Arrays.fill(none, UNKNOWN);
        return none;
    }
}
