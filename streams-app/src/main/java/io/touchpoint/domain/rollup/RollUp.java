package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.FactKind;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.catalogue.Resolution;
import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.records.state.FactEntry;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.FactSum;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rolls facts up into the values of the KPIs. What it publishes is a function of the facts it was given and of its clock,
 * not of how they were cut into partials or in which order they came; but for which values a full dimension has admitted, and for
 * the revisions of what was final.
 *
 * <p>Facts after the clock's pane wait for it. Not thread-safe.
 */
public final class RollUp {
    private final KpiCatalogue catalogue;
    private final FoldClocks clocks;
    private final PeriodClock periodClock;
    private final Segments segments;
    private final Map<String, Map<String, Optional<FactKind>>> kinds = new HashMap<>();
    private final List<LiveKpi> rolling = new ArrayList<>();
    private final List<LivePeriods> calendar = new ArrayList<>();
    private final Map<Resolution, Long> publishedPanes = new EnumMap<>(Resolution.class);
    private final Set<LiveSegment> dirtySegments = new LinkedHashSet<>();
    private final List<Series> dirtySeries = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private List<LiveKpi> rollingQueue = new ArrayList<>();
    private List<LivePeriods> calendarQueue = new ArrayList<>();
    private final Onlooker onlooker;
    private final Optional<OrderedRollUp> ordered;
    private boolean restoring;
    private long round;
    private long forgotten;

    /** @param foldTasks how many fold tasks send partials, numbered from 0 */
    public RollUp(KpiCatalogue catalogue, int foldTasks, CalendarRules rules) {
        this(catalogue, foldTasks, rules, Onlooker.NONE, Optional.empty());
    }

    /**
     * One whose values somebody looks at, as they are at each publication.
     *
     * @param foldTasks how many fold tasks send partials, numbered from 0
     */
    public static RollUp watched(KpiCatalogue catalogue, int foldTasks, CalendarRules rules, Onlooker onlooker) {
        return new RollUp(catalogue.comparing(onlooker.watched()), foldTasks, rules, onlooker, Optional.empty());
    }

