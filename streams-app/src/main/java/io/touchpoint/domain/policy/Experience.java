package io.touchpoint.domain.policy;

import java.time.Duration;

/**
 * What bad experience takes off p_alive while it lasts. Weights are from 0 (ignored) to 1.
 *
 * @param detractor the latest NPS answer is 6 or less
 * @param lowCsat a satisfaction answer in the bottom two of five
 * @param highEffort an effort answer of 3 or less of seven
 * @param reopenedTicket a ticket was opened again
 * @param staleTicket a ticket has been open for longer than {@code staleAfter}
 * @param returnedOrder an order was returned
 * @param lasts how long each weight applies; above zero and at most 365 days
 * @param staleAfter how long a ticket may be open before it counts as stale; above zero and at most 365 days
 */
public record Experience(
        double detractor,
        double lowCsat,
        double highEffort,
        double reopenedTicket,
        double staleTicket,
        double returnedOrder,
        Duration lasts,
        Duration staleAfter) {

    /** Where the policy does not say how long a weight applies. */
    public static final Duration DEFAULT_LASTS = Duration.ofDays(30);

    /** Where the policy does not say when a ticket is stale. */
    public static final Duration DEFAULT_STALE_AFTER = Duration.ofDays(7);

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public Experience {
        Bounds.share("detractor", detractor);
        Bounds.share("low-csat", lowCsat);
        Bounds.share("high-effort", highEffort);
        Bounds.share("reopened-ticket", reopenedTicket);
        Bounds.share("stale-ticket", staleTicket);
        Bounds.share("returned-order", returnedOrder);
        Bounds.upTo(Bounds.YEAR, "lasts", lasts);
        Bounds.upTo(Bounds.YEAR, "stale-after", staleAfter);
    }
}
