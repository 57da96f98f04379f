package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.measure.PaidOrders.Change;
import java.util.ArrayList;

/** Orders, what they are worth and what was taken back of it, each at its PAID; in a category by the lines of that category. */
final class OrderMeasures {

    private static final String ORDERS = Measures.ORDERS.id();

    private final MoneyNames.Book names;

    OrderMeasures(MoneyNames.Book names) {
        this.names = names;
    }

    void tell(Change change, FactSink facts) {
        if (change.ofPayment()) {
            if (change.before() != null) {
                payment(change.before(), change.segmentsBefore(), -1, facts);
                taken(change.before(), change.segmentsBefore(), -1, facts);
            }
            if (change.after() != null) {
                payment(change.after(), change.segmentsAfter(), 1, facts);
                taken(change.after(), change.segmentsAfter(), 1, facts);
            }
            return;
        }
        var currencies = new ArrayList<>(change.after().currencies());
        for (var currency : change.before().currencies()) {
            if (!currencies.contains(currency)) {
                currencies.add(currency);
            }
        }
        for (var currency : currencies) {
            takenMore(change, currency, facts);
        }
    }

    private void payment(PaidOrder order, OrderSegments segments, int sign, FactSink facts) {
        var money = names.in(order.currency);
        var allBucket = money.orderValue.of(order.gross);
        for (int i = 0; i < segments.size(); i++) {
            var dimension = segments.dimensions[i];
            var value = segments.values[i];
            long gross = segments.gross[i];
            facts.fact(ORDERS, dimension, value, order.paidAt, sign);
            if (gross != 0) {
                facts.fact(money.revenue, dimension, value, order.paidAt, sign * gross);
            }
            var bucket = gross == order.gross ? allBucket : money.orderValue.of(gross);
            facts.fact(bucket, dimension, value, order.paidAt, sign);
        }
    }

    private void taken(PaidOrder order, OrderSegments segments, int sign, FactSink facts) {
        for (var currency : order.currencies()) {
            for (int i = 0; i < segments.size(); i++) {
                long taken = order.taken(currency, segments.dimensions[i], segments.values[i]);
                taken(order, segments, i, currency, sign * taken, facts);
            }
        }
    }

    private void takenMore(Change change, String currency, FactSink facts) {
        var segments = change.segmentsAfter();
        for (int i = 0; i < segments.size(); i++) {
            long now = change.after().taken(currency, segments.dimensions[i], segments.values[i]);
            long was = change.before().taken(currency, segments.dimensions[i], segments.values[i]);
            taken(change.after(), segments, i, currency, now - was, facts);
        }
    }

    private void taken(PaidOrder order, OrderSegments segments, int at, String currency, long amount, FactSink facts) {
        if (amount != 0) {
            facts.fact(names.in(currency).taken, segments.dimensions[at], segments.values[at], order.paidAt, amount);
        }
    }
}
