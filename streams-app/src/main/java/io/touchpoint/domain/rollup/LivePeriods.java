package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A KPI in a segment by period of the calendar. It has a value in each period that had facts; of a running total in
 * each period since the first, and none in a period that has not begun. What is all taken back is withdrawn. A value is provisional until its period is final; what changes it afterwards is a revision, and what
 * changes nothing is none.
 */
final class LivePeriods {
    private final Kpi kpi;
    private final Segment segment;
    private final Variant variant;
    private final PeriodClock clock;
    private final long maturity;
    private final Consumer<LivePeriods> queue;
    private final Map<PeriodKind, PeriodSums> sums = new EnumMap<>(PeriodKind.class);
    private final Revisions revisions = new Revisions();
    private boolean queued;

    /** @param queue told once when something is to be published that was not before */
    LivePeriods(Kpi kpi, Segment segment, Variant variant, PeriodClock clock, Consumer<LivePeriods> queue) {
        this.kpi = kpi;
        this.segment = segment;
        this.variant = variant;
        this.clock = clock;
        this.queue = queue;
        maturity = kpi.maturity().toMillis();
    }

    /** Gives it the series of each measure, in their order, for one kind of period. */
    void read(PeriodKind kind, Series[] series) {
        List<Measure> measures = kpi.calendar().formula().measures();
        sums.put(kind, new PeriodSums(kpi, measures, series, clock.days(), kind));
        for (Series theirs : series) {
            theirs.readBy(this);
        }
    }

    /** The amount of a day of one of its series is about to differ. */
    void willChange(Series series, int day) {
        for (PeriodSums theirs : sums.values()) {
            PeriodSums.Reach reach = theirs.reach(series);
            PeriodKind kind = theirs.kind();
            switch (reach) {
                case NONE -> {}
                case PERIOD -> mark(theirs, clock.days().start(kind, day));
                case ALL_SINCE -> markRange(theirs, Math.max(day, clock.keptFrom()), clock.reached(kind));
                case ALL -> markExisting(theirs, clock.keptFrom());
            }
        }
    }

    /** The clock has begun new periods, or made some final. */
    void moved() {
        for (PeriodSums theirs : sums.values()) {
            PeriodKind kind = theirs.kind();
            theirs.eachExisting(
                    clock.finalFromBefore(kind, maturity),
                    clock.finalFrom(kind, maturity),
                    clock.reached(kind),
                    start -> put(kind, start, Revisions.NOT_FINAL));
            theirs.eachExisting(
                    clock.reachedBefore(kind) + 1,
                    clock.days().next(kind, clock.reached(kind)),
                    clock.reached(kind),
                    start -> put(kind, start, Revisions.NOT_FINAL));
        }
    }

    /** Everything that is not final is to be published. */
    void changed() {
        for (PeriodSums theirs : sums.values()) {
            markExisting(theirs, clock.finalFrom(theirs.kind(), maturity));
        }
    }

    private void markExisting(PeriodSums theirs, int from) {
        theirs.eachExisting(from, Integer.MAX_VALUE, clock.reached(theirs.kind()), start -> mark(theirs, start));
    }

    private void markRange(PeriodSums theirs, int fromDay, int upTo) {
        ZonedDays days = clock.days();
        for (int start = days.start(theirs.kind(), fromDay); start <= upTo; start = days.next(theirs.kind(), start)) {
            mark(theirs, start);
        }
    }

    /** Notes that a period may differ from what was published, and what that was. */
    private void mark(PeriodSums theirs, int start) {
        PeriodKind kind = theirs.kind();
        boolean begun = start <= clock.reached(kind);
        if (!begun || start < clock.keptFrom() || revisions.waits(kind, start)) {
            return;
        }
        boolean exists = theirs.exists(start);
        if (start < clock.finalFrom(kind, maturity)) {
            put(kind, start, exists ? Revisions.fingerprint(value(theirs, start)) : Revisions.ABSENT);
        } else {
            put(kind, start, exists ? Revisions.NOT_FINAL : Revisions.NEW);
        }
    }

    private void put(PeriodKind kind, int start, long before) {
        revisions.await(kind, start, before);
        if (!queued) {
            queued = true;
            queue.accept(this);
        }
    }

    /**
     * Gives the values that are to be published.
     *
     * @param floor what as_of of a provisional value is at least, epoch milliseconds
     */
    void publish(long floor, Publication out) {
        queued = false;
        revisions.settle((kind, start, before) -> {
            PeriodSums theirs = sums.get(kind);
            KpiValue value = value(theirs, start);
            if (!theirs.exists(start)) {
                if (revisions.withdraw(kind, start, before)) {
                    out.gone(value);
                }
                return;
            }
            boolean isFinal = start < clock.finalFrom(kind, maturity);
            long revision = isFinal ? revisions.next(kind, start, before, value) : 0;
            if (isFinal && revision == 0) {
                return;
            }
            value.setState(isFinal ? "FINAL" : "PROVISIONAL");
            value.setRevision(revision);
            value.setAsOf(Instant.ofEpochMilli(asOf(theirs, start, isFinal, floor)));
            out.value(value);
        });
    }

    private long asOf(PeriodSums theirs, int start, boolean isFinal, long floor) {
        long newest = Math.max(theirs.newest(start), clock.days().startMillis(start));
        return Math.max(newest, isFinal ? clock.finalAt(clock.days().next(theirs.kind(), start), maturity) : floor);
    }

    private KpiValue value(PeriodSums theirs, int start) {
        theirs.at(start);
        KpiValue value = kpi.in(theirs.kind(), segment, variant, theirs, Instant.EPOCH);
        value.setPeriod(clock.days().name(theirs.kind(), start));
        value.setPeriodStart(Instant.ofEpochMilli(clock.days().startMillis(start)));
        return value;
    }

    /** Takes in a row. */
    void restoreRevision(PeriodKind kind, int start, long revision, long before) {
        revisions.restore(kind, start, revision, before);
        if (before != Revisions.NOT_FINAL && !queued) {
            queued = true;
            queue.accept(this);
        }
    }

    /** Forgets the revisions of periods before a day. */
    void forgetBefore(int day) {
        revisions.forgetBefore(day);
    }

    /** Whether there are rows to write. */
    boolean dirty() {
        return revisions.dirty();
    }

    /** Writes the rows that differ. */
    void drain(PaneStore store) {
        revisions.drain(
                (kind, start) -> Rows.revised(kind, kpi.id(), variant.text(), segment, start),
                (kind, start) -> sums.get(kind).exists(start),
                store);
    }
}
