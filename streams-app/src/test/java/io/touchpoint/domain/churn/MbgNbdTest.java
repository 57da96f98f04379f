package io.touchpoint.domain.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MbgNbdTest {

    /** In percent: 1e-9. */
    private static final double PRECISE = 1e-7;

    private static final double R = 0.525;
    private static final double ALPHA = 6.183;
    private static final double A = 0.891;
    private static final double B = 1.614;

    private final MbgNbd model = new MbgNbd(R, ALPHA, A, B);

    @Test
    void shouldBeAliveByTheDropOutOddsRightAfterAFirstPurchase() {
        assertThat(model.pAlive(0, 0, 0)).isCloseTo(B / (A + B), within(1e-15));
        assertThat(new MbgNbd(0.5, 6.0, 0.9, 1.6).pAlive(0, 0, 0)).isCloseTo(0.64, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,0,12.5", "1,1.71,38.86", "2,30.43,38.86", "7,29.4,38.9", "40,300,301", "0,0,520"})
    void shouldFollowThePublishedProbabilityOfBeingAlive(int x, double tx, double T) {
        double published = 1 / (1 + A / (B + x) * Math.pow((ALPHA + T) / (ALPHA + tx), R + x));

        assertThat(model.pAlive(x, tx, T)).isCloseTo(published, withinPercentage(PRECISE));
    }

    @ParameterizedTest
    @CsvSource({"0,0,12.5", "1,1.71,38.86", "2,30.43,38.86", "7,29.4,38.9"})
    void shouldBeTheShareOfLivingCustomersWhenRatesAndDropOutsAreIntegratedOut(int x, double tx, double T) {
        double alive = likelihood(x, T, 0, 1);
        double left = likelihood(x, tx, 1, 0);

        assertThat(model.pAlive(x, tx, T)).isCloseTo(alive / (alive + left), withinPercentage(PRECISE));
    }

    /** x purchases by exposure, x times stayed, then left or stayed once more: over λ and p, from the story the model tells. */
    private static double likelihood(int x, double exposure, int left, int stayed) {
        double rates = Quadrature.positive(
                rate -> Quadrature.gammaDensity(R, ALPHA, rate) * Math.exp(x * Math.log(rate) - rate * exposure));
        double dropOuts = Quadrature.unit((p, rest) -> Math.pow(p, A - 1)
                * Math.pow(rest, B - 1)
                * Math.pow(rest, x)
                * Math.pow(p, left)
                * Math.pow(rest, stayed));
        return rates * dropOuts;
    }

    @Test
    void shouldFallWithSilenceAndNeverRise() {
        for (int x : new int[] {0, 1, 3, 30}) {
            double tx = x * 2.5;
            double before = 1;
            for (double T = tx; T < tx + 600; T += 0.25) {
                double now = model.pAlive(x, tx, T);
                assertThat(now).isLessThan(before).isPositive();
                before = now;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,0.6", "0,0,0.35", "2,30.43,0.45", "9,76.6,0.35", "100,520,0.6"})
    void shouldFollowThePublishedCrossing(int x, double tx, double p) {
        double published = (ALPHA + tx) * Math.pow((1 / p - 1) * (B + x) / A, 1 / (R + x)) - ALPHA;

        assertThat(model.crossing(x, tx, p)).isCloseTo(published, withinPercentage(PRECISE));
    }

    @Test
    void shouldCrossExactlyWhenTheProbabilityIsReached() {
        for (int x : new int[] {0, 1, 2, 5, 10, 50, 200}) {
            double tx = x * 1.7;
            for (double silence : new double[] {0.01, 0.5, 3, 20, 100}) {
                double T = tx + silence;
                double p = model.pAlive(x, tx, T);
                if (p > 1e-250) {
                    assertThat(model.crossing(x, tx, p)).isCloseTo(T, withinPercentage(PRECISE));
                }
            }
            for (double p : new double[] {1e-6, 0.05, 0.35, 0.45, 0.6}) {
                assertThat(model.pAlive(x, tx, model.crossing(x, tx, p))).isCloseTo(p, withinPercentage(PRECISE));
            }
        }
    }

    @Test
    void shouldNotLieAfterTheLastPurchaseWhenTheLevelWasCrossedAlready() {
        assertThat(model.pAlive(0, 0, 0)).isLessThan(0.7);
        assertThat(model.crossing(0, 0, 0.7)).isNegative();
        assertThat(model.crossing(3, 10, 0.95)).isLessThan(10);
    }

    @Test
    void shouldNeverReachNothingAndAlwaysHaveReachedCertainty() {
        assertThat(model.crossing(2, 5, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(model.crossing(2, 5, -0.1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(model.crossing(2, 5, 1)).isEqualTo(-ALPHA);
        assertThat(model.crossing(2, 5, 1.3)).isEqualTo(-ALPHA);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,13", "0,0,12.5,13", "1,1.71,38.86,39", "2,30.43,38.86,39", "7,29.4,38.9,0.1", "26,50,52,26"})
    void shouldExpectWhatThePublishedHypergeometricFormulaExpects(int x, double tx, double T, double horizon) {
        double z = horizon / (ALPHA + T + horizon);
        double alive =
                (A + B + x) / (A - 1) * (1 - Math.pow(1 - z, R + x) * hypergeometric(R + x, B + x + 1, A + B + x, z));

        assertThat(model.expectedOrders(x, tx, T, horizon))
                .isCloseTo(model.pAlive(x, tx, T) * alive, withinPercentage(PRECISE));
    }

    /** 2F1 by its defining series; good enough where z stays well below 1. */
    private static double hypergeometric(double a, double b, double c, double z) {
        double term = 1;
        double sum = 1;
        for (int n = 0; n < 20_000; n++) {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
        }
        return sum;
    }

    @Test
    void shouldExpectWhatIntegrationOverDropOutsExpects() {
        for (double a : new double[] {0.05, 0.891, 1, 1.0000001, 4, 300}) {
            for (int x : new int[] {0, 1, 6, 60}) {
                double b = 2.5;
                double T = x * 2 + 4;
                double shape = R + x;
                double logBeta =
                        Quadrature.logGamma(a) + Quadrature.logGamma(b + x + 1) - Quadrature.logGamma(a + b + x + 1);
                // A customer who stays with probability 1−p after each purchase buys (1−e^(−λpt))/p times in t weeks.
                double alive = Quadrature.unit(
                        (p, rest) -> Math.exp((a - 1) * Math.log(p) + (b + x) * Math.log(rest) - logBeta)
                                * -Math.expm1(-shape * Math.log1p(p * 13 / (ALPHA + T)))
                                / p);
                var other = new MbgNbd(R, ALPHA, a, b);

                assertThat(other.expectedOrders(x, T - 1, T, 13))
                        .describedAs("a=%s x=%s", a, x)
                        .isCloseTo(other.pAlive(x, T - 1, T) * alive, withinPercentage(PRECISE));
            }
        }
    }

    /** MBG/NBD with b − 1 is BG/NBD for everyone with a repeat purchase, and of that there are published numbers (Fader et al. 2005). */
    @Test
    void shouldGiveThePublishedNumbersOfTheBgNbdModel() {
        var bgNbd = new MbgNbd(0.243, 4.414, 0.793, 2.426 - 1);

        assertThat(bgNbd.pAlive(2, 30.43, 38.86)).isCloseTo(0.7266, within(0.00005));
        assertThat(bgNbd.expectedOrders(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(0.0005));
    }

    @Test
    void shouldExpectMoreOfALongerTimeAndNothingOfNone() {
        double before = 0;
        for (double horizon = 0.5; horizon < 520; horizon *= 1.5) {
            double expected = model.expectedOrders(4, 20, 22, horizon);
            assertThat(expected).isGreaterThan(before);
            before = expected;
        }
        assertThat(model.expectedOrders(4, 20, 22, 0)).isZero();
        double soon = 1e-9;
        assertThat(model.expectedOrders(4, 20, 22, soon))
                .isCloseTo(model.pAlive(4, 20, 22) * (R + 4) / (ALPHA + 22) * soon, withinPercentage(PRECISE));
    }

    @Test
    void shouldStayFiniteForLongAndDenseHistories() {
        for (var parameters : List.of(
                model,
                new MbgNbd(0.001, 0.001, 0.001, 0.001),
                new MbgNbd(1000, 2000, 1000, 1000),
                new MbgNbd(0.5, 6, 1, 1))) {
            for (int x : new int[] {0, 1, 100, 10_000}) {
                double tx = x == 0 ? 0 : x * 0.5;
                for (double T : new double[] {tx, tx + 1e-6, tx + 1, 5000, 5000 + tx}) {
                    if (T >= tx) {
                        assertThat(parameters.pAlive(x, tx, T)).isBetween(0.0, 1.0);
                        assertThat(parameters.expectedOrders(x, tx, T, 13))
                                .isNotNaN()
                                .isBetween(0.0, (1000 + x) * 13 / (0.001 + T));
                    }
                }
                for (double p : new double[] {1e-300, 0.35, 0.6, 1 - 1e-15}) {
                    assertThat(parameters.crossing(x, tx, p)).isNotNaN();
                }
            }
        }
    }
}
