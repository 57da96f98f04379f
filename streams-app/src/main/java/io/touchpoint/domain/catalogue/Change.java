package io.touchpoint.domain.catalogue;

import io.touchpoint.records.KpiValue;
import java.util.Collection;
import java.util.Optional;

/**
 * How a score or share moved from one window to the next, and whether that is more than chance. The interval of the difference is made of those of
 * the two, each of which may be lopsided: with values a, b and their bounds, a − b − √((a − a.low)² + (b.high − b)²) to
 * a − b + √((a.high − a)² + (b − b.low)²). Source: R. G. Newcombe, Interval Estimation for the Difference Between Independent Proportions,
 * Statistics in Medicine 17 (1998), method 10; for other scores Zou and Donner (2008), MOVER.
 *
 * @param difference in the unit of the KPI
 * @param low lower bound of the difference at 95 %
 * @param high upper bound
 */
public record Change(double difference, double low, double high) {

    private static final double PERCENT = 100;

    /** What can be said of a change. */
    public enum Verdict {
        /** The difference is above 0, beyond chance. */
        UP,
        /** The difference is below 0, beyond chance. */
        DOWN,
        /** The difference may be chance. */
        NOISE
    }

    /** {@return the change between two values, empty while one of them has no interval} */
    public static Optional<Change> between(KpiValue before, KpiValue now) {
        if (!bounded(before) || !bounded(now)) {
            return Optional.empty();
        }
        double difference = now.getValue() - before.getValue();
        double down = Math.hypot(below(now), above(before));
        double up = Math.hypot(above(now), below(before));
        return Optional.of(new Change(difference, difference - down, difference + up));
    }

    private static boolean bounded(KpiValue value) {
        return value.getValue() != null && value.getLow() != null && value.getHigh() != null;
    }

    /** An adjusted interval is not centred on the value: at the edge of a scale it may even lie beside it. */
    private static double below(KpiValue value) {
        return Math.max(0, value.getValue() - value.getLow());
    }

    private static double above(KpiValue value) {
        return Math.max(0, value.getHigh() - value.getValue());
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
        all.setPromoters(
                periods.stream().mapToLong(each -> count(each.getPromoters())).sum());
        all.setPassives(
                periods.stream().mapToLong(each -> count(each.getPassives())).sum());
        all.setDetractors(
                periods.stream().mapToLong(each -> count(each.getDetractors())).sum());
        if (all.getDenominator() <= 0) {
            return Optional.empty();
        }
        all.setValue(PERCENT * all.getNumerator() / all.getDenominator());
        kpi.interval().bound(all);
        return Optional.of(all).filter(Change::bounded);
    }

    private static long count(Long counted) {
        return counted == null ? 0 : counted;
    }
}
