package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Histogram;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.Resolution;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.catalogue.Sums;
import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A KPI in a segment that had facts: from then on all its windows are published, also when they are empty again. Facts that were all taken back are none: it is
 * withdrawn, for had they come in another order there might never have been any.
 */
final class LiveKpi implements Sums {
    private final Kpi kpi;
    private final Segment segment;
    private final Variant variant;
    private final List<Measure> measures;
    private final Series[] series;
    private final Consumer<LiveKpi> queue;
    private final boolean[] brings;
    private final long[] asOf;
    /** Whether it stands published. */
    private boolean shown;

    private int changed;
    private int aged;
    private final Onlooker.Look[] looks;
    private RollingWindow window;

    /**
     * @param series of each measure of the KPI, in their order
     * @param shown whether it may have been published before
     * @param queue told once when something may be to publish that was not before
     */
    LiveKpi(
            Kpi kpi,
            Segment segment,
            Variant variant,
            Series[] series,
            boolean shown,
            Consumer<LiveKpi> queue,
            Onlooker onlooker) {
        this.kpi = kpi;
        this.segment = segment;
        this.variant = variant;
        this.series = series;
        this.shown = shown;
        this.queue = queue;
        measures = kpi.rolling().formula().measures();
        brings = new boolean[series.length];
        for (int at = 0; at < brings.length; at++) {
            brings[at] = !kpi.byCurrency() || measures.get(at).split().currency();
        }
        asOf = new long[kpi.rolling().windows().size()];
        Arrays.fill(asOf, Cells.NONE);
        looks = kpi.rolling().windows().stream()
                .map(each -> onlooker.at(kpi, each, segment, variant).orElse(null))
                .toArray(Onlooker.Look[]::new);
        for (Series theirs : series) {
            theirs.readBy(this);
        }
        changed();
    }

    /** Whether its values mean nothing before the clock is known. */
    boolean ages() {
        return kpi.rolling().windows().get(0).resolution() != Resolution.EVER;
    }

    /** Everything is to be published. */
    void changed() {
        for (RollingWindow each : kpi.rolling().windows()) {
            changed(each.resolution());
        }
    }

    /** A series of it has begun to count, or counts no more. */
    void recount() {
        if (shown != counts()) {
            changed();
        }
    }

    /** By facts: the windows of a resolution are to be published. */
    void changed(Resolution resolution) {
        ask();
        changed |= 1 << resolution.ordinal();
    }

    /** By the clock: the windows of a resolution are to be published unless nothing in them has aged. */
    void aged(Resolution resolution) {
        ask();
        aged |= 1 << resolution.ordinal();
    }

    private void ask() {
        if ((changed | aged) == 0) {
            queue.accept(this);
        }
    }

    /**
     * Gives the values that are to be published.
     *
     * @param clock of the roll-up, epoch milliseconds
     * @param floor what as_of is at least, epoch milliseconds
     * @param dirty told which series may have rows to write for having aged
     */
    void publish(long clock, long floor, Consumer<Series> dirty, Publication out) {
        List<RollingWindow> windows = kpi.rolling().windows();
        boolean counts = counts();
        for (int at = 0; at < windows.size(); at++) {
            window = windows.get(at);
            int bit = 1 << window.resolution().ordinal();
            if (((changed | aged) & bit) == 0) {
                continue;
            }
            for (Series theirs : series) {
                if (theirs.advance(window.resolution(), clock)) {
                    dirty.accept(theirs);
                }
            }
            long time = changedAt(clock);
            boolean differs = counts && ((changed & bit) != 0 || time != asOf[at]);
            if (differs || looks[at] != null) {
                asOf[at] = time;
                Instant instant = Instant.ofEpochMilli(Math.max(floor, time));
                KpiValue value = kpi.over(window, segment, variant, this, instant);
                if (looks[at] != null) {
                    looks[at].see(value, () -> kpi.over(window, segment, variant, new Before(), instant), clock);
                }
                if (differs) {
                    out.value(value);
                }
            }
        }
        if (shown && !counts) {
            withdraw(out);
        }
        shown = counts;
        changed = 0;
        aged = 0;
    }

    private void withdraw(Publication out) {
        for (RollingWindow each : kpi.rolling().windows()) {
            window = each;
            out.gone(kpi.over(each, segment, variant, this, Instant.EPOCH));
        }
        Arrays.fill(asOf, Cells.NONE);
    }

    private boolean counts() {
        for (int at = 0; at < series.length; at++) {
            if (brings[at] && series[at].counts()) {
                return true;
            }
        }
        return false;
    }

    /** The sums of the window before; only of measures that are kept as long. */
    private final class Before implements Sums {
        @Override
        public long of(Measure measure) {
            return series(measure).sum(window.withTheOneBefore())
                    - series(measure).sum(window);
        }

        @Override
        public long ever(Measure measure) {
            throw new UnsupportedOperationException(kpi.id() + ": a total has no window before");
        }

        @Override
        public Histogram histogram(Measure measure) {
            throw new UnsupportedOperationException(kpi.id() + ": values in buckets are not kept as long");
        }
    }

    private long changedAt(long clock) {
        long time = Cells.NONE;
        for (Series theirs : series) {
            time = Math.max(time, theirs.changedAt(window));
        }
        return time == Cells.NONE ? window.resolution().startAt(clock) : time;
    }

    @Override
    public long of(Measure measure) {
        return series(measure).sum(window);
    }

    @Override
    public long ever(Measure measure) {
        return series(measure).total();
    }

    @Override
    public Histogram histogram(Measure measure) {
        return series(measure).histogram(window);
    }

    private Series series(Measure measure) {
        return series[measures.indexOf(measure)];
    }
}
