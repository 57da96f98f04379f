package io.touchpoint.domain.measure;

import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.KeptOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The paid orders of one customer by (time of payment, order), as the measures see them. */
public final class PaidOrders {

    static final long DAY = 86_400_000L;

    /** What became of one order: either side is null where it is not. */
    static final class Change {
        private final PaidOrder before;
        private final PaidOrder after;
        private final boolean ofPayment;
        private OrderSegments segmentsBefore;
        private OrderSegments segmentsAfter;

        private Change(PaidOrder before, PaidOrder after) {
            this.before = before;
            this.after = after;
            this.ofPayment = before == null || after == null || !before.samePayment(after);
        }

        PaidOrder before() {
            return before;
        }

        PaidOrder after() {
            return after;
        }

        /** {@return whether more changed than what was taken of it} */
        boolean ofPayment() {
            return ofPayment;
        }

        OrderSegments segmentsBefore() {
            if (segmentsBefore == null) {
                segmentsBefore = new OrderSegments(before);
            }
            return segmentsBefore;
        }

        OrderSegments segmentsAfter() {
            if (segmentsAfter == null) {
                segmentsAfter = new OrderSegments(after);
            }
            return segmentsAfter;
        }
    }

    private final PaidOrder[] orders;

    private PaidOrders(PaidOrder[] orders) {
        this.orders = orders;
    }

    /** Builds the orders of a customer from the lines of a ledger, which must come in order. */
    public static final class Builder {
        private final List<PaidOrder> orders;
        private final PaidOrders known;
        private final Map<String, List<Long>> tiers;
        private final Function<KeptOrder, CreditRules> rules;
        private KeptOrder current;
        private boolean reused;

        /**
         * @param known what was built before, of which orders that did not change are taken over; null when nothing was
         * @param tiers bounds of the value tiers by currency
         * @param rules by which an order is shared out among clicks
         */
        Builder(PaidOrders known, Map<String, List<Long>> tiers, Function<KeptOrder, CreditRules> rules) {
            this.known = known;
            this.tiers = tiers;
            this.rules = rules;
            this.orders = new ArrayList<>(known == null ? 4 : known.orders.length + 1);
        }

        /**
         * Adds a line of an order.
         *
         * @param left how much of it is held
         * @param touched whether anything was taken of it
         */
        public void line(KeptOrder order, String eventId, long paidAt, HeldLine line, int left, boolean touched) {
            if (order != current) {
                var same = sameAt(orders.size(), order, eventId, paidAt);
                reused = same != null;
                orders.add(reused ? same : fresh(order, eventId, paidAt));
                current = order;
            }
            if (touched && reused) {
                rebuild(order, eventId, paidAt, line);
            }
            if (!reused) {
                orders.get(orders.size() - 1).hold(line, left);
            }
        }

        /** Something was taken of it since: what was counted of the lines before this one is counted again. */
        private void rebuild(KeptOrder order, String eventId, long paidAt, HeldLine upTo) {
            reused = false;
            var fresh = fresh(order, eventId, paidAt);
            for (var line : order.getLines()) {
                if (line == upTo) {
                    break;
                }
                fresh.hold(line, line.getQuantity());
            }
            orders.set(orders.size() - 1, fresh);
        }

        private PaidOrder fresh(KeptOrder order, String eventId, long paidAt) {
            return new PaidOrder(order, eventId, paidAt, tiers, rules.apply(order));
        }

        /** A new payment shifts those after it by one. */
        private PaidOrder sameAt(int place, KeptOrder order, String eventId, long paidAt) {
            for (int at = place; known != null && at >= 0 && at >= place - 1; at--) {
                if (at < known.orders.length && known.orders[at].untouched(order, paidAt, eventId)) {
                    return known.orders[at];
                }
            }
            return null;
        }

        /** Adds an amount that was paid back for units of a line. */
        public void taken(KeptOrder order, HeldLine line, String currency, long amount) {
            for (int i = orders.size() - 1; i >= 0; i--) {
                if (orders.get(i).orderId.equals(order.getOrderId())) {
                    orders.get(i).take(line, currency, amount);
                    return;
                }
            }
        }

        /** {@return the orders} */
        public PaidOrders build() {
            return new PaidOrders(orders.toArray(PaidOrder[]::new));
        }
    }

    static long startOfDay(long instant) {
        return Math.floorDiv(instant, DAY) * DAY;
    }

    int size() {
        return orders.length;
    }

    PaidOrder get(int index) {
        return orders[index];
    }

    PaidOrder first() {
        return orders.length == 0 ? null : orders[0];
    }

    /** {@return the index of the first order paid at an instant or later} */
    int from(long instant) {
        if (orders.length == 0 || orders[orders.length - 1].paidAt < instant) {
            return orders.length;
        }
        int low = 0;
        int high = orders.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (orders[middle].paidAt < instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** {@return whether anything was paid from one instant to another, both included} */
    boolean anyWithin(long from, long to) {
        int at = from(from);
        return at < orders.length && orders[at].paidAt <= to;
    }

    /** {@return what became of the orders that are not the same in both} */
    static List<Change> changes(PaidOrders before, PaidOrders after) {
        var old = before.orders;
        var now = after.orders;
        int start = 0;
        while (start < old.length && start < now.length && old[start].same(now[start])) {
            start++;
        }
        int oldEnd = old.length;
        int nowEnd = now.length;
        while (oldEnd > start && nowEnd > start && old[oldEnd - 1].same(now[nowEnd - 1])) {
            oldEnd--;
            nowEnd--;
        }
        if (start == oldEnd && start == nowEnd) {
            return List.of();
        }
        var changes = new ArrayList<Change>(nowEnd - start);
        for (int i = start; i < nowEnd; i++) {
            var was = find(old, start, oldEnd, now[i].orderId);
            if (was == null || !was.same(now[i])) {
                changes.add(new Change(was, now[i]));
            }
        }
        for (int i = start; i < oldEnd; i++) {
            if (find(now, start, nowEnd, old[i].orderId) == null) {
                changes.add(new Change(old[i], null));
            }
        }
        return changes;
    }

    private static PaidOrder find(PaidOrder[] orders, int from, int to, String orderId) {
        for (int i = from; i < to; i++) {
            if (orders[i].orderId.equals(orderId)) {
                return orders[i];
            }
        }
        return null;
    }
}
