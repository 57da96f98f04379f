package io.touchpoint.domain.kpi;

import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactEntry;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.FactSum;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rolls facts up into the values of the KPIs. What it publishes is a function of the facts it was given and of its clock,
 * not of how they were cut into partials or in which order they came; but for which values a full dimension has admitted.
 *
 * <p>Facts after the clock's pane wait for it. Not thread-safe.
 */
public final class RollUp {
    private final KpiCatalogue catalogue;
    private final FoldClocks clocks;
    private final Segments segments;
    private final List<LiveKpi> live = new ArrayList<>();
    private final Map<Resolution, Long> publishedPanes = new EnumMap<>(Resolution.class);
    private final Set<LiveSegment> dirtySegments = new LinkedHashSet<>();
    private final Map<Series, Segment> dirtySeries = new LinkedHashMap<>();
    private final List<String> stale = new ArrayList<>();
    private List<LiveKpi> queue = new ArrayList<>();

    /** @param foldTasks how many fold tasks send partials, numbered from 0 */
    public RollUp(KpiCatalogue catalogue, int foldTasks) {
        this.catalogue = catalogue;
        clocks = new FoldClocks(foldTasks);
        segments =
                new Segments(segment -> new LiveSegment(segment, catalogue, changed -> queue.add(changed), live::add));
    }

    /** Takes in what {@link #drain} wrote; everything live is then to be published again. Call it first, and once. */
    public void restore(PaneStore store) {
        store.scan((key, row) -> {
            if (!restore(Rows.parts(key), row)) {
                stale.add(key);
            }
        });
    }

    /**
     * Takes in a partial: its facts; and its clock, when it brings no facts, for then all facts of the flush have come.
     *
     * @return the run, when the partial ends it for the last of the fold tasks: everything is then to be published
     * @throws IllegalArgumentException when no KPI counts a measure, or there is no such fold task
     */
    public Optional<CompletedRun> apply(FactPartial partial) {
        for (FactEntry entry : partial.getEntries()) {
            add(partial.getDimension(), entry);
        }
        if (partial.getDimension().isEmpty()) {
            clocks.advance(partial.getTask(), partial.getClock());
        }
        if (!partial.getEnd()) {
            return Optional.empty();
        }
        Optional<CompletedRun> completed = clocks.end(partial.getRun(), partial.getTask(), partial.getClock());
        completed.ifPresent(run -> live.forEach(LiveKpi::changed));
        return completed;
    }

    /** The roll-up's clock, epoch milliseconds: the least of the fold tasks'; 0 until each has spoken. */
    public long clock() {
        return clocks.now();
    }

    /** How many entries of partials went to the segment {@code other} since the start, their dimension being full. */
    public long beyondLimit() {
        return segments.refused();
    }

    /**
     * Gives every value that may differ from what was given before, by facts or by age. as_of is the newest fact up to the
     * clock's pane or the start of that pane, whichever is later, and at least the end of the last completed run.
     * Values that age wait until the clock is known.
     */
    public void publish(Consumer<KpiValue> out) {
        for (Resolution resolution : Resolution.values()) {
            long pane = resolution.paneAt(clocks.now());
            Long before = publishedPanes.put(resolution, pane);
            if (before != null && before != pane) {
                live.forEach(kpi -> kpi.changed(resolution));
            }
        }
        List<LiveKpi> due = queue;
        queue = new ArrayList<>();
        for (LiveKpi kpi : due) {
            if (kpi.ages() && clocks.now() == 0) {
                queue.add(kpi);
            } else {
                kpi.publish(clocks.now(), clocks.publishedUntil(), dirtySeries, out);
            }
        }
    }

    /** Writes every row that differs from what was written before. */
    public void drain(PaneStore store) {
        dirtySegments.forEach(segment -> store.put(Rows.segment(segment.segment()), Rows.names(segment.seen())));
        dirtySegments.clear();
        dirtySeries.forEach((series, segment) -> series.drain(segment, clocks.now(), store));
        dirtySeries.clear();
        clocks.drain(store);
        stale.forEach(store::delete);
        stale.clear();
    }

    private void add(String dimension, FactEntry entry) {
        LiveSegment segment = segments.of(dimension, entry.getValue());
        for (FactSum sum : entry.getSums()) {
            Series series = segment.series(sum.getMeasure());
            if (segment.see(sum.getMeasure())) {
                dirtySegments.add(segment);
            }
            if (series.add(entry.getMinute(), sum.getAmount(), entry.getNewest(), clocks.now())) {
                dirtySeries.put(series, segment.segment());
            }
        }
    }

    /** Takes in a row; false when nothing uses it any more. */
    private boolean restore(List<String> key, byte[] row) {
        switch (key.get(0)) {
            case Rows.PANE:
                return restorePane(key, row);
            case Rows.SEGMENT:
                return restoreSegment(new Segment(key.get(1), key.get(2)), row);
            case Rows.CLOCK:
                return clocks.restoreClock(Integer.parseInt(key.get(1)), Rows.longAt(row, 0));
            case Rows.END:
                clocks.restoreEnd(key.get(1), Integer.parseInt(key.get(2)), Rows.longAt(row, 0));
                return true;
            case Rows.NOW:
                clocks.restoreNow(Rows.longAt(row, 0));
                return true;
            case Rows.UNTIL:
                clocks.restoreUntil(Rows.longAt(row, 0));
                return true;
            default:
                return false;
        }
    }

    private boolean restorePane(List<String> key, byte[] row) {
        String measure = key.get(2);
        String dimension = key.get(3);
        return catalogue.knows(dimension, measure)
                && segments.restore(new Segment(dimension, key.get(4)))
                        .series(measure)
                        .restore(
                                Resolution.valueOf(key.get(1)),
                                Long.parseLong(key.get(5)),
                                Rows.longAt(row, 0),
                                Rows.longAt(row, 1));
    }

    private boolean restoreSegment(Segment segment, byte[] row) {
        List<String> known = Rows.namesIn(row).stream()
                .filter(measure -> catalogue.knows(segment.dimension(), measure))
                .toList();
        if (known.isEmpty()) {
            return false;
        }
        known.forEach(segments.restore(segment)::see);
        return true;
    }
}
