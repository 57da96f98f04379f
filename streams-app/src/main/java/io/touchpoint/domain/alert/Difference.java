package io.touchpoint.domain.alert;

import io.touchpoint.records.KpiValue;
import java.util.Map;

/**
 * How much a score or share differs between two windows that have no person in common, with an interval of that difference.
 *
 * <p>Of a net promoter score: the difference of the adjusted scores, its standard error √(v₁/(n₁+3) + v₂/(n₂+3)) with
 * P = (promoters + ¾)/(n + 3), D = (detractors + ¾)/(n + 3) and v = P + D − (P − D)². Source: B. Rocks, Interval Estimation for the Net
 * Promoter Score, The American Statistician 70 (2016).
 *
 * <p>Of a share: with p and the bounds l, u of its Wilson interval, p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²) to
 * p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²). Source: R. G. Newcombe, Interval Estimation for the Difference Between Independent
 * Proportions, Statistics in Medicine 17 (1998), method 10.
 *
 * @param value now less before, in points or percent
 * @param low lower bound
 * @param high upper bound
 */
public record Difference(double value, double low, double high) {
    /** How sure an interval may be, and what quantile of the normal distribution that takes, two-sided. */
    static final Map<Double, Double> Z = Map.of(
            0.8, 1.2815515655446004,
            0.9, 1.6448536269514722,
            0.95, 1.959963984540054,
            0.99, 2.5758293035489004,
            0.999, 3.2905267314919255);

    private static final double PERCENT = 100;
    private static final double ADDED = 3;
    private static final double ADDED_TO_EACH_END = 0.75;

    /**
     * @param now of a KPI with an interval, not empty
     * @param before of the same KPI, not empty
     * @param confidence one of {@link #Z}
     */
    static Difference between(KpiValue now, KpiValue before, double confidence) {
        double z = Z.get(confidence);
        return now.getPromoters() == null ? ofShares(now, before, z) : ofScores(now, before, z);
    }

    private static Difference ofScores(KpiValue now, KpiValue before, double z) {
        double centre = score(now) - score(before);
        double margin = z * Math.sqrt(variance(now) + variance(before));
        return new Difference(
                now.getValue() - before.getValue(), PERCENT * (centre - margin), PERCENT * (centre + margin));
    }

    private static double adjusted(long count, KpiValue value) {
        return (count + ADDED_TO_EACH_END) / (all(value) + ADDED);
    }

    private static double score(KpiValue value) {
        return adjusted(value.getPromoters(), value) - adjusted(value.getDetractors(), value);
    }

    private static double variance(KpiValue value) {
        double score = score(value);
        return (adjusted(value.getPromoters(), value) + adjusted(value.getDetractors(), value) - score * score)
                / (all(value) + ADDED);
    }

    private static double all(KpiValue value) {
        return (double) value.getPromoters() + value.getPassives() + value.getDetractors();
    }

    private static Difference ofShares(KpiValue now, KpiValue before, double z) {
        double p = now.getNumerator() / now.getDenominator();
        double q = before.getNumerator() / before.getDenominator();
        double down = Math.hypot(p - wilson(p, now.getDenominator(), -z), wilson(q, before.getDenominator(), z) - q);
        double up = Math.hypot(wilson(p, now.getDenominator(), z) - p, q - wilson(q, before.getDenominator(), -z));
        return new Difference(PERCENT * (p - q), PERCENT * (p - q - down), PERCENT * (p - q + up));
    }

    /** The lower bound with −z, the upper with z. */
    private static double wilson(double p, double n, double z) {
        double squared = z * z;
        return (p + squared / (2 * n) + z * Math.sqrt(p * (1 - p) / n + squared / (4 * n * n))) / (1 + squared / n);
    }

    /** Whether it is above 0 beyond chance. */
    boolean isUp() {
        return low > 0;
    }

    /** Whether it is below 0 beyond chance. */
    boolean isDown() {
        return high < 0;
    }
}
