package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.measure.PaidOrders.Change;

/**
 * Distinct buyers that any window can sum: of each customer and segment the newest PAID counts one buyer, the second newest one repeat buyer, and the newest PAID
 * of the second newest UTC day one buyer of several days.
 */
final class BuyerMeasures {

    private static final String BUYERS = Measures.BUYERS.id();
    private static final String REPEAT = Measures.REPEAT_BUYERS.id();
    private static final String REPEAT_DAYS = Measures.REPEAT_BUYERS_DAYS.id();
    private static final long NONE = Long.MIN_VALUE;

    private long newest;
    private long second;
    private long secondDay;

    /** @param change of a payment */
    void tell(Change change, PaidOrders before, PaidOrders after, FactSink facts) {
        if (change.before() != null) {
            segments(change.segmentsBefore(), null, before, after, facts);
        }
        if (change.after() != null) {
            segments(change.segmentsAfter(), change.before(), before, after, facts);
        }
    }

    private void segments(OrderSegments segments, PaidOrder told, PaidOrders before, PaidOrders after, FactSink facts) {
        for (int i = 0; i < segments.size(); i++) {
            var dimension = segments.dimensions[i];
            var value = segments.values[i];
            if (told == null || !told.in(dimension, value)) {
                find(before, dimension, value);
                long newestBefore = newest;
                long secondBefore = second;
                long secondDayBefore = secondDay;
                find(after, dimension, value);
                move(BUYERS, dimension, value, newestBefore, newest, facts);
                move(REPEAT, dimension, value, secondBefore, second, facts);
                move(REPEAT_DAYS, dimension, value, secondDayBefore, secondDay, facts);
            }
        }
    }

    private void find(PaidOrders orders, String dimension, String value) {
        newest = NONE;
        second = NONE;
        secondDay = NONE;
        for (int i = orders.size() - 1; i >= 0 && secondDay == NONE; i--) {
            var order = orders.get(i);
            if (order.in(dimension, value)) {
                if (newest == NONE) {
                    newest = order.paidAt;
                } else {
                    second = second == NONE ? order.paidAt : second;
                    secondDay = order.paidAt < PaidOrders.startOfDay(newest) ? order.paidAt : NONE;
                }
            }
        }
    }

    private static void move(String measure, String dimension, String value, long before, long after, FactSink facts) {
        if (before != after) {
            if (before != NONE) {
                facts.fact(measure, dimension, value, before, -1);
            }
            if (after != NONE) {
                facts.fact(measure, dimension, value, after, 1);
            }
        }
    }
}
