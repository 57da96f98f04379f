package io.touchpoint.domain.churn;

import io.touchpoint.domain.policy.ChurnParameters;

/**
 * The Gamma-Gamma model of what a customer spends (Fader and Hardie 2013, "The Gamma-Gamma model of monetary value"): the value of a
 * purchase day is Gamma(p, ν), with ν Gamma(q, v) over customers. Where a customer's own record is short, the average customer fills in.
 */
public final class GammaGamma {

    private final double p;
    private final double q;
    private final double v;

    /** The model with these parameters, of which it uses p, q and v. */
    public GammaGamma(ChurnParameters parameters) {
        this(parameters.p(), parameters.q(), parameters.v());
    }

    GammaGamma(double p, double q, double v) {
        this.p = p;
        this.q = q;
        this.v = v;
    }

    /**
     * The value of a purchase day to come: p (v + x·m) / (p·x + q − 1).
     *
     * @param x purchase days after the first, 0 or more
     * @param meanValue m, the mean value of those days in major units, 0 or more; not looked at when x is 0
     * @return major units of the model's currency
     */
    public double expectedValue(int x, double meanValue) {
        double spent = x == 0 ? 0 : x * meanValue;
        return p * (v + spent) / (p * x + q - 1);
    }
}
