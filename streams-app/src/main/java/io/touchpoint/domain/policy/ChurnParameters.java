package io.touchpoint.domain.policy;

import java.time.Duration;

/**
 * The fitted churn and value model: MBG/NBD for when customers buy and leave, Gamma-Gamma for what a day's orders are worth. Time is in
 * weeks. r, alpha, a, b and p are from 0.001 to 100,000.
 *
 * @param version named in every churn signal
 * @param r shape of the purchase rate over customers
 * @param alpha scale of the purchase rate over customers, in weeks
 * @param a first parameter of the drop-out probability after a purchase
 * @param b second parameter of the drop-out probability after a purchase
 * @param p shape of the value of one day's orders
 * @param q shape of the value's scale over customers, above 1 (below, the mean over customers does not exist)
 * @param v scale of the value's scale over customers, in major units of the currency, above 0
 * @param horizon how far ahead orders and value are expected; above zero and at most 3650 days
 * @param currencyOrNull ISO 4217 code of {@code v}; null: the model states no currency
 */
public record ChurnParameters(
        String version,
        double r,
        double alpha,
        double a,
        double b,
        double p,
        double q,
        double v,
        Duration horizon,
        String currencyOrNull) {

    /** The least that r, alpha, a, b and p may be. */
    public static final double LEAST = 0.001;

    /** The greatest that r, alpha, a, b and p may be. */
    public static final double GREATEST = 100_000;

    private static final Duration LONGEST_HORIZON = Duration.ofDays(3650);

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public ChurnParameters {
        Bounds.named("version", version);
        Bounds.modelParameter("r", r);
        Bounds.modelParameter("alpha", alpha);
        Bounds.modelParameter("a", a);
        Bounds.modelParameter("b", b);
        Bounds.modelParameter("p", p);
        Bounds.greaterThan(1, "q", q);
        Bounds.greaterThan(0, "v", v);
        Bounds.upTo(LONGEST_HORIZON, "horizon", horizon);
        if (currencyOrNull != null) {
            Bounds.currency("currency", currencyOrNull);
        }
    }
}
