package io.touchpoint.domain.rollup;

import io.touchpoint.domain.kpi.PeriodKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/** The calendar of a zone, in days of the epoch. Remembers where it was asked last. Not thread-safe. */
final class ZonedDays {
    private static final long MINUTE_MILLIS = 60_000L;
    private static final PeriodKind[] KINDS = PeriodKind.values();
    /** A second's values speak of few days, over and over: of so many it is remembered how they are called and when they begin. */
    private static final int REMEMBERED = 64;

    private final ZoneId zone;
    private int day;
    private long dayFrom = 1;
    private long dayBefore;
    private final int[] daysBegun = new int[REMEMBERED];
    private final long[] begins = new long[REMEMBERED];
    private final int[][] daysNamed = new int[KINDS.length][REMEMBERED];
    private final String[][] names = new String[KINDS.length][REMEMBERED];
    private final int[] starts = new int[KINDS.length];
    private final int[] nexts = new int[KINDS.length];

    ZonedDays(ZoneId zone) {
        this.zone = zone;
        Arrays.fill(daysBegun, Integer.MIN_VALUE);
    }

    /** The day that holds a minute of the epoch. */
    int dayOf(long minute) {
        if (minute < dayFrom || minute >= dayBefore) {
            LocalDate date =
                    Instant.ofEpochMilli(minute * MINUTE_MILLIS).atZone(zone).toLocalDate();
            day = (int) date.toEpochDay();
            dayFrom = startMillis(day) / MINUTE_MILLIS;
            dayBefore = startMillis(day + 1) / MINUTE_MILLIS;
        }
        return day;
    }

    /** The day that holds an instant, epoch milliseconds. */
    int dayAt(long millis) {
        return dayOf(Math.floorDiv(millis, MINUTE_MILLIS));
    }

    /** When a day begins, epoch milliseconds: at midnight, or where clocks skip midnight, right after it. */
    long startMillis(int ofDay) {
        int at = ofDay & (REMEMBERED - 1);
        if (daysBegun[at] != ofDay) {
            begins[at] =
                    LocalDate.ofEpochDay(ofDay).atStartOfDay(zone).toInstant().toEpochMilli();
            daysBegun[at] = ofDay;
        }
        return begins[at];
    }

    /** The first day of the period that holds a day. */
    int start(PeriodKind kind, int ofDay) {
        find(kind, ofDay);
        return starts[kind.ordinal()];
    }

    /** The first day after the period that holds a day. */
    int next(PeriodKind kind, int ofDay) {
        find(kind, ofDay);
        return nexts[kind.ordinal()];
    }

    /** The period as it stands in keys. */
    String name(PeriodKind kind, int start) {
        String[] theirs = names[kind.ordinal()];
        int[] named = daysNamed[kind.ordinal()];
        int at = start & (REMEMBERED - 1);
        if (theirs[at] == null || named[at] != start) {
            theirs[at] = kind.name(LocalDate.ofEpochDay(start));
            named[at] = start;
        }
        return theirs[at];
    }

    private void find(PeriodKind kind, int ofDay) {
        int at = kind.ordinal();
        if (ofDay < starts[at] || ofDay >= nexts[at]) {
            LocalDate start = kind.startOf(LocalDate.ofEpochDay(ofDay));
            starts[at] = (int) start.toEpochDay();
            nexts[at] = (int) kind.next(start).toEpochDay();
        }
    }
}
