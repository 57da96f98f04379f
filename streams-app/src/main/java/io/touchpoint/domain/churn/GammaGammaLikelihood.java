package io.touchpoint.domain.churn;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.hipparchus.special.Gamma;

/**
 * How likely Gamma-Gamma parameters (p, q − 1, v) make the mean values m of customers with repeat purchases (Fader and Hardie 2013). Of one
 * customer: Γ(px+q)/(Γ(px)Γ(q)) · v^q · m^(px−1) · x^(px) / (v + x·m)^(px+q).
 */
final class GammaGammaLikelihood implements ToDoubleFunction<double[]> {

    private final Map<Integer, List<PurchaseHistory>> byPurchases;

    /** @param customers with x and mean value above 0 */
    GammaGammaLikelihood(List<PurchaseHistory> customers) {
        byPurchases = customers.stream()
                .collect(Collectors.groupingBy(PurchaseHistory::x, TreeMap::new, Collectors.toList()));
    }

    @Override
    public double applyAsDouble(double[] parameters) {
        double p = parameters[0];
        double q = 1 + parameters[1];
        double v = parameters[2];
        double everyone = q * Math.log(v) - Gamma.logGamma(q);
        double sum = 0;
        for (var group : byPurchases.entrySet()) {
            int x = group.getKey();
            double px = p * x;
            double shared = everyone + Gamma.logGamma(px + q) - Gamma.logGamma(px) + px * Math.log(x);
            for (PurchaseHistory customer : group.getValue()) {
                double mean = customer.meanValue();
                sum += shared + (px - 1) * Math.log(mean) - (px + q) * Math.log(v + x * mean);
            }
        }
        return sum;
    }
}
