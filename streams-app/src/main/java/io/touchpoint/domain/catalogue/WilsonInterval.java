package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.records.KpiValue;

/**
 * The score interval of a share at 95 %, in percent: with p = hits/n, (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
 */
record WilsonInterval(Measure hits, Measure all) implements Interval {
    private static final double Z_95 = 1.959963984540054;

    @Override
    public String description() {
        return "Wilson, 95 %";
    }

    @Override
    public void fill(KpiValue value, Sums sums) {
        bound(value, sums.of(hits), sums.of(all));
    }

    @Override
    public void bound(KpiValue value) {
        bound(value, value.getNumerator(), value.getDenominator());
    }

    private static void bound(KpiValue value, double hit, double n) {
        if (n <= 0 || hit < 0 || hit > n) {
            return;
        }
        double p = hit / n;
        double z2 = Z_95 * Z_95;
        double centre = p + z2 / (2 * n);
        double margin = Z_95 * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        double scale = 100 / (1 + z2 / n);
        value.setLow(Math.max(0, scale * (centre - margin)));
        value.setHigh(Math.min(100, scale * (centre + margin)));
    }
}
