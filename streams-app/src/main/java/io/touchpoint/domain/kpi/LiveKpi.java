package io.touchpoint.domain.kpi;

import io.touchpoint.records.KpiValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A KPI in a segment that had facts: from then on all its windows are published, also when they are empty again. */
final class LiveKpi {
    private final Kpi kpi;
    private final Segment segment;
    private final Map<Measure, Series> series;
    private final Consumer<LiveKpi> queue;
    private final Set<Resolution> unpublished = EnumSet.noneOf(Resolution.class);
    private final List<Resolution> resolutions;

    /**
     * @param series of each measure of the KPI
     * @param queue told once when something is to be published that was not before
     */
    LiveKpi(Kpi kpi, Segment segment, Map<Measure, Series> series, Consumer<LiveKpi> queue) {
        this.kpi = kpi;
        this.segment = segment;
        this.series = Map.copyOf(series);
        this.queue = queue;
        this.resolutions =
                kpi.windows().stream().map(RollingWindow::resolution).distinct().toList();
        series.values().forEach(theirs -> theirs.readBy(this));
        changed();
    }

    /** Whether its values mean nothing before the clock is known. */
    boolean ages() {
        return !resolutions.equals(List.of(Resolution.EVER));
    }

    /** Everything is to be published. */
    void changed() {
        resolutions.forEach(this::changed);
    }

    /** The windows of a resolution are to be published. */
    void changed(Resolution resolution) {
        if (!resolutions.contains(resolution)) {
            return;
        }
        boolean queued = !unpublished.isEmpty();
        unpublished.add(resolution);
        if (!queued) {
            queue.accept(this);
        }
    }

    /**
     * Gives the values that are to be published.
     *
     * @param clock of the roll-up, epoch milliseconds
     * @param floor what as_of is at least, epoch milliseconds
     * @param dirty where a series is put that has rows to write for having aged
     */
    void publish(long clock, long floor, Map<Series, Segment> dirty, Consumer<KpiValue> out) {
        for (Resolution resolution : unpublished) {
            series.values().forEach(theirs -> {
                if (theirs.advance(resolution, clock)) {
                    dirty.put(theirs, segment);
                }
            });
        }
        for (RollingWindow window : kpi.windows()) {
            if (unpublished.contains(window.resolution())) {
                long asOf = Math.max(floor, asOf(window.resolution(), clock));
                out.accept(kpi.value(
                        segment, window, measure -> series.get(measure).sum(window), asOf));
            }
        }
        unpublished.clear();
    }

    private long asOf(Resolution resolution, long clock) {
        long asOf = resolution.startAt(clock);
        for (Series theirs : series.values()) {
            asOf = Math.max(asOf, theirs.newest(resolution));
        }
        return asOf;
    }
}
