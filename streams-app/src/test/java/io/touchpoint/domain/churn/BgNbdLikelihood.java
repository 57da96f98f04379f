package io.touchpoint.domain.churn;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** How likely BG/NBD parameters (r, α, a, b) make purchase histories (Fader, Hardie, Lee 2005): of this fit there are published numbers. */
final class BgNbdLikelihood implements ToDoubleFunction<double[]> {

    private final List<PurchaseHistory> customers;

    BgNbdLikelihood(List<PurchaseHistory> customers) {
        this.customers = customers;
    }

    @Override
    public double applyAsDouble(double[] parameters) {
        double r = parameters[0];
        double alpha = parameters[1];
        double a = parameters[2];
        double b = parameters[3];
        double sum = 0;
        for (var customer : customers) {
            int x = customer.x();
            double shared = Gamma.logGamma(r + x) - Gamma.logGamma(r) + r * Math.log(alpha) - Beta.logBeta(a, b);
            double alive = shared + Beta.logBeta(a, b + x) - (r + x) * Math.log(alpha + customer.T());
            double left = x == 0
                    ? Double.NEGATIVE_INFINITY
                    : shared + Beta.logBeta(a + 1, b + x - 1) - (r + x) * Math.log(alpha + customer.tx());
            double greater = Math.max(alive, left);
            sum += greater + Math.log(Math.exp(alive - greater) + Math.exp(left - greater));
        }
        return sum;
    }
}
