package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.records.KpiValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The declaration of a KPI.
 *
 * @param id lower-case, hyphenated; as it stands in keys
 * @param unit of the value
 * @param text the definition for people
 * @param rolling how it is published over windows
 * @param calendar how it is published by period
 * @param maturity how long after the end of a period its facts may still come about, beside the grace for late ones
 * @param interval how sure it is
 * @param source where the definition comes from
 */
public record Kpi(
        String id,
        String unit,
        String text,
        Rolling rolling,
        Calendar calendar,
        Duration maturity,
        Interval interval,
        String source) {

    /**
     * Publication over windows.
     *
     * @param windows empty for none
     */
    public record Rolling(Formula formula, List<String> dimensions, List<RollingWindow> windows) {}

    /**
     * Publication by period.
     *
     * @param kinds empty for none
     */
    public record Calendar(Formula formula, List<String> dimensions, List<PeriodKind> kinds) {}

    /**
     * Refuses a declaration that cannot be computed.
     *
     * @throws IllegalArgumentException when a window or a period does not fit a measure, or a measure is not counted by a dimension
     */
    public Kpi {
        for (RollingWindow window : rolling.windows()) {
            boolean total = window.resolution() == Resolution.EVER;
            for (Measure measure : rolling.formula().measures()) {
                if (measure.kind() != (total ? Measure.Kind.GAUGE : Measure.Kind.FLOW)) {
                    throw new IllegalArgumentException(id + ": window " + window.id() + " does not fit measure "
                            + measure.id() + ", a " + measure.kind()
                            + " (expected: PT0S for a GAUGE, another window for a FLOW)");
                }
            }
        }
        if (!rolling.windows().isEmpty()) {
            requireCounted(id, rolling.formula(), rolling.dimensions());
        }
        if (!calendar.kinds().isEmpty()) {
            requireCounted(id, calendar.formula(), calendar.dimensions());
        }
    }

    private static void requireCounted(String id, Formula formula, List<String> dimensions) {
        for (Measure measure : formula.measures()) {
            if (!measure.dimensions().containsAll(dimensions)) {
                throw new IllegalArgumentException(id + ": measure " + measure.id() + " is counted by "
                        + measure.dimensions() + " (expected: by all of " + dimensions + ")");
            }
        }
    }

    /** The same KPI, published over these windows in these dimensions only. */
    Kpi over(List<RollingWindow> windows, List<String> dimensions) {
        return new Kpi(
                id,
                unit,
                text,
                new Rolling(rolling.formula(), dimensions, windows),
                new Calendar(calendar.formula(), calendar.dimensions(), List.of()),
                maturity,
                interval,
                source);
    }

    /** Whether it is told apart by currency. */
    public boolean byCurrency() {
        return measures().anyMatch(measure -> measure.split().currency());
    }

    /** Whether it is told apart by attribution model too. */
    public boolean byModel() {
        return measures().anyMatch(measure -> measure.split() == Measure.Split.MODEL);
    }

    /** Whether the value of a period is the state at its end. */
    public boolean atPeriodEnd() {
        return calendar.formula().measures().stream().anyMatch(measure -> measure.kind() == Measure.Kind.GAUGE);
    }

    private Stream<Measure> measures() {
        return Stream.concat(rolling.formula().measures().stream(), calendar.formula().measures().stream());
    }

    /** The value over a window. */
    public KpiValue over(RollingWindow window, Segment segment, Variant variant, Sums sums, Instant asOf) {
        KpiValue value = value(segment, variant, asOf);
        value.setWindow(window.id());
        rolling.formula().fill(value, sums);
        interval.fill(value, sums);
        return value;
    }

    /** The value of a period; what names the period is left to the caller. */
    public KpiValue in(PeriodKind kind, Segment segment, Variant variant, Sums sums, Instant asOf) {
        KpiValue value = value(segment, variant, asOf);
        value.setWindow(kind.name());
        calendar.formula().fill(value, sums);
        interval.fill(value, sums);
        return value;
    }

    private KpiValue value(Segment segment, Variant variant, Instant asOf) {
        KpiValue value = new KpiValue();
        value.setKpi(id);
        value.setSegmentDimension(segment.dimension());
        value.setSegmentValue(segment.value());
        value.setCurrency(variant.currency());
        value.setModel(variant.model());
        value.setAsOf(asOf);
        return value;
    }
}
