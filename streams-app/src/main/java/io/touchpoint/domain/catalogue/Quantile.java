package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Buckets;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.records.KpiValue;
import java.util.List;
import java.util.Locale;

/**
 * The middle of the bucket in which the value of rank ⌈q·n⌉ lies. The numerator is the rank, the denominator n.
 *
 * @param percent q in percent, 1 to 100: a whole number, so that the rank is exact
 * @param divisor by which the value is divided, 1 or more: how many of the measure's units are one of the KPI's
 */
record Quantile(Measure measure, int percent, int divisor) implements Formula {
    Quantile(Measure measure, int percent) {
        this(measure, percent, 1);
    }

    Quantile {
        if (!measure.split().bucketed() || percent < 1 || percent > 100) {
            throw new IllegalArgumentException("Quantile " + percent + " % of " + measure.id()
                    + " (expected: 1 to 100 %, of a measure in buckets)");
        }
    }

    @Override
    public List<Measure> measures() {
        return List.of(measure);
    }

    @Override
    public List<Measure> overAllTime() {
        return List.of();
    }

    @Override
    public void fill(KpiValue value, Sums sums) {
        Histogram histogram = sums.histogram(measure);
        long n = histogram.total();
        long rank = n > 0 ? (n * percent + 99) / 100 : 0;
        value.setNumerator(rank);
        value.setDenominator(n);
        value.setN(n);
        value.setValue(n > 0 ? Buckets.middle(histogram.bucketAt(rank)) / divisor : null);
    }

    @Override
    public String valueText() {
        return "the geometric middle of the bucket in which the value of that rank lies"
                + (divisor == 1 ? "" : String.format(Locale.ROOT, ", / %,d", divisor));
    }

    @Override
    public String numeratorText() {
        return "rank ⌈" + percent + " % of n⌉ among `" + measure.id() + "`";
    }

    @Override
    public String denominatorText() {
        return "n";
    }

    @Override
    public String observationsText() {
        return "";
    }

    @Override
    public String obstaclesText() {
        return "";
    }
}
