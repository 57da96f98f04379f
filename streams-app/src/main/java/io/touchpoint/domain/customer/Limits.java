package io.touchpoint.domain.customer;

import java.time.Duration;

/**
 * How much is kept of one customer.
 *
 * @param orderHorizon within it any order of arrival gives the same state
 * @param historyHorizon how long details are kept and corrected
 * @param tombstoneAfter how long a lifted suppression stays readable
 * @param clicks how many ad clicks are kept
 * @param tickets how many tickets are kept
 * @param orders how many orders, and how many returns and cancellations, are kept
 */
public record Limits(
        Duration orderHorizon, Duration historyHorizon, Duration tombstoneAfter, int clicks, int tickets, int orders) {

    /** The limits of the design: 7 and 400 days, tombstones after 30, a thousand clicks and orders, 200 tickets. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofDays(7), Duration.ofDays(400), Duration.ofDays(30), 1_000, 200, 1_000);

    /** {@return milliseconds after which a detail may be let go: both horizons, so that arrival order cannot matter} */
    long kept() {
        return historyHorizon.plus(orderHorizon).toMillis();
    }
}
