package io.touchpoint.domain.measure;

import java.util.List;

/**
 * The paid orders of a customer that were let go: they stay counted.
 *
 * @param any whether there are any
 * @param firstPaid epoch milliseconds of the first payment
 * @param firstCountry of the first paid order
 * @param currencies in which was paid
 * @param floor epoch milliseconds up to which orders may have been let go, 0 when none was
 */
public record PastOrders(boolean any, long firstPaid, String firstCountry, List<String> currencies, long floor) {

    /** Nothing was let go. */
    public static final PastOrders NONE = new PastOrders(false, 0, "", List.of(), 0);

    boolean paidIn(String currency) {
        return any && currencies.contains(currency);
    }
}
