package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Histogram;
import io.touchpoint.domain.catalogue.Resolution;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.catalogue.Use;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Segment;
import java.util.ArrayList;
import java.util.List;

/** One measure in one segment, in one currency and so on: at every resolution that a KPI asks for, and by day. */
final class Series {
    private static final Resolution[] RESOLUTIONS = Resolution.values();

    private final String id;
    private final Segment segment;
    private final boolean gauge;
    private final Panes[] panes = new Panes[RESOLUTIONS.length];
    private final Days days;
    private final List<LiveKpi> rolling = new ArrayList<>(2);
    private final List<LivePeriods> calendar = new ArrayList<>(2);
    private boolean dirty;
    private int toldDay = Integer.MIN_VALUE;
    private long toldRound = -1;

    Series(String id, Segment segment, Use use) {
        this.id = id;
        this.segment = segment;
        boolean bucketed = use.measure().split().bucketed();
        gauge = use.measure().kind() == Measure.Kind.GAUGE;
        use.windows()
                .forEach((resolution, windows) ->
                        panes[resolution.ordinal()] = new Panes(resolution, windows, bucketed));
        days = use.byDay() ? new Days() : null;
    }

    /** From now on tells the KPI when its values may differ. */
    void readBy(LiveKpi kpi) {
        rolling.add(kpi);
    }

    /** From now on tells the KPI before the amounts of a day differ. */
    void readBy(LivePeriods kpi) {
        if (!calendar.contains(kpi)) {
            calendar.add(kpi);
            toldRound = -1;
        }
    }

    Segment segment() {
        return segment;
    }

    /** Whether it is a running total. */
    boolean gauge() {
        return gauge;
    }

    /**
     * Adds facts of one minute.
     *
     * @param minute of the epoch
     * @param day of the calendar that holds it
     * @param newest event time among them, epoch milliseconds
     * @param clock of the roll-up, epoch milliseconds
     * @param round of publication, so that a KPI is told once in each
     * @return false when the day is kept no more
     */
    boolean add(long minute, int day, int bucket, long amount, long newest, long clock, long round) {
        boolean kept = true;
        if (days != null) {
            if (toldDay != day || toldRound != round) {
                for (LivePeriods kpi : calendar) {
                    kpi.willChange(this, day);
                }
                toldDay = day;
                toldRound = round;
            }
            boolean counted = days.counts();
            kept = days.add(day, bucket, amount, newest);
            if (counted != days.counts()) {
                rolling.forEach(LiveKpi::recount);
            }
        }
        for (int at = 0; at < panes.length; at++) {
            Panes there = panes[at];
            if (there != null) {
                there.advanceTo(RESOLUTIONS[at].paneAt(clock));
                if (there.add(RESOLUTIONS[at].pane(minute), bucket, amount, newest)) {
                    changed(RESOLUTIONS[at]);
                }
            }
        }
        return kept;
    }

    private void changed(Resolution resolution) {
        for (LiveKpi kpi : rolling) {
            kpi.changed(resolution);
        }
    }

    /** Whether any of its facts do not cancel out, or did not when they were forgotten. What is not kept by day counts from its first fact on. */
    boolean counts() {
        return days == null || days.counts();
    }

    /** Ages the panes of a resolution; returns whether there may be something to drain. */
    boolean advance(Resolution resolution, long clock) {
        Panes there = panes[resolution.ordinal()];
        return there != null && there.advanceTo(resolution.paneAt(clock));
    }

    /** Whether it is not among those to drain yet; from then on it is. */
    boolean becameDirty() {
        boolean before = dirty;
        dirty = true;
        return !before;
    }

    long sum(RollingWindow window) {
        return panes[window.resolution().ordinal()].sum(window.panes());
    }

    Histogram histogram(RollingWindow window) {
        return panes[window.resolution().ordinal()].histogram(window.panes());
    }

    long changedAt(RollingWindow window) {
        return panes[window.resolution().ordinal()].changedAt(window.panes());
    }

    /** The sum over all time. */
    long total() {
        return sum(RollingWindow.TOTAL);
    }

    /** What its cells take in memory. */
    int bytes() {
        int bytes = days == null ? 0 : days.cells().bytes();
        for (Panes there : panes) {
            bytes += there == null ? 0 : there.cells().bytes();
        }
        return bytes;
    }

    Days days() {
        return days;
    }

    /** Takes in a row; one of what is not used any more is refused. */
    boolean restore(String width, long chunk, byte[] row) {
        if (width.equals(Rows.CALENDAR_DAY)) {
            if (days != null) {
                days.restore(chunk, row);
            }
            return days != null;
        }
        Panes there = panes[Resolution.valueOf(width).ordinal()];
        if (there != null) {
            there.restore(chunk, row);
        }
        return there != null;
    }

    /** Writes the rows that differ, aged first: in a fast replay most panes of a minute are gone before they are written. */
    void drain(long clock, PaneStore store) {
        dirty = false;
        for (int at = 0; at < panes.length; at++) {
            if (panes[at] != null) {
                panes[at].advanceTo(RESOLUTIONS[at].paneAt(clock));
                drain(RESOLUTIONS[at].name(), panes[at].cells(), store);
            }
        }
        if (days != null) {
            drain(Rows.CALENDAR_DAY, days.cells(), store);
        }
    }

    private void drain(String width, Cells cells, PaneStore store) {
        cells.drain(new Cells.Drain() {
            @Override
            public void put(long chunk, byte[] row) {
                store.put(Rows.panes(width, id, segment, chunk), row);
            }

            @Override
            public void delete(long chunk) {
                store.delete(Rows.panes(width, id, segment, chunk));
            }
        });
    }
}
