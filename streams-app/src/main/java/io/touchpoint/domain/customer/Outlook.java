package io.touchpoint.domain.customer;

/**
 * Everything that follows from what is known of a customer, until the next deadline.
 *
 * @param boundary the newest deadline that has passed, 0 when there is none
 * @param next the next deadline, {@link Deadlines#NEVER} when there is none
 * @param bought the suppressions that purchases lead to
 * @param all the suppression of scope ALL, null when there is nothing to tell
 * @param purchases what the paid orders add up to
 * @param churn how likely the customer is gone
 */
record Outlook(
        long boundary, long next, PurchaseCourses bought, Standing all, Purchases purchases, ChurnStanding churn) {}
