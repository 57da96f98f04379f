package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.records.KpiValue;

/**
 * The adjusted Wald interval of a net promoter score at 95 %, with three observations added, three quarters of one to
 * the promoters and to the detractors each: with P = (promoters + ¾)/(n + 3), D = (detractors + ¾)/(n + 3), the centre is P − D and
 * its standard error √((P + D − (P − D)²)/(n + 3)). The bounds are clipped to ±100. Source: B. Rocks, Interval Estimation for
 * the Net Promoter Score, The American Statistician 70 (2016).
 */
record NpsInterval(Measure promoters, Measure passives, Measure detractors) implements Interval {
    private static final double Z_95 = 1.959963984540054;
    private static final double ADDED = 3;
    private static final double ADDED_TO_EACH_END = 0.75;

    @Override
    public String description() {
        return "adjusted Wald (n + 3, P + ¾, D + ¾), 95 %, clipped to ±100";
    }

    @Override
    public void fill(KpiValue value, Sums sums) {
        long high = sums.of(promoters);
        long middle = sums.of(passives);
        long low = sums.of(detractors);
        value.setPromoters(high);
        value.setPassives(middle);
        value.setDetractors(low);
        bound(value);
    }

    @Override
    public void bound(KpiValue value) {
        long all = value.getPromoters() + value.getPassives() + value.getDetractors();
        if (all > 0) {
            bound(value, value.getPromoters(), value.getDetractors(), all + ADDED);
        }
    }

    private static void bound(KpiValue value, long promoters, long detractors, double n) {
        double p = (promoters + ADDED_TO_EACH_END) / n;
        double d = (detractors + ADDED_TO_EACH_END) / n;
        double centre = p - d;
        double margin = Z_95 * Math.sqrt((p + d - centre * centre) / n);
        value.setLow(Math.max(-100, 100 * (centre - margin)));
        value.setHigh(Math.min(100, 100 * (centre + margin)));
    }
}
