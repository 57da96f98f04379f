package io.touchpoint.domain.measure;

/** What may be expected of a customer at an instant, by what happened before it. */
public interface Expectation {

    /** For how many milliseconds after a purchase that is still held anything is expected. */
    long LASTS = 365 * PaidOrders.DAY;

    /**
     * What is expected.
     *
     * @param currency ISO 4217
     * @param minor minor units, 0 or more
     */
    record Expected(String currency, long minor) {}

    /** {@return what is expected at an instant, in epoch milliseconds; null for nothing} */
    Expected at(long instant);
}
