package io.touchpoint.domain.kpi;

import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The declaration of a KPI: scale × numerator / denominator.
 *
 * @param id lower-case, hyphenated; as it stands in keys
 * @param unit of the value
 * @param formula for people
 * @param numerator signed sum of measures
 * @param denominator signed sum of measures; without any it is 1, and n is the numerator
 * @param scale factor, for example 100 for percent
 * @param dimensions whose values it is published for
 * @param windows over which it is published; all of one kind with the measures: only {@link RollingWindow#TOTAL} for gauges
 * @param interval how sure it is
 * @param source where the definition comes from
 */
public record Kpi(
        String id,
        String unit,
        String formula,
        List<Term> numerator,
        List<Term> denominator,
        double scale,
        Set<String> dimensions,
        List<RollingWindow> windows,
        Interval interval,
        String source) {

    /** A measure with its sign, +1 or −1. */
    public record Term(Measure measure, int sign) {
        static Term plus(Measure measure) {
            return new Term(measure, 1);
        }

        static Term minus(Measure measure) {
            return new Term(measure, -1);
        }
    }

    /**
     * Refuses a declaration that cannot be computed.
     *
     * @throws IllegalArgumentException when a window does not fit the kind of a measure
     */
    public Kpi {
        for (RollingWindow window : windows) {
            boolean total = window.resolution() == Resolution.EVER;
            Stream.concat(numerator.stream(), denominator.stream())
                    .filter(term -> total != (term.measure().kind() == Measure.Kind.GAUGE))
                    .findFirst()
                    .ifPresent(term -> {
                        throw new IllegalArgumentException(id + ": window " + window.id() + " does not fit measure "
                                + term.measure().id() + " (expected: PT0S for a gauge, another window for a flow)");
                    });
        }
    }

    /** The measures it rests on, each once. */
    List<Measure> measures() {
        return Stream.concat(numerator.stream(), denominator.stream())
                .map(Term::measure)
                .distinct()
                .toList();
    }

    /**
     * The value for a segment and window.
     *
     * @param asOf epoch milliseconds
     */
    KpiValue value(Segment segment, RollingWindow window, Sums sums, long asOf) {
        long above = total(numerator, sums);
        long below = denominator.isEmpty() ? 1 : total(denominator, sums);
        KpiValue value = new KpiValue();
        value.setKpi(id);
        value.setSegmentDimension(segment.dimension());
        value.setSegmentValue(segment.value());
        value.setWindow(window.id());
        value.setNumerator(above);
        value.setDenominator(below);
        value.setN(denominator.isEmpty() ? above : below);
        value.setValue(below > 0 ? scale * above / below : null);
        value.setAsOf(Instant.ofEpochMilli(asOf));
        interval.fill(value, sums);
        return value;
    }

    private static long total(List<Term> terms, Sums sums) {
        long total = 0;
        for (Term term : terms) {
            total += term.sign() * sums.of(term.measure());
        }
        return total;
    }
}
