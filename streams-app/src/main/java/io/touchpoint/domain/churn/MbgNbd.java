package io.touchpoint.domain.churn;

import io.touchpoint.domain.policy.ChurnParameters;

/**
 * The modified beta-geometric/NBD model of repeat buying (Batislam, Denizel, Filiztekin 2007; as CBG/NBD, Hoppe and Wagner 2007).
 *
 * <p>While a customer is alive they buy at a rate λ of their own, Gamma(r, α) over customers. After every purchase, the first included,
 * they leave for good with a probability of their own, Beta(a, b) over customers. Time is in weeks; purchases are days with a purchase.
 *
 * <p>Throughout, {@code x} is the number of purchase days after the first (0 to Integer.MAX_VALUE), {@code tx} the weeks from the first to
 * the last of them, and {@code T} the weeks from the first to now, at least {@code tx}.
 */
public final class MbgNbd {

    private final double r;
    private final double alpha;
    private final double a;
    private final double b;

    /** The model with these parameters, of which it uses r, alpha, a and b. */
    public MbgNbd(ChurnParameters parameters) {
        this(parameters.r(), parameters.alpha(), parameters.a(), parameters.b());
    }

    MbgNbd(double r, double alpha, double a, double b) {
        this.r = r;
        this.alpha = alpha;
        this.a = a;
        this.b = b;
    }

    /**
     * The probability that the customer will still buy: 1 / (1 + a/(b+x) · ((α+T)/(α+tx))^(r+x)). It only falls while nothing is bought,
     * from (b+x)/(a+b+x) at the last purchase to 0.
     */
    public double pAlive(int x, double tx, double T) {
        double logOddsAgainst = Math.log(a / (b + x)) + (r + x) * Math.log1p((T - tx) / (alpha + tx));
        return 1 / (1 + Math.exp(logOddsAgainst));
    }

    /**
     * When {@link #pAlive} falls to {@code p}, if nothing more is bought: (α+tx) · ((1/p − 1)(b+x)/a)^(1/(r+x)) − α, its exact inverse.
     *
     * @param p the probability; 0 or less is never reached, 1 or more always has been
     * @return weeks after the first purchase; {@code tx} or less when the last purchase already left the customer at or below {@code p},
     *     also negative; positive infinity when that never happens
     */
    public double crossing(int x, double tx, double p) {
        if (p <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (p >= 1) {
            return -alpha;
        }
        double logOddsAgainst = Math.log1p(-p) - Math.log(p);
        double growth = (logOddsAgainst - Math.log(a / (b + x))) / (r + x);
        // (α+tx)·e^growth − α, written so that nothing is lost where the growth is slight.
        return tx + (alpha + tx) * Math.expm1(growth);
    }

    /**
     * Purchase days expected in the next weeks, given the history: p_alive times what a customer who is alive is expected to do.
     *
     * @param horizonWeeks how far ahead, 0 or more
     */
    public double expectedOrders(int x, double tx, double T, double horizonWeeks) {
        return pAlive(x, tx, T) * PurchasesAhead.expected(r + x, alpha + T, a, b + x + 1, horizonWeeks);
    }
}
