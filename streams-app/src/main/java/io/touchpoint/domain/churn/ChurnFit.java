package io.touchpoint.domain.churn;

import io.touchpoint.domain.policy.ChurnParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Churn and value parameters fitted to customers by maximum likelihood: MBG/NBD to all of them, Gamma-Gamma to those with repeat purchases
 * of a known value.
 *
 * @param r see {@link ChurnParameters}
 * @param alpha see {@link ChurnParameters}, weeks
 * @param a see {@link ChurnParameters}
 * @param b see {@link ChurnParameters}
 * @param p see {@link ChurnParameters}
 * @param q see {@link ChurnParameters}
 * @param v see {@link ChurnParameters}, major units
 * @param purchaseLogLikelihood of the customers' purchase histories under MBG/NBD, times in weeks
 * @param valueLogLikelihood of the mean values under Gamma-Gamma, in major units
 * @param customers how many MBG/NBD was fitted to
 * @param valueCustomers how many Gamma-Gamma was fitted to
 * @param undetermined the parameters that ran into the bounds of what a policy accepts: the data hardly determine them
 */
public record ChurnFit(
        double r,
        double alpha,
        double a,
        double b,
        double p,
        double q,
        double v,
        double purchaseLogLikelihood,
        double valueLogLikelihood,
        int customers,
        int valueCustomers,
        List<String> undetermined) {

    /** With fewer customers who came back there is nothing to estimate seven parameters from. */
    public static final int FEWEST_CUSTOMERS = 30;

    private static final List<String> PURCHASE_NAMES = List.of("r", "alpha", "a", "b");
    private static final List<String> VALUE_NAMES = List.of("p", "q", "v");

    /**
     * Fits both models.
     *
     * @throws IllegalArgumentException when fewer than {@value #FEWEST_CUSTOMERS} customers have repeat purchases of a known value
     */
    public static ChurnFit of(List<PurchaseHistory> customers) {
        var spenders = customers.stream()
                .filter(customer -> customer.x() > 0 && customer.meanValue() > 0)
                .toList();
        if (spenders.size() < FEWEST_CUSTOMERS) {
            throw new IllegalArgumentException(spenders.size()
                    + " customers bought on more than one day, in one currency, for more than nothing (expected: at least "
                    + FEWEST_CUSTOMERS + ")");
        }
        var purchases = purchases(customers);
        var values = values(spenders);
        var undetermined = new ArrayList<String>();
        purchases.atBound().forEach(i -> undetermined.add(PURCHASE_NAMES.get(i)));
        values.atBound().forEach(i -> undetermined.add(VALUE_NAMES.get(i)));
        double[] rate = purchases.parameters();
        double[] value = values.parameters();
        return new ChurnFit(
                rate[0],
                rate[1],
                rate[2],
                rate[3],
                value[0],
                1 + value[1],
                value[2],
                purchases.logLikelihood(),
                values.logLikelihood(),
                customers.size(),
                spenders.size(),
                List.copyOf(undetermined));
    }

    /** The parameters as a policy holds them. */
    public ChurnParameters parameters(String version, Duration horizon, String currencyOrNull) {
        return new ChurnParameters(version, r, alpha, a, b, p, q, v, horizon, currencyOrNull);
    }

    private static MaximumLikelihood.Estimate purchases(List<PurchaseHistory> customers) {
        double weeks = customers.stream().mapToDouble(PurchaseHistory::tx).sum();
        double gap = weeks / customers.stream().mapToInt(PurchaseHistory::x).sum();
        var search = new MaximumLikelihood(
                new MbgNbdLikelihood(customers), all(4, ChurnParameters.LEAST), all(4, ChurnParameters.GREATEST));
        // From customers much alike to very different ones, and from staying long to leaving soon.
        return search.from(List.of(
                new double[] {0.5, 0.5 * gap, 1, 2},
                new double[] {1, gap, 0.5, 5},
                new double[] {3, 3 * gap, 2, 1},
                new double[] {0.2, gap, 0.3, 0.5}));
    }

    private static MaximumLikelihood.Estimate values(List<PurchaseHistory> spenders) {
        double mean = spenders.stream()
                .mapToDouble(PurchaseHistory::meanValue)
                .average()
                .orElseThrow();
        // v counts money, so its bounds are multiples of what these customers spend.
        var search = new MaximumLikelihood(
                new GammaGammaLikelihood(spenders),
                new double[] {ChurnParameters.LEAST, 0.001, mean * 0.0001},
                new double[] {ChurnParameters.GREATEST, 10_000, mean * 100_000});
        return search.from(
                List.of(new double[] {1, 1, mean}, new double[] {5, 3, mean / 2}, new double[] {2, 0.5, mean / 4}));
    }

    private static double[] all(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
