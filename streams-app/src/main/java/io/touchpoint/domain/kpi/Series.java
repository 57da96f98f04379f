package io.touchpoint.domain.kpi;

import io.touchpoint.domain.kpi.KpiCatalogue.Use;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One measure in one segment, at every resolution that a KPI asks for. */
final class Series {
    private final Measure measure;
    private final Map<Resolution, Panes> panes = new EnumMap<>(Resolution.class);
    private final List<LiveKpi> readers = new ArrayList<>(1);
    private boolean dirty;

    Series(Use use) {
        measure = use.measure();
        use.windows().forEach((resolution, windows) -> panes.put(resolution, new Panes(windows)));
    }

    /** From now on tells the KPI when its value may differ. */
    void readBy(LiveKpi kpi) {
        readers.add(kpi);
    }

    /**
     * Adds facts of one minute.
     *
     * @param minute of the epoch
     * @param newest event time among them, epoch milliseconds
     * @param clock of the roll-up, epoch milliseconds
     * @return whether there is something to {@link #drain} that was not before
     */
    boolean add(long minute, long amount, long newest, long clock) {
        boolean touched = false;
        for (Map.Entry<Resolution, Panes> entry : panes.entrySet()) {
            Resolution resolution = entry.getKey();
            Panes there = entry.getValue();
            touched |= there.advanceTo(resolution.paneAt(clock));
            Panes.Place place = there.add(resolution.pane(minute), amount, newest);
            touched |= place == Panes.Place.COUNTED || place == Panes.Place.WAITING;
            if (place == Panes.Place.COUNTED) {
                readers.forEach(kpi -> kpi.changed(resolution));
            }
        }
        return touched && becameDirty();
    }

    /** Ages the panes of a resolution; returns whether there is something to drain that was not before. */
    boolean advance(Resolution resolution, long clock) {
        Panes there = panes.get(resolution);
        return there != null && there.advanceTo(resolution.paneAt(clock)) && becameDirty();
    }

    long sum(RollingWindow window) {
        return panes.get(window.resolution()).sum(window.panes());
    }

    long newest(Resolution resolution) {
        return panes.get(resolution).newest();
    }

    /** Takes in a row; one of a resolution that is not used any more is refused. */
    boolean restore(Resolution resolution, long pane, long amount, long newest) {
        Panes there = panes.get(resolution);
        if (there == null) {
            return false;
        }
        there.restore(pane, amount, newest);
        return true;
    }

    /** Writes the rows that differ, aged first: in a fast replay most panes of a minute are gone before they are written. */
    void drain(Segment segment, long clock, PaneStore store) {
        dirty = false;
        panes.forEach((resolution, there) -> {
            there.advanceTo(resolution.paneAt(clock));
            String prefix = Rows.panePrefix(resolution, measure, segment);
            there.drain(new Panes.Drain() {
                @Override
                public void put(long pane, long amount, long newest) {
                    store.put(prefix + pane, Rows.longs(amount, newest));
                }

                @Override
                public void delete(long pane) {
                    store.delete(prefix + pane);
                }
            });
        });
    }

    private boolean becameDirty() {
        boolean before = dirty;
        dirty = true;
        return !before;
    }
}
