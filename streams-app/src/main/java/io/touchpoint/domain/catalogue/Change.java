package io.touchpoint.domain.catalogue;

import io.touchpoint.records.KpiValue;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a score or share moved from one window to another that has no person in common with it, and whether that is more than chance.
 *
 * <p>Of a net promoter score: the difference of the adjusted scores, its standard error √(v₁/(n₁+3) + v₂/(n₂+3)) with
 * P = (promoters + ¾)/(n + 3), D = (detractors + ¾)/(n + 3) and v = P + D − (P − D)². Source: B. Rocks, Interval Estimation for the Net
 * Promoter Score, The American Statistician 70 (2016).
 *
 * <p>Of a share: with p and the bounds l, u of its Wilson interval, p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²) to
 * p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²). Source: R. G. Newcombe, Interval Estimation for the Difference Between Independent
 * Proportions, Statistics in Medicine 17 (1998), method 10.
 *
 * @param difference now less before, in points or percent
 * @param low lower bound of the difference
 * @param high upper bound
 */
public record Change(double difference, double low, double high) {

    /** What people ask about without saying how sure it must be. */
    public static final double USUAL_CONFIDENCE = 0.95;

    /** How sure an interval may be, and what quantile of the normal distribution that takes, two-sided. */
    private static final Map<Double, Double> Z = Map.of(
            0.8, 1.2815515655446004,
            0.9, 1.6448536269514722,
            0.95, 1.959963984540054,
            0.99, 2.5758293035489004,
            0.999, 3.2905267314919255);

    private static final double PERCENT = 100;
    private static final double ADDED = 3;
    private static final double ADDED_TO_EACH_END = 0.75;

    /** What can be said of a change. */
    public enum Verdict {
        /** The difference is above 0, beyond chance. */
        UP,
        /** The difference is below 0, beyond chance. */
        DOWN,
        /** The difference may be chance. */
        NOISE
    }

    /** {@return how sure an interval may be: 0.8, 0.9, 0.95, 0.99, 0.999} */
    public static Set<Double> confidences() {
        return Z.keySet();
    }

    /**
     * {@return the change between two values of a KPI with an interval, empty while one of them has no observations}
     *
     * @param confidence one of {@link #confidences}
     */
    public static Optional<Change> between(KpiValue before, KpiValue now, double confidence) {
        if (!isCounted(before) || !isCounted(now)) {
            return Optional.empty();
        }
        double z = Z.get(confidence);
        return Optional.of(now.getPromoters() == null ? ofShares(now, before, z) : ofScores(now, before, z));
    }

    private static boolean isCounted(KpiValue value) {
        return value.getValue() != null
                && value.getDenominator() > 0
                && Math.abs(value.getNumerator()) <= value.getDenominator()
                && (value.getPromoters() != null || value.getNumerator() >= 0);
    }

    private static Change ofScores(KpiValue now, KpiValue before, double z) {
        double centre = score(now) - score(before);
        double margin = z * Math.sqrt(variance(now) + variance(before));
        return new Change(now.getValue() - before.getValue(), PERCENT * (centre - margin), PERCENT * (centre + margin));
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

    private static Change ofShares(KpiValue now, KpiValue before, double z) {
        double p = now.getNumerator() / now.getDenominator();
        double q = before.getNumerator() / before.getDenominator();
        double down = Math.hypot(p - wilson(p, now.getDenominator(), -z), wilson(q, before.getDenominator(), z) - q);
        double up = Math.hypot(wilson(p, now.getDenominator(), z) - p, q - wilson(q, before.getDenominator(), -z));
        return new Change(PERCENT * (p - q), PERCENT * (p - q - down), PERCENT * (p - q + up));
    }

    /** The lower bound with −z, the upper with z. */
    private static double wilson(double p, double n, double z) {
        double squared = z * z;
        return (p + squared / (2 * n) + z * Math.sqrt(p * (1 - p) / n + squared / (4 * n * n))) / (1 + squared / n);
    }

    /** {@return what can be said of it} */
    public Verdict verdict() {
        if (low > 0) {
            return Verdict.UP;
        }
        return high < 0 ? Verdict.DOWN : Verdict.NOISE;
    }

    /**
     * {@return the value of several periods together, with its interval; empty when the KPI has no interval or nothing was counted}
     *
     * @param kpi a score or share, 100 · numerator / denominator
     * @param periods its values in periods that do not overlap
     */
    public static Optional<KpiValue> pooled(Kpi kpi, Collection<KpiValue> periods) {
        var all = new KpiValue();
        all.setKpi(kpi.id());
        all.setNumerator(periods.stream().mapToDouble(KpiValue::getNumerator).sum());
        all.setDenominator(
                periods.stream().mapToDouble(KpiValue::getDenominator).sum());
        all.setN(periods.stream().mapToLong(KpiValue::getN).sum());
        if (periods.stream().anyMatch(each -> each.getPromoters() != null)) {
            all.setPromoters(periods.stream()
                    .mapToLong(each -> count(each.getPromoters()))
                    .sum());
            all.setPassives(periods.stream()
                    .mapToLong(each -> count(each.getPassives()))
                    .sum());
            all.setDetractors(periods.stream()
                    .mapToLong(each -> count(each.getDetractors()))
                    .sum());
        }
        if (all.getDenominator() <= 0) {
            return Optional.empty();
        }
        all.setValue(PERCENT * all.getNumerator() / all.getDenominator());
        kpi.interval().bound(all);
        return Optional.of(all).filter(value -> value.getLow() != null && value.getHigh() != null);
    }

    private static long count(Long counted) {
        return counted == null ? 0 : counted;
    }
}
