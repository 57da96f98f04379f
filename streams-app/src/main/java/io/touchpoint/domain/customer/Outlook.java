package io.touchpoint.domain.customer;

import java.util.List;

/**
 * Everything that follows from what is known of a customer, until the next deadline.
 *
 * @param boundary the newest deadline that has passed, 0 when there is none
 * @param next the next deadline, {@link Deadlines#NEVER} when there is none
 * @param standings the suppressions of which consumers are to know
 * @param purchases what the paid orders add up to
 * @param churn how likely the customer is gone
 */
record Outlook(long boundary, long next, List<Standing> standings, Purchases purchases, ChurnStanding churn) {}
