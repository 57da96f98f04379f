package io.touchpoint.domain.churn;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/**
 * How likely MBG/NBD parameters (r, α, a, b) make purchase histories (Batislam et al. 2007). Of one customer:
 * Γ(r+x)/Γ(r) · α^r · (B(a, b+x+1)/B(a, b) · (α+T)^−(r+x) + B(a+1, b+x)/B(a, b) · (α+tx)^−(r+x)).
 */
final class MbgNbdLikelihood implements ToDoubleFunction<double[]> {

    /** Grouped by x: the gamma functions, the costly part, depend on nothing else of a customer. */
    private final Map<Integer, List<PurchaseHistory>> byPurchases;

    MbgNbdLikelihood(List<PurchaseHistory> customers) {
        byPurchases = customers.stream()
                .collect(Collectors.groupingBy(PurchaseHistory::x, TreeMap::new, Collectors.toList()));
    }

    @Override
    public double applyAsDouble(double[] parameters) {
        double r = parameters[0];
        double alpha = parameters[1];
        double a = parameters[2];
        double b = parameters[3];
        double everyone = r * Math.log(alpha) - Gamma.logGamma(r) - Beta.logBeta(a, b);
        double sum = 0;
        for (var group : byPurchases.entrySet()) {
            int x = group.getKey();
            double shape = r + x;
            double shared = everyone + Gamma.logGamma(shape) + Beta.logBeta(a, b + x + 1);
            double logDropOut = Math.log(a / (b + x));
            for (PurchaseHistory customer : group.getValue()) {
                double logAlive = Math.log(alpha + customer.T());
                double logOddsAgainst = logDropOut + shape * (logAlive - Math.log(alpha + customer.tx()));
                sum += shared - shape * logAlive + logOnePlusExp(logOddsAgainst);
            }
        }
        return sum;
    }

    private static double logOnePlusExp(double y) {
        return y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
    }
}
