package io.touchpoint.domain.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GammaGammaTest {

    private static final double P = 6.25;
    private static final double Q = 3.74;
    private static final double V = 15.44;

    private final GammaGamma model = new GammaGamma(P, Q, V);

    @Test
    void shouldGiveThePublishedValues() {
        assertThat(model.expectedValue(2, 22.35)).isCloseTo(24.66, within(0.01));
        assertThat(model.expectedValue(0, 0)).isCloseTo(35.22, within(0.01));
    }

    @Test
    void shouldNotLookAtTheValueOfSomeoneWithoutRepeatPurchases() {
        assertThat(model.expectedValue(0, Double.NaN)).isEqualTo(model.expectedValue(0, 0));
    }

    @ParameterizedTest
    @CsvSource({"1,11.77", "2,22.35", "7,73.74", "40,9.99"})
    void shouldBeTheMeanOverAllCustomersWhoWouldSpendSo(int x, double mean) {
        double spenders = Quadrature.positive(scale -> spentSo(x, mean, scale));
        double spent = Quadrature.positive(scale -> P / scale * spentSo(x, mean, scale));

        assertThat(model.expectedValue(x, mean)).isCloseTo(spent / spenders, withinPercentage(1e-7));
    }

    /** Customers of this scale ν, times the likelihood that x purchases of theirs have this mean: it is Gamma(px, νx). */
    private static double spentSo(int x, double mean, double scale) {
        return Quadrature.gammaDensity(Q, V, scale) * Quadrature.gammaDensity(P * x, scale * x, mean);
    }

    @Test
    void shouldTrustLongRecordsMoreThanShortOnes() {
        assertThat(model.expectedValue(1, 100)).isLessThan(model.expectedValue(2, 100));
        assertThat(model.expectedValue(10_000, 100)).isCloseTo(100, within(0.05));
    }
}