    /**
     * One whose values somebody looks at minute by minute, as they were by what was known then: whatever the fold tasks are apart, and
     * whenever it publishes, the same is seen. The facts must say their causes.
     *
     * @param foldTasks how many fold tasks send partials, numbered from 0
     */
    public static RollUp watchedInOrder(KpiCatalogue catalogue, int foldTasks, CalendarRules rules, Onlooker onlooker) {
        return new RollUp(
                catalogue,
                foldTasks,
                rules,
                Onlooker.NONE,
                onlooker.watched().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new OrderedRollUp(catalogue.only(onlooker.watched()), rules, onlooker)));
    }

    /** @param onlooker sees the values over windows at each publication */
    RollUp(
            KpiCatalogue catalogue,
            int foldTasks,
            CalendarRules rules,
            Onlooker onlooker,
            Optional<OrderedRollUp> ordered) {
        this.catalogue = catalogue;
        this.onlooker = onlooker;
        this.ordered = ordered;
        clocks = new FoldClocks(foldTasks);
        periodClock = new PeriodClock(
                rules,
                catalogue.kpis().stream().map(kpi -> kpi.maturity().toMillis()).toList());
        segments = new Segments(segment -> new LiveSegment(segment, catalogue, new Births()));
    }

    /**
     * Takes in what {@link #drain} wrote; everything live is then to be published again, but for what is final. Call it first, and once.
     *
     * @throws IllegalStateException when it was counted by another zone
     */
    public void restore(PaneStore store) {
        restoring = true;
        RowReader reader = new RowReader(catalogue, clocks, periodClock, segments);
        store.scan((key, row) -> {
            boolean taken = key.startsWith(Onlooker.PREFIX)
                    ? ordered.map(OrderedRollUp::onlooker).orElse(onlooker).restore(key, row)
                    : key.startsWith(OrderedRollUp.PREFIX)
                            ? ordered.map(each -> each.restore(key, row)).orElse(false)
                            : reader.take(key, row);
            if (!taken) {
                stale.add(key);
            }
        });
        stale.addAll(reader.finish());
        restoring = false;
        ordered.ifPresent(OrderedRollUp::restored);
        calendar.forEach(LivePeriods::changed);
    }

    /**
     * Takes in a partial: its facts; and its clock, when it brings no facts, for then all facts of the flush have come.
     *
     * @return the run, when the partial ends it for the last of the fold tasks: everything is then to be published
     * @throws IllegalArgumentException when no KPI counts a measure, or there is no such fold task
     */
    public Optional<CompletedRun> apply(FactPartial partial) {
        if (partial.getDimension().isEmpty()) {
            clocks.advance(partial.getTask(), partial.getClock());
        } else {
            Map<String, Optional<FactKind>> known =
                    kinds.computeIfAbsent(partial.getDimension(), key -> new HashMap<>());
            for (FactEntry entry : partial.getEntries()) {
                add(partial.getDimension(), known, entry);
            }
        }
        ordered.ifPresent(each -> each.apply(partial));
        if (!partial.getEnd()) {
            return Optional.empty();
        }
        Optional<CompletedRun> completed = clocks.end(partial.getRun(), partial.getTask(), partial.getClock());
        completed.ifPresent(run -> publishAgain());
        return completed;
    }

    /** Everything live is to be published, but for what is final. */
    public void publishAgain() {
        rolling.forEach(LiveKpi::changed);
        calendar.forEach(LivePeriods::changed);
    }

    /** Runs what has been run before, in the life of the roll-up before this one: nobody looks. Then everything is to be published again. */
    public void again(Runnable past) {
        Onlooker theirs = ordered.map(OrderedRollUp::onlooker).orElse(onlooker);
        theirs.lookAway();
        past.run();
        theirs.lookAgain();
        ordered.ifPresent(OrderedRollUp::publishAgain);
        publishAgain();
    }

    /** The roll-up's clock, epoch milliseconds: the least of the fold tasks'; 0 until each has spoken. */
    public long clock() {
        return clocks.now();
    }

    /** How many entries of partials went to the segment {@code other} since the start, their dimension being full. */
    public long beyondLimit() {
        return segments.refused();
    }

    /** How many sums came since the start for days that are kept no more, and so are missing from their periods. */
    public long beyondHistory() {
        return forgotten;
    }

    /** What the cells of every measure and segment take in memory, in bytes. */
    long bytes() {
        return segments.all()
                .flatMap(segment -> segment.all().stream())
                .mapToLong(Series::bytes)
                .sum();
    }

    /**
     * Gives every value that may differ from what was given before, by facts or by age.
     *
     * <p>as_of of a value over a window is its newest fact or when it last aged, of a period its newest fact or when it became final,
     * whichever is later; and, but for what is final, at least the end of the last completed run. Values that age wait until the
     * clock is known.
     */
    public void publish(Publication out) {
        publishRolling(out);
        if (clock() > 0) {
            publishPeriods(out);
        }
    }

    /** Publishes only what changed of the windows; what changed of the periods waits. */
    public void publishRolling(Publication out) {
        round++;
        for (Resolution resolution : Resolution.values()) {
            long pane = resolution.paneAt(clock());
            Long before = publishedPanes.put(resolution, pane);
            if (before != null && before != pane) {
                rolling.forEach(kpi -> kpi.aged(resolution));
            }
        }
        List<LiveKpi> due = rollingQueue;
        rollingQueue = new ArrayList<>();
        for (LiveKpi kpi : due) {
            if (kpi.ages() && clock() == 0) {
                rollingQueue.add(kpi);
            } else {
                kpi.publish(clock(), clocks.publishedUntil(), this::dirty, out);
            }
        }
        if (clock() > 0) {
            onlooker.passed(clock());
        }
        ordered.ifPresent(each -> each.moveTo(clock(), clocks.publishedUntil() >= clock()));
    }

    private void publishPeriods(Publication out) {
        if (periodClock.moveTo(clock())) {
            calendar.forEach(LivePeriods::moved);
        }
        List<LivePeriods> due = calendarQueue;
        calendarQueue = new ArrayList<>();
        for (LivePeriods kpi : due) {
            kpi.publish(clocks.publishedUntil(), out);
        }
        if (periodClock.forget(clock())) {
            segments.all().forEach(this::forget);
            calendar.forEach(kpi -> kpi.forgetBefore(periodClock.keptFrom()));
        }
    }

    private void forget(LiveSegment segment) {
        for (Series series : segment.all()) {
            if (series.days() != null && series.days().forgetBefore(periodClock.keptFrom())) {
                dirty(series);
            }
        }
    }

    /** Writes, once, by which zone it counts, so that {@link #restore} refuses another whatever else was written. */
    public void drainZone(PaneStore store) {
        periodClock.drainZone(store);
    }

    /** Writes what the onlooker remembers; what it has said is not to be said again. */
    public void drainOnlooker(PaneStore store) {
        ordered.map(OrderedRollUp::onlooker).orElse(onlooker).drain(store);
    }

    /** Writes every row that differs from what was written before. */
    public void drain(PaneStore store) {
        ordered.ifPresent(each -> each.drain(store));
        dirtySegments.forEach(segment -> store.put(Rows.segment(segment.segment()), Rows.names(segment.seen())));
        dirtySegments.clear();
        dirtySeries.forEach(series -> series.drain(clock(), store));
        dirtySeries.clear();
        for (LivePeriods kpi : calendar) {
            if (kpi.dirty()) {
                kpi.drain(store);
            }
        }
        periodClock.drain(store);
        clocks.drain(store);
        stale.forEach(store::delete);
        stale.clear();
    }

    private void add(String dimension, Map<String, Optional<FactKind>> known, FactEntry entry) {
        LiveSegment segment = null;
        int day = periodClock.days().dayOf(entry.getMinute());
        for (FactSum sum : entry.getSums()) {
            FactKind kind = known.computeIfAbsent(sum.getMeasure(), id -> catalogue.counted(dimension, id))
                    .orElse(null);
            if (kind == null) {
                continue;
            }
            segment = segment == null ? segments.of(dimension, entry.getValue()) : segment;
            Series series = segment.series(kind);
            if (segment.see(kind)) {
                dirtySegments.add(segment);
            }
            boolean kept = series.add(
                    entry.getMinute(), day, kind.bucket(), sum.getAmount(), entry.getNewest(), clock(), round);
            forgotten += kept || sum.getAmount() == 0 ? 0 : 1;
            dirty(series);
        }
    }

    private void dirty(Series series) {
        if (series.becameDirty()) {
            dirtySeries.add(series);
        }
    }

    private final class Births implements LiveSegment.Births {
        @Override
        public void rolling(Kpi kpi, Segment segment, Variant variant, Series[] series) {
            rolling.add(new LiveKpi(
                    kpi, segment, variant, series, restoring, changed -> rollingQueue.add(changed), onlooker));
        }

        @Override
        public LivePeriods calendar(Kpi kpi, Segment segment, Variant variant) {
            LivePeriods live =
                    new LivePeriods(kpi, segment, variant, periodClock, changed -> calendarQueue.add(changed));
            calendar.add(live);
            return live;
        }
    }
}
