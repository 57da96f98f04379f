package io.touchpoint.domain.policy;

import java.time.Duration;

/**
 * Which clicks earn credit of an order, and how fast they fade.
 *
 * @param lookback how long before its PAID a click counts for an order; above zero and at most 365 days
 * @param halfLife after which the credit of a click is half as much, in the time-decay model; above zero and at most 365 days
 */
public record AttributionRules(Duration lookback, Duration halfLife) {

    /** 30 days, and 7 days as in Google Ads. */
    public static final AttributionRules DEFAULT = new AttributionRules(Duration.ofDays(30), Duration.ofDays(7));

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public AttributionRules {
        Bounds.upTo(Bounds.YEAR, "lookback", lookback);
        Bounds.upTo(Bounds.YEAR, "half-life", halfLife);
        if (lookback.toMillis() == 0) {
            throw new InvalidPolicyException("lookback", lookback, "a millisecond or more");
        }
        if (halfLife.toMillis() == 0) {
            throw new InvalidPolicyException("half-life", halfLife, "a millisecond or more");
        }
    }
}
