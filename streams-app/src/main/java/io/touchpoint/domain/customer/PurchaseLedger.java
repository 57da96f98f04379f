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

    private static final Comparator<Counted> BY_PAYMENT =
            Comparator.comparingLong(Counted::at).thenComparing(counted -> counted.order.getOrderId());

    /** From so many lines on, they are looked up by product rather than looked through. */
    private static final int MANY = 48;

    private record Counted(KeptOrder order, Mark mark) {
        long at() {
            return mark.getAt();
        }
    }

    /** One line of a purchase and what is left of it. */
    static final class Holding {
        final KeptOrder order;
        final String eventId;
        final long paidAt;
        final HeldLine bought;
        int left;
        /** The last take that took from this line; null when untouched. */
        Take lastTake;
        /** The suppression this line counts in; set by those who derive suppressions from a ledger. */
        PurchaseCourse course;

        private Holding(Counted counted, HeldLine bought) {
            this.order = counted.order;
            this.eventId = counted.mark.getEventId();
            this.paidAt = counted.mark.getAt();
            this.bought = bought;
            this.left = bought.getQuantity();
        }

        /** {@return when the last take counted: a cancellation that came before the payment counts from the payment on} */
        long takenAt() {
            return Math.max(lastTake.getAt(), paidAt);
        }
    }

    /** Units of one purchase line that one line of a take matched (null when it took the whole order), and what is paid back for one unit. */
    record Matched(Take take, HeldLine line, Holding holding, int quantity, long price, String currency) {}

    /** A take that speaks of the product of a purchase line, whether or not anything was left there to take. */
    record Mention(Take take, Holding holding) {}

    private final List<Holding> holdings = new ArrayList<>();
    private final List<Matched> matches = new ArrayList<>(0);
    private final List<Mention> mentions = new ArrayList<>(0);

    private PurchaseLedger() {}

    /**
     * @param countsAt the order status at which a purchase counts
     */
    static PurchaseLedger of(CustomerState state, OrderStatus countsAt) {
        return of(counted(state.getOrders(), countsAt), state.getTakes(), countsAt);
    }

    /**
     * The ledger as it stood.
     *
     * @param instant epoch milliseconds, before which it happened
     * @param countsAt the order status at which a purchase counts
     */
    static PurchaseLedger before(long instant, CustomerState state, OrderStatus countsAt) {
        var counted = counted(state.getOrders(), countsAt);
        counted.removeIf(each -> each.at() >= instant);
        var takes = new ArrayList<>(state.getTakes());
        takes.removeIf(take -> take.getAt() >= instant);
        return of(counted, takes, countsAt);
    }

    private static PurchaseLedger of(List<Counted> counted, List<Take> takes, OrderStatus countsAt) {
        var ledger = new PurchaseLedger();
        for (var each : counted) {
            for (var line : lines(each.order, countsAt)) {
                ledger.holdings.add(new Holding(each, line));
            }
        }
        if (!takes.isEmpty() && !ledger.holdings.isEmpty()) {
            var inOrder = takes;
            if (takes.size() > 1) {
                inOrder = new ArrayList<>(takes);
                inOrder.sort(TAKE_ORDER);
            }
            ledger.applyTakes(inOrder);
        }
        return ledger;
    }

    private static List<Counted> counted(List<KeptOrder> orders, OrderStatus countsAt) {
        var counted = new ArrayList<Counted>(orders.size());
        boolean ascending = true;
        for (var order : orders) {
            var mark = mark(order, countsAt);
            if (mark != null) {
                var next = new Counted(order, mark);
                ascending &= counted.isEmpty() || BY_PAYMENT.compare(counted.get(counted.size() - 1), next) < 0;
                counted.add(next);
            }
        }
        if (!ascending) {
            counted.sort(BY_PAYMENT);
        }
        return counted;
    }

    /** Where another status counted when the step came, its lines were not kept: the paid ones stand for them. */
    private static List<HeldLine> lines(KeptOrder order, OrderStatus countsAt) {
        boolean kept = order.getCountedStatus() == countsAt.ordinal()
                // An earlier release did not note of which status they are.
                || order.getCountedStatus() == Orders.NO_STATUS
                        && !order.getCountedLines().isEmpty();
        return countsAt != OrderStatus.PAID && kept ? order.getCountedLines() : order.getLines();
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
        var part = new PurchaseLedger();
        holdings.stream().filter(holding -> orders.contains(holding.order)).forEach(part.holdings::add);
        matches.stream().filter(match -> orders.contains(match.holding().order)).forEach(part.matches::add);
        return part;
    }

    /** {@return every purchase line, also those of which nothing is left, by (time of payment, order, line)} */
    List<Holding> holdings() {
        return holdings;
    }

    /** {@return what was taken, in the order of the takes} */
    List<Matched> matches() {
        return matches;
    }

    /** {@return which takes speak of which lines, in the order of the takes} */
    List<Mention> mentions() {
        return mentions;
    }

    private void applyTakes(List<Take> takes) {
        var bySku = holdings.size() < MANY ? null : bySku(takes);
        for (var take : takes) {
            if (take.getLines().isEmpty()) {
                takeWhole(take);
            }
            for (var line : take.getLines()) {
                take(take, line, bySku == null ? holdings : bySku.get(line.getSku()));
            }
        }
    }

    /** {@return the lines of every product that a take speaks of} */
    private Map<String, List<Holding>> bySku(List<Take> takes) {
        var bySku = new HashMap<String, List<Holding>>();
        for (var take : takes) {
            for (var line : take.getLines()) {
                bySku.put(line.getSku(), new ArrayList<>(2));
            }
        }
        for (var holding : holdings) {
            var ofSku = bySku.get(holding.bought.getSku());
            if (ofSku != null) {
                ofSku.add(holding);
            }
        }
        return bySku;
    }

    private void takeWhole(Take take) {
        for (int i = holdings.size() - 1; i >= 0; i--) {
            var holding = holdings.get(i);
            if (holding.order.getOrderId().equals(take.getOrderId())) {
                mentions.add(new Mention(take, holding));
                match(take, null, holding, holding.left);
            }
        }
    }

    private void take(Take take, HeldLine line, List<Holding> candidates) {
        int wanted = line.getQuantity();
        for (int i = candidates.size() - 1; i >= 0; i--) {
            var holding = candidates.get(i);
            if (holding.bought.getSku().equals(line.getSku())) {
                mentions.add(new Mention(take, holding));
                var eligible = take.getOrderId() == null
                        ? holding.paidAt <= take.getAt()
                        : take.getOrderId().equals(holding.order.getOrderId());
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
                    line,
                    holding,
                    quantity,
                    atPaidPrice ? holding.bought.getPrice() : line.getPrice(),
                    atPaidPrice ? holding.order.getCurrency() : take.getCurrency()));
        }
        return quantity;
    }
}
