package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.PurchaseLedger.Holding;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Money;
import io.touchpoint.records.state.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** What the paid orders of a customer add up to: money by currency, and the rhythm of the days on which something was bought and is still held. */
final class Purchases {

    static final long DAY = 86_400_000L;

    /** Money in one currency, in minor units. */
    static final class Sum {
        private final String currency;
        private long gross;
        private long returned;

        private Sum(String currency) {
            this.currency = currency;
        }

        String currency() {
            return currency;
        }

        long gross() {
            return gross;
        }

        long returned() {
            return returned;
        }

        long net() {
            return gross - returned;
        }
    }

    /** A UTC day with a payment of which something is still held, and the first such payment. */
    private record HeldDay(long day, long firstPaid) {}

    private final PurchaseLedger ledger;
    private final Past past;
    private int orders;
    private int days;
    private long firstPaid;
    private long lastPaid;
    private int returnedOrders;
    private long lastReturned;
    private final List<Sum> money = new ArrayList<>(1);
    private final List<HeldDay> heldDays = new ArrayList<>();
    private String repeatCurrency;
    private long repeatValue;

    /**
     * @param ledger the ledger of the paid lines
     */
    Purchases(CustomerState state, PurchaseLedger ledger) {
        this.ledger = ledger;
        this.past = state.getPast();
        countOrders();
        countTakes();
        if (past.getPaidOrders() > 0) {
            addPast();
        }
        if (money.size() > 1) {
            money.sort(Comparator.comparing(Sum::currency));
        }
    }

    private void countOrders() {
        KeptOrder previous = null;
        Sum sum = null;
        for (var holding : ledger.holdings()) {
            if (holding.order != previous) {
                orders++;
                days += previous != null && day(lastPaid) == day(holding.paidAt) ? 0 : 1;
                firstPaid = previous == null ? holding.paidAt : firstPaid;
                lastPaid = holding.paidAt;
                previous = holding.order;
                sum = sum(holding.order.getCurrency());
            }
            sum.gross += value(holding);
            if (holding.left > 0 && (heldDays.isEmpty() || newestHeld().day() != day(holding.paidAt))) {
                heldDays.add(new HeldDay(day(holding.paidAt), holding.paidAt));
            }
        }
    }

    private void countTakes() {
        if (ledger.matches().isEmpty()) {
            return;
        }
        var returned = new HashSet<String>();
        for (var match : ledger.matches()) {
            sum(match.currency()).returned += match.quantity() * match.price();
            if (!match.take().getCancelled()) {
                returned.add(match.holding().order.getOrderId());
                lastReturned = Math.max(lastReturned, Math.max(match.take().getAt(), match.holding().paidAt));
            }
        }
        returnedOrders = returned.size();
    }

    private void addPast() {
        boolean sameDay = orders > 0 && day(firstPaid) == day(past.getLastPaid());
        days += past.getPaidDays() - (sameDay ? 1 : 0);
        firstPaid = orders == 0 ? past.getFirstPaid() : Math.min(firstPaid, past.getFirstPaid());
        lastPaid = Math.max(lastPaid, past.getLastPaid());
        orders += past.getPaidOrders();
        returnedOrders += past.getReturnedOrders();
        for (var kept : past.getMoney()) {
            var sum = sum(kept.getCurrency());
            sum.gross += kept.getGross();
            sum.returned += kept.getReturned();
        }
    }

    private static long day(long instant) {
        return Math.floorDiv(instant, DAY);
    }

    private static long value(Holding holding) {
        return holding.bought.getQuantity() * holding.bought.getPrice();
    }

    private Sum sum(String currency) {
        for (var sum : money) {
            if (sum.currency.equals(currency)) {
                return sum;
            }
        }
        var sum = new Sum(currency);
        money.add(sum);
        return sum;
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
    List<Sum> money() {
        return money;
    }

    /** {@return the currencies in which anything was paid, in the order of the codes} */
    List<String> currencies() {
        return money.stream().map(Sum::currency).toList();
    }

    private HeldDay newestHeld() {
        return heldDays.get(heldDays.size() - 1);
    }

    /** A day may have been let go in part: what is kept of it is no day of its own. */
    private boolean continuesPast() {
        return past.getHeldDays() > 0 && !heldDays.isEmpty() && heldDays.get(0).day() == day(past.getLastHeld());
    }

    /** {@return days on which something was bought that is still held} */
    int heldDays() {
        return past.getHeldDays() + heldDays.size() - (continuesPast() ? 1 : 0);
    }

    /** {@return the first payment of the first such day, 0 when there is none} */
    long firstHeld() {
        if (heldDays.isEmpty()) {
            return past.getFirstHeld();
        }
        long first = heldDays.get(0).firstPaid();
        return past.getHeldDays() > 0 ? Math.min(past.getFirstHeld(), first) : first;
    }

    /** {@return the first payment of the newest such day, 0 when there is none} */
    long lastHeld() {
        return heldDays.isEmpty() || heldDays.size() == 1 && continuesPast()
                ? past.getLastHeld()
                : Math.max(past.getLastHeld(), newestHeld().firstPaid());
    }

    /** {@return the net value of those days but the first, in minor units of the currency} */
    long repeatValue(String currency) {
        if (!currency.equals(repeatCurrency)) {
            repeatValue = countRepeatValue(currency);
            repeatCurrency = currency;
        }
        return repeatValue;
    }

    private long countRepeatValue(String currency) {
        long value = 0;
        for (var kept : past.getMoney()) {
            value += kept.getCurrency().equals(currency) ? kept.getRepeatValue() : 0;
        }
        long first = day(firstHeld());
        int at = 0;
        for (var holding : ledger.holdings()) {
            long day = day(holding.paidAt);
            while (at < heldDays.size() && heldDays.get(at).day() < day) {
                at++;
            }
            if (at < heldDays.size()
                    && heldDays.get(at).day() == day
                    && day != first
                    && holding.order.getCurrency().equals(currency)) {
                value += value(holding);
            }
        }
        for (var match : ledger.matches()) {
            long day = day(match.holding().paidAt);
            if (day != first && match.currency().equals(currency) && isHeld(day)) {
                value -= match.quantity() * match.price();
            }
        }
        return value;
    }

    private boolean isHeld(long day) {
        int low = 0;
        int high = heldDays.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = heldDays.get(middle).day();
            if (found == day) {
                return true;
            }
            low = found < day ? middle + 1 : low;
            high = found < day ? high : middle - 1;
        }
        return false;
    }

    /** Makes all this the totals of what was let go. */
    void becomePast() {
        var kept = new ArrayList<Money>(money.size());
        for (var sum : money) {
            kept.add(new Money(sum.currency, sum.gross, sum.returned, repeatValue(sum.currency)));
        }
        int held = heldDays();
        long first = firstHeld();
        long last = lastHeld();
        if (!ledger.holdings().isEmpty()) {
            var oldest = ledger.holdings().get(0);
            if (past.getPaidOrders() == 0 || oldest.paidAt < past.getFirstPaid()) {
                past.setFirstCountry(CustomerMeasures.country(oldest.order.getCountry()));
            }
        }
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
