package io.touchpoint.domain.churn;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Integrals to near machine precision, by the double-exponential rule: the independent half of the formula tests. */
final class Quadrature {

    private static final double STEP = 1.0 / 64;
    private static final double REACH = 6;

    private Quadrature() {}

    /** ∫ from 0 to 1 of f(p, 1−p) dp; both arguments are exact near both ends, where f may be singular. */
    static double unit(DoubleBinaryOperator f) {
        double sum = 0;
        for (double t = -REACH; t <= REACH; t += STEP) {
            double u = Math.PI * Math.sinh(t);
            double p = 1 / (1 + Math.exp(-u));
            double rest = 1 / (1 + Math.exp(u));
            double weight = p * rest * Math.PI * Math.cosh(t);
            sum += weight > 0 ? weight * f.applyAsDouble(p, rest) : 0;
        }
        return sum * STEP;
    }

    /** ∫ from 0 to infinity of f(y) dy, for an f that falls exponentially. */
    static double positive(DoubleUnaryOperator f) {
        double sum = 0;
        for (double t = -REACH; t <= REACH; t += STEP) {
            double y = Math.exp(Math.PI / 2 * Math.sinh(t));
            double weight = y * Math.PI / 2 * Math.cosh(t);
            double value = weight > 0 && Double.isFinite(weight) ? f.applyAsDouble(y) : 0;
            sum += value == 0 ? 0 : weight * value;
        }
        return sum * STEP;
    }

    /** Γ(shape, rate) density at y. */
    static double gammaDensity(double shape, double rate, double y) {
        return Math.exp(shape * Math.log(rate) + (shape - 1) * Math.log(y) - rate * y - logGamma(shape));
    }

    /** Stirling's series after a shift: not the implementation's way to the gamma function. */
    static double logGamma(double z) {
        double shift = 0;
        double y = z;
        while (y < 30) {
            shift -= Math.log(y);
            y++;
        }
        double w = 1 / (y * y);
        double series = (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w / 1680))) / y;
        return shift + (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series;
    }
}
