package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;

/**
 * A measure with its weight in a sum.
 *
 * @param weight whole, may be negative
 * @param divisor by which the weighted measure is divided, 1 or more
 * @param overAllTime whether it is summed over all time, not over the window or period
 */
public record Term(Measure measure, long weight, long divisor, boolean overAllTime) {
    /** The measure itself. */
    public static Term plus(Measure measure) {
        return new Term(measure, 1, 1, false);
    }

    /** The measure, subtracted. */
    public static Term minus(Measure measure) {
        return new Term(measure, -1, 1, false);
    }

    /** A multiple of the measure in another unit. */
    public static Term times(long weight, Measure measure, long divisor) {
        return new Term(measure, weight, divisor, false);
    }

    /** The measure over all time. */
    public static Term ever(Measure measure) {
        return new Term(measure, 1, 1, true);
    }

    long whole(Sums sums) {
        return weight * (overAllTime ? sums.ever(measure) : sums.of(measure));
    }

    String text(boolean first) {
        String sign = weight < 0 ? "− " : first ? "" : "+ ";
        long size = Math.abs(weight);
        return sign + (size == 1 ? "" : size + " · ") + "`" + measure.id() + "`"
                + (divisor == 1 ? "" : " / " + String.format(java.util.Locale.ROOT, "%,d", divisor))
                + (overAllTime ? " (over all time)" : "");
    }
}
