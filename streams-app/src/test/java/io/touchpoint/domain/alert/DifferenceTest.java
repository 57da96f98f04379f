package io.touchpoint.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.records.KpiValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    /** R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
    @ParameterizedTest
    @CsvSource({"56, 70, 48, 80, 5.24, 33.39", "9, 10, 3, 10, 17.05, 80.90", "6, 7, 2, 7, 5.82, 80.62"})
    void shouldHaveThePublishedIntervalOfTwoShares(
            int hits, int n, int hitsBefore, int before, double low, double high) {
        var difference = Difference.between(share(hits, n), share(hitsBefore, before), 0.95);

        assertThat(difference.low()).isCloseTo(low, within(0.006));
        assertThat(difference.high()).isCloseTo(high, within(0.006));
    }

    /** By the multinomial variance P(1 − P) + D(1 − D) + 2PD, and by thousandths. */
    @Test
    void shouldHaveTheIntervalOfTwoScoresByTheMultinomialVariance() {
        var difference = Difference.between(score(50, 30, 20), score(120, 50, 30), 0.95);

        double p1 = 50.75 / 103;
        double d1 = 20.75 / 103;
        double p2 = 120.75 / 203;
        double d2 = 30.75 / 203;
        double v1 = (p1 * (1 - p1) + d1 * (1 - d1) + 2 * p1 * d1) / 103;
        double v2 = (p2 * (1 - p2) + d2 * (1 - d2) + 2 * p2 * d2) / 203;
        double centre = 100 * (p1 - d1 - p2 + d2);
        double margin = 100 * 1.959964 * Math.sqrt(v1 + v2);
        assertThat(difference.value()).isCloseTo(-15, within(1e-9));
        assertThat(difference.low()).isCloseTo(centre - margin, within(1e-4));
        assertThat(difference.high()).isCloseTo(centre + margin, within(1e-4));
    }

    @Test
    void shouldBeWiderTheSurerItIs() {
        var narrow = Difference.between(share(40, 100), share(60, 100), 0.8);
        var wide = Difference.between(share(40, 100), share(60, 100), 0.999);

        assertThat(narrow.low()).isGreaterThan(wide.low());
        assertThat(narrow.high()).isLessThan(wide.high());
        assertThat(narrow.isDown()).isTrue();
        assertThat(wide.isDown()).isFalse();
    }

    static KpiValue share(long hits, long n) {
        var value = new KpiValue();
        value.setKpi("csat");
        value.setNumerator(hits);
        value.setDenominator(n);
        value.setN(n);
        value.setValue(n == 0 ? null : 100.0 * hits / n);
        return value;
    }

    static KpiValue score(long promoters, long passives, long detractors) {
        var value = share(promoters - detractors, promoters + passives + detractors);
        value.setKpi("nps");
        value.setPromoters(promoters);
        value.setPassives(passives);
        value.setDetractors(detractors);
        return value;
    }
}
