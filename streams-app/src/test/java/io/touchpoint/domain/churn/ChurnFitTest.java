package io.touchpoint.domain.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChurnFitTest {

    @Test
    void shouldFindThePublishedBgNbdFitOfTheCdnowCustomers() throws IOException {
        var search = new MaximumLikelihood(
                new BgNbdLikelihood(PublishedData.cdnow()),
                new double[] {0.001, 0.001, 0.001, 0.001},
                new double[] {1000, 1000, 1000, 1000});

        var fit = search.from(List.of(new double[] {1, 1, 1, 1}, new double[] {0.2, 10, 3, 1}));

        assertThat(fit.logLikelihood()).isCloseTo(-9582.4, within(0.05));
        assertThat(fit.parameters()[0]).isCloseTo(0.243, withinPercentage(1));
        assertThat(fit.parameters()[1]).isCloseTo(4.414, withinPercentage(1));
        assertThat(fit.parameters()[2]).isCloseTo(0.793, withinPercentage(1));
        assertThat(fit.parameters()[3]).isCloseTo(2.426, withinPercentage(1));
    }

    @Test
    void shouldFindThePublishedFitsOfTheCdnowCustomers() throws IOException {
        var fit = ChurnFit.of(PublishedData.cdnow());

        assertThat(fit.customers()).isEqualTo(2_357);
        assertThat(fit.valueCustomers()).isEqualTo(946);
        assertThat(fit.undetermined()).isEmpty();
        assertThat(fit.r()).isCloseTo(0.525, withinPercentage(1));
        assertThat(fit.alpha()).isCloseTo(6.183, withinPercentage(1));
        assertThat(fit.a()).isCloseTo(0.891, withinPercentage(1));
        assertThat(fit.b()).isCloseTo(1.614, withinPercentage(1));
        assertThat(fit.p()).isCloseTo(6.25, withinPercentage(1));
        assertThat(fit.q()).isCloseTo(3.74, withinPercentage(1));
        assertThat(fit.v()).isCloseTo(15.44, withinPercentage(1));
    }

    @Test
    void shouldExpectThePublishedValuesOfTheFirstTenCdnowCustomers() throws IOException {
        var customers = PublishedData.cdnow();
        var fit = ChurnFit.of(customers);
        var model = new GammaGamma(fit.parameters("cdnow", Duration.ofDays(90), "USD"));
        double[] published = {24.6586, 18.9115, 35.1710, 35.1710, 35.1710, 71.4628, 18.9115, 35.1710, 27.2824, 35.1710};

        for (int i = 0; i < published.length; i++) {
            var customer = customers.get(i);
            assertThat(model.expectedValue(customer.x(), customer.meanValue()))
                    .describedAs("ID %d", i + 1)
                    .isCloseTo(published[i], withinPercentage(0.05));
        }
    }

    @Test
    void shouldBeAsLikelyAsIntegrationOverAllCustomersSays() {
        double r = 0.7;
        double alpha = 5;
        double a = 0.9;
        double b = 1.8;
        for (var customer : List.of(
                new PurchaseHistory(0, 0, 20, 0),
                new PurchaseHistory(1, 3, 20, 0),
                new PurchaseHistory(6, 19, 30.5, 0))) {
            int x = customer.x();
            double beta = Quadrature.unit((p, rest) -> Math.pow(p, a - 1) * Math.pow(rest, b - 1));
            double integrated = Quadrature.unit((p, rest) -> Math.pow(p, a - 1)
                            * Math.pow(rest, b - 1 + x)
                            * Quadrature.positive(rate -> Quadrature.gammaDensity(r, alpha, rate)
                                    * (p * Math.exp(x * Math.log(rate) - rate * customer.tx())
                                            + rest * Math.exp(x * Math.log(rate) - rate * customer.T()))))
                    / beta;

            assertThat(new MbgNbdLikelihood(List.of(customer)).applyAsDouble(new double[] {r, alpha, a, b}))
                    .isCloseTo(Math.log(integrated), within(1e-9));
        }
    }

    @Test
    void shouldBeAsLikelyInValueAsIntegrationOverAllCustomersSays() {
        double p = 6.25;
        double q = 3.74;
        double v = 15.44;
        for (var customer : List.of(new PurchaseHistory(1, 2, 9, 11.77), new PurchaseHistory(5, 8, 9, 40.1))) {
            double integrated = Quadrature.positive(scale -> Quadrature.gammaDensity(q, v, scale)
                    * Quadrature.gammaDensity(p * customer.x(), scale * customer.x(), customer.meanValue()));

            assertThat(new GammaGammaLikelihood(List.of(customer)).applyAsDouble(new double[] {p, q - 1, v}))
                    .isCloseTo(Math.log(integrated), within(1e-9));
        }
    }

    @Test
    void shouldFindTheParametersThatMadeTheCustomers() {
        var fit = ChurnFit.of(SimulatedCustomers.of(5_000, 7));

        assertThat(fit.r()).isCloseTo(SimulatedCustomers.R, withinPercentage(10));
        assertThat(fit.alpha()).isCloseTo(SimulatedCustomers.ALPHA, withinPercentage(10));
        assertThat(fit.a() / (fit.a() + fit.b()))
                .isCloseTo(SimulatedCustomers.A / (SimulatedCustomers.A + SimulatedCustomers.B), withinPercentage(10));
        assertThat(fit.p() * fit.v() / (fit.q() - 1))
                .isCloseTo(
                        SimulatedCustomers.P * SimulatedCustomers.V / (SimulatedCustomers.Q - 1), withinPercentage(5));
    }

    @Test
    void shouldNotDependOnTheOrderOfCustomers() {
        var customers = new ArrayList<>(SimulatedCustomers.of(500, 3));
        var fit = ChurnFit.of(customers);
        Collections.shuffle(customers, new Random(1));

        var shuffled = ChurnFit.of(customers);

        assertThat(shuffled.purchaseLogLikelihood()).isCloseTo(fit.purchaseLogLikelihood(), within(1e-6));
        assertThat(shuffled.valueLogLikelihood()).isCloseTo(fit.valueLogLikelihood(), within(1e-6));
    }

    @Test
    void shouldSayWhatTheCustomersDoNotDetermine() {
        // Everyone alike, and nobody leaves: any b beyond a bound would fit better still.
        var alike = Collections.nCopies(100, new PurchaseHistory(50, 50, 51, 20.0));

        assertThat(ChurnFit.of(alike).undetermined()).isNotEmpty();
    }

    @Test
    void shouldRefuseToFitToAHandfulOfCustomers() {
        var few = Collections.nCopies(29, new PurchaseHistory(2, 4, 9, 20.0));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChurnFit.of(few))
                .withMessageContaining("29 customers")
                .withMessageContaining("at least 30");
    }
}
