package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Histogram;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.Sums;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;
import java.util.List;
import java.util.function.IntConsumer;

/** The sums of the measures of a KPI in one period of a kind, from the days of the calendar. */
final class PeriodSums implements Sums {
    private final List<Measure> measures;
    private final Series[] series;
    private final Reach[] reaches;
    private final boolean[] brings;
    private final boolean atEnd;
    private final ZonedDays days;
    private final PeriodKind kind;
    private int start;
    private int next;

    /** Which periods an amount plays a part in. */
    enum Reach {
        NONE,
        /** That of its day. */
        PERIOD,
        /** That of its day and all after it. */
        ALL_SINCE,
        ALL
    }

    PeriodSums(Kpi kpi, List<Measure> measures, Series[] series, ZonedDays days, PeriodKind kind) {
        this.measures = measures;
        this.series = series;
        this.days = days;
        this.kind = kind;
        atEnd = kpi.atPeriodEnd();
        reaches = new Reach[series.length];
        brings = new boolean[series.length];
        List<Measure> overAllTime = kpi.calendar().formula().overAllTime();
        for (int at = 0; at < series.length; at++) {
            Measure measure = measures.get(at);
            boolean always = overAllTime.contains(measure);
            reaches[at] = always ? Reach.ALL : atEnd ? Reach.ALL_SINCE : Reach.PERIOD;
            brings[at] = !always && (!kpi.byCurrency() || measure.split().currency());
        }
    }

    PeriodKind kind() {
        return kind;
    }

    Reach reach(Series of) {
        for (int at = 0; at < series.length; at++) {
            if (series[at] == of) {
                return reaches[at];
            }
        }
        return Reach.NONE;
    }

    /** Whether a period has a value: an amount over all time, or one without the currency, brings none about. */
    boolean exists(int first) {
        int from = atEnd ? Integer.MIN_VALUE : first;
        int before = days.next(kind, first);
        for (int at = 0; at < series.length; at++) {
            if (brings[at] && series[at].days().firstIn(from, before) != Integer.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives the first day of each period that has a value, from a day on and before another.
     *
     * @param reached first day of the period of the clock: of a running total no later one has a value yet
     */
    void eachExisting(int from, int before, int reached, IntConsumer periods) {
        if (atEnd && reached == Integer.MIN_VALUE) {
            return;
        }
        int last = atEnd ? Math.min(before, days.next(kind, reached)) : before;
        int day = firstDay(atEnd ? Integer.MIN_VALUE : from, last);
        if (day == Integer.MAX_VALUE) {
            return;
        }
        int period = days.start(kind, Math.max(day, from));
        while (period < last && day != Integer.MAX_VALUE) {
            if (period >= from) {
                periods.accept(period);
            }
            int after = days.next(kind, period);
            day = atEnd ? after : firstDay(after, last);
            period = day == Integer.MAX_VALUE ? last : days.start(kind, day);
        }
    }

    private int firstDay(int from, int before) {
        int first = Integer.MAX_VALUE;
        for (int at = 0; at < series.length; at++) {
            if (brings[at]) {
                first = Math.min(first, series[at].days().firstIn(from, before));
            }
        }
        return first;
    }

    /** From now on gives the sums of the period that begins with this day. */
    void at(int first) {
        start = first;
        next = days.next(kind, first);
    }

    /** The newest fact that plays a part in a period, epoch milliseconds; {@link Cells#NONE} without any. */
    long newest(int first) {
        long newest = Cells.NONE;
        int before = days.next(kind, first);
        for (int at = 0; at < series.length; at++) {
            if (reaches[at] != Reach.ALL) {
                newest = Math.max(newest, series[at].days().newest(atEnd ? Integer.MIN_VALUE : first, before));
            }
        }
        return newest;
    }

    @Override
    public long of(Measure measure) {
        Series theirs = series(measure);
        return theirs.gauge()
                ? theirs.total() - theirs.days().sum(next, Integer.MAX_VALUE)
                : theirs.days().sum(start, next);
    }

    @Override
    public long ever(Measure measure) {
        return series(measure).total();
    }

    @Override
    public Histogram histogram(Measure measure) {
        Histogram histogram = new Histogram();
        series(measure).days().addTo(histogram, start, next);
        return histogram;
    }

    private Series series(Measure measure) {
        return series[measures.indexOf(measure)];
    }
}
