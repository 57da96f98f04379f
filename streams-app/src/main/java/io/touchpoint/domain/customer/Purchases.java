package io.touchpoint.domain.customer;

import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/** What the paid orders of a customer add up to: money by currency, and the rhythm of the days on which something was bought and is still held. */
final class Purchases {

    static final long DAY = 86_400_000L;

    /** Money in one currency, in minor units. */
    static final class Sum {
        long gross;
        long returned;

        long net() {
            return gross - returned;
        }
    }

    /** A UTC day with a payment of which something is still held. */
    private static final class HeldDay {
        long firstPaid = Long.MAX_VALUE;
        final TreeMap<String, Long> net = new TreeMap<>();
    }

    private int orders;
    private int days;
    private long firstPaid;
    private long lastPaid;
    private int returnedOrders;
    private final TreeMap<String, Sum> money = new TreeMap<>();
    private final TreeMap<Long, HeldDay> heldDays = new TreeMap<>();
    private final CustomerState state;
    private long lastReturned;

    /**
     * @param ledger the ledger of the paid lines
     */
    Purchases(CustomerState state, PurchaseLedger ledger) {
        this.state = state;
        countOrders(ledger);
        countTakes(ledger);
        addPast(state);
    }

    private void countOrders(PurchaseLedger ledger) {
        var paidDays = new HashSet<Long>();
        KeptOrder previous = null;
        for (var holding : ledger.holdings()) {
            var price = holding.bought.getQuantity() * holding.bought.getPrice();
            sum(holding.order.getCurrency()).gross += price;
            long day = Math.floorDiv(holding.paidAt, DAY);
            if (holding.order != previous) {
                previous = holding.order;
                orders++;
                paidDays.add(day);
                firstPaid = firstPaid == 0 ? holding.paidAt : Math.min(firstPaid, holding.paidAt);
                lastPaid = Math.max(lastPaid, holding.paidAt);
            }
            if (holding.left > 0) {
                var held = heldDays.computeIfAbsent(day, d -> new HeldDay());
                held.firstPaid = Math.min(held.firstPaid, holding.paidAt);
            }
        }
        for (var holding : ledger.holdings()) {
            var held = heldDays.get(Math.floorDiv(holding.paidAt, DAY));
            if (held != null) {
                held.net.merge(
                        holding.order.getCurrency(),
                        holding.bought.getQuantity() * holding.bought.getPrice(),
                        Long::sum);
            }
        }
        days = paidDays.size();
    }

    private void countTakes(PurchaseLedger ledger) {
        var returned = new HashSet<String>();
        for (var match : ledger.matches()) {
            long amount = match.quantity() * match.price();
            sum(match.currency()).returned += amount;
            var held = heldDays.get(Math.floorDiv(match.holding().paidAt, DAY));
            if (held != null) {
                held.net.merge(match.currency(), -amount, Long::sum);
            }
            if (!match.take().getCancelled()) {
                returned.add(match.holding().order.getOrderId());
                lastReturned = Math.max(lastReturned, Math.max(match.take().getAt(), match.holding().paidAt));
            }
        }
        returnedOrders = returned.size();
    }

    private void addPast(CustomerState state) {
        var past = state.getPast();
        if (past.getPaidOrders() == 0) {
            return;
        }
        orders += past.getPaidOrders();
        days += past.getPaidDays();
        firstPaid = past.getFirstPaid();
        lastPaid = Math.max(lastPaid, past.getLastPaid());
        returnedOrders += past.getReturnedOrders();
        for (var kept : past.getMoney()) {
            var sum = sum(kept.getCurrency());
            sum.gross += kept.getGross();
            sum.returned += kept.getReturned();
        }
    }

    private Sum sum(String currency) {
        return money.computeIfAbsent(currency, c -> new Sum());
    }

    int orders() {
        return orders;
    }

    int days() {
        return days;
    }

    /** {@return epoch milliseconds of the first payment, 0 when there is none} */
    long firstPaid() {
        return firstPaid;
    }

    long lastPaid() {
        return lastPaid;
    }

    int returnedOrders() {
        return returnedOrders;
    }

    /** {@return when a return was last matched, 0 when none was} */
    long lastReturned() {
        return lastReturned;
    }

    /** {@return money by currency, in the order of the codes} */
    TreeMap<String, Sum> money() {
        return money;
    }

    /** {@return days on which something was bought that is still held} */
    int heldDays() {
        return heldDays.size() + state.getPast().getHeldDays();
    }

    /** {@return the first payment of the first such day, 0 when there is none} */
    long firstHeld() {
        if (state.getPast().getHeldDays() > 0) {
            return state.getPast().getFirstHeld();
        }
        return heldDays.isEmpty() ? 0 : heldDays.firstEntry().getValue().firstPaid;
    }

    /** {@return the first payment of the newest such day, 0 when there is none} */
    long lastHeld() {
        return heldDays.isEmpty()
                ? state.getPast().getLastHeld()
                : heldDays.lastEntry().getValue().firstPaid;
    }

    /** {@return the net value of those days but the first, in minor units of the currency} */
    long repeatValue(String currency) {
        long value = 0;
        for (var kept : state.getPast().getMoney()) {
            value += kept.getCurrency().equals(currency) ? kept.getRepeatValue() : 0;
        }
        boolean first = state.getPast().getHeldDays() == 0;
        for (var day : heldDays.values()) {
            value += first ? 0 : day.net.getOrDefault(currency, 0L);
            first = false;
        }
        return value;
    }

    /** {@return the currencies in which anything was paid, in the order of the codes} */
    List<String> currencies() {
        return new ArrayList<>(money.keySet());
    }

    /** Makes all this the totals of what was let go. Whole days must be let go at once. */
    void becomePast() {
        var kept = new ArrayList<Money>();
        money.forEach((currency, sum) ->
                kept.add(new Money(currency, sum.gross, sum.returned, repeatValue(currency))));
        int held = heldDays();
        long first = firstHeld();
        long last = lastHeld();
        var past = state.getPast();
        past.setPaidOrders(orders);
        past.setPaidDays(days);
        past.setFirstPaid(firstPaid);
        past.setLastPaid(lastPaid);
        past.setReturnedOrders(returnedOrders);
        past.setHeldDays(held);
        past.setFirstHeld(first);
        past.setLastHeld(last);
        past.setMoney(kept);
    }
}
