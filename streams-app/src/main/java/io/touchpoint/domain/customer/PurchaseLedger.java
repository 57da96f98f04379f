package io.touchpoint.domain.customer;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Mark;
import io.touchpoint.records.state.Take;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a customer bought and still holds: purchases, less what returns and cancellations took from them.
 *
 * <p>Takes are applied one by one in the order of (occurred_at, event_id). One that names its order takes from that order alone;
 * one that names none takes from purchases paid no later than itself, the newest first. What finds nothing to take is unmatched and
 * changes nothing. The result is a function of the set of orders and takes, however they arrived.
 */
final class PurchaseLedger {

    static final Comparator<Take> TAKE_ORDER =
            Comparator.comparingLong(Take::getAt).thenComparing(Take::getEventId);

    private static final Comparator<Holding> NEWEST_FIRST = Comparator.comparingLong((Holding h) -> h.paidAt)
            .thenComparing(h -> h.order.getOrderId())
            .thenComparingInt(h -> h.line)
            .reversed();

    /** One line of a purchase and what is left of it. */
    static final class Holding {
        final KeptOrder order;
        final String eventId;
        final long paidAt;
        final int line;
        final HeldLine bought;
        int left;
        /** The last take that took from this line, and the time from which it counted; null when untouched. */
        Take lastTake;

        private Holding(KeptOrder order, Mark paid, int line, HeldLine bought) {
            this.order = order;
            this.eventId = paid.getEventId();
            this.paidAt = paid.getAt();
            this.line = line;
            this.bought = bought;
            this.left = bought.getQuantity();
        }

        /** {@return when the last take counted: a cancellation that came before the payment counts from the payment on} */
        long takenAt() {
            return Math.max(lastTake.getAt(), paidAt);
        }
    }

    /** Units of one purchase line that one take matched, and what is paid back for one unit. */
    record Matched(Take take, Holding holding, int quantity, long price, String currency) {}

    private final List<Holding> holdings = new ArrayList<>();
    private final List<Matched> matches = new ArrayList<>();
    private final List<Take> takes;

    private PurchaseLedger(List<Take> takes) {
        this.takes = takes;
    }

    /**
     * @param countsAt the order status at which a purchase counts
     */
    static PurchaseLedger of(CustomerState state, OrderStatus countsAt) {
        var takes = state.getTakes();
        if (takes.size() > 1) {
            takes = new ArrayList<>(takes);
            takes.sort(TAKE_ORDER);
        }
        var ledger = new PurchaseLedger(takes);
        for (var order : state.getOrders()) {
            var mark = mark(order, countsAt);
            if (mark != null) {
                var lines = countsAt == OrderStatus.PAID ? order.getLines() : order.getCountedLines();
                for (int i = 0; i < lines.size(); i++) {
                    ledger.holdings.add(new Holding(order, mark, i, lines.get(i)));
                }
            }
        }
        if (!takes.isEmpty() && !ledger.holdings.isEmpty()) {
            ledger.applyTakes();
        }
        return ledger;
    }

    /** {@return the step of the order with this status, or null} */
    static Mark mark(KeptOrder order, OrderStatus status) {
        for (var mark : order.getMarks()) {
            if (mark.getStatus() == status.ordinal()) {
                return mark;
            }
        }
        return null;
    }

    /** {@return the part of this ledger that concerns these orders} */
    PurchaseLedger only(Set<KeptOrder> orders) {
        var part = new PurchaseLedger(takes);
        holdings.stream().filter(holding -> orders.contains(holding.order)).forEach(part.holdings::add);
        matches.stream()
                .filter(match -> orders.contains(match.holding().order))
                .forEach(part.matches::add);
        return part;
    }

    /** {@return every purchase line, also those of which nothing is left} */
    List<Holding> holdings() {
        return holdings;
    }

    /** {@return what was taken, in the order of the takes} */
    List<Matched> matches() {
        return matches;
    }

    /** {@return all takes in the order they apply, matched or not} */
    List<Take> takes() {
        return takes;
    }

    private void applyTakes() {
        var bySku = new HashMap<String, List<Holding>>();
        var byOrder = new HashMap<String, List<Holding>>();
        for (var holding : holdings) {
            bySku.computeIfAbsent(holding.bought.getSku(), sku -> new ArrayList<>()).add(holding);
            byOrder.computeIfAbsent(holding.order.getOrderId(), id -> new ArrayList<>()).add(holding);
        }
        bySku.values().forEach(list -> list.sort(NEWEST_FIRST));
        byOrder.values().forEach(list -> list.sort(NEWEST_FIRST));
        for (var take : takes) {
            apply(take, bySku, byOrder);
        }
    }

    private void apply(Take take, Map<String, List<Holding>> bySku, Map<String, List<Holding>> byOrder) {
        var named = take.getOrderId() == null ? null : byOrder.getOrDefault(take.getOrderId(), List.of());
        if (take.getLines().isEmpty() && named != null) {
            named.forEach(holding -> match(take, null, holding, holding.left));
            return;
        }
        for (var line : take.getLines()) {
            int wanted = line.getQuantity();
            for (var holding : named != null ? named : bySku.getOrDefault(line.getSku(), List.of())) {
                if (wanted == 0) {
                    break;
                }
                var eligible = named != null
                        ? holding.bought.getSku().equals(line.getSku())
                        : holding.paidAt <= take.getAt();
                if (eligible) {
                    wanted -= match(take, line, holding, Math.min(wanted, holding.left));
                }
            }
        }
    }

    private int match(Take take, HeldLine line, Holding holding, int quantity) {
        if (quantity > 0) {
            holding.left -= quantity;
            holding.lastTake = take;
            var atPaidPrice = take.getCancelled() || line == null;
            matches.add(new Matched(
                    take,
                    holding,
                    quantity,
                    atPaidPrice ? holding.bought.getPrice() : line.getPrice(),
                    atPaidPrice ? holding.order.getCurrency() : take.getCurrency()));
        }
        return quantity;
    }
}
