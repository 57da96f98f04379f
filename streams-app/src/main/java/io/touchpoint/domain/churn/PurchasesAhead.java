package io.touchpoint.domain.churn;

/** What a customer who is alive now is expected to buy, under a geometric drop-out after each purchase. */
final class PurchasesAhead {

    /** Relative size at which what is left of a sum no longer changes a double. */
    private static final double NEGLIGIBLE = 1e-17;

    /** Below this exponent, e^x is no longer a full-precision double. */
    private static final double SMALLEST_EXPONENT = -700;

    private static final double RESCALE = 1e200;

    private PurchasesAhead() {}

    /**
     * Expected purchases in the next {@code weeks} when the rate is Gamma(shape, rate) and the drop-out probability after each purchase
     * Beta(a, b).
     *
     * <p>Batislam et al. (2007) give this as (a+b−1)/(a−1) · (1 − (ρ/(ρ+t))^s · 2F1(s, b; a+b−1; t/(ρ+t))), which is 0/0 at a = 1, negative
     * times negative below it, and loses every digit for long histories. Expanding 2F1 and collecting equal powers gives the same number
     * as a sum of positive terms: without drop-out the customer would make N purchases, N negative binomial with size s and success
     * probability t/(ρ+t); the k-th of them happens if the customer stayed after the k−1 before it, which has probability
     * E[(1−p)^(k−1)] = (b)_{k−1}/(a+b)_{k−1}. Hence Σ_n P(N = n) · Σ_{k≤n} (b)_{k−1}/(a+b)_{k−1}.
     *
     * @param shape s, above 0
     * @param rate ρ in weeks, above 0
     */
    static double expected(double shape, double rate, double a, double b, double weeks) {
        if (!(weeks > 0)) {
            return 0;
        }
        double success = weeks / (rate + weeks);
        // P(N = 0) underflows for long histories: start from a representable number and put the rest back at the end.
        double logFirst = -shape * Math.log1p(weeks / rate);
        double logScale = Math.min(0, logFirst - SMALLEST_EXPONENT);
        double probability = Math.exp(logFirst - logScale);
        double stayed = 1;
        double made = 0;
        double sum = 0;
        for (double n = 1; ; n++) {
            double ratio = success * (shape + n - 1) / n;
            probability *= ratio;
            made += stayed;
            stayed *= (b + n - 1) / (a + b + n - 1);
            sum += probability * made;
            // Past the mode the terms fall faster than a geometric series of this ratio.
            double falling = Math.max(ratio, success) * (1 + 1 / n);
            if (falling < 1 && probability * made < NEGLIGIBLE * sum * (1 - falling)) {
                return sum * Math.exp(logScale);
            }
            if (sum > RESCALE) {
                probability /= RESCALE;
                sum /= RESCALE;
                logScale += Math.log(RESCALE);
            }
        }
    }
}
