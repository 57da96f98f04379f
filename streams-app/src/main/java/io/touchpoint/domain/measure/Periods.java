package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.PeriodKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Days, weeks and months of one zone, named by their start in epoch milliseconds. Not thread-safe: it remembers the periods it was asked for last. */
final class Periods {

    private static final int REMEMBERED = 64;

    /** One period: from start on, until before end. */
    private record Period(long start, long end) {}

    private final ZoneId zone;
    private final boolean utc;
    private final Period[][] remembered = new Period[PeriodKind.values().length][REMEMBERED];

    Periods(ZoneId zone) {
        this.zone = zone;
        this.utc = zone.normalized().equals(ZoneOffset.UTC);
    }

    /** {@return the start of the period that an instant falls in} */
    long start(PeriodKind kind, long instant) {
        return utc && kind == PeriodKind.DAY ? PaidOrders.startOfDay(instant) : period(kind, instant).start;
    }

    /** {@return the start of the period after the one that an instant falls in} */
    long end(PeriodKind kind, long instant) {
        return utc && kind == PeriodKind.DAY
                ? PaidOrders.startOfDay(instant) + PaidOrders.DAY
                : period(kind, instant).end;
    }

    /** {@return the start of the period before the one that an instant falls in} */
    long before(PeriodKind kind, long instant) {
        return start(kind, start(kind, instant) - 1);
    }

    /** {@return the month of an instant as it stands in keys} */
    String month(long instant) {
        return PeriodKind.MONTH.name(PeriodKind.MONTH.startOf(date(instant)));
    }

    private Period period(PeriodKind kind, long instant) {
        int slot = (int) Math.floorMod(Math.floorDiv(instant, PaidOrders.DAY), (long) REMEMBERED);
        var known = remembered[kind.ordinal()][slot];
        if (known == null || instant < known.start || instant >= known.end) {
            var first = kind.startOf(date(instant));
            known = new Period(millis(first), millis(kind.next(first)));
            remembered[kind.ordinal()][slot] = known;
        }
        return known;
    }

    private LocalDate date(long instant) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone);
    }

    private long millis(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
