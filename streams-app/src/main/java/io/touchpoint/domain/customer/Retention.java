package io.touchpoint.domain.customer;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.PublishedSuppression;
import io.touchpoint.records.state.Take;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What is let go of a customer, and when: details past both horizons, and the oldest ones of a customer of whom there is too much. What is let go
 * stays in the totals; what would touch it later is refused as too late.
 */
final class Retention {

    private static final int MAX_FORGOTTEN = 4_000;

    private final Limits limits;
    private final OrderStatus countsAt;
    private final PurchaseSuppressions suppressions;

    Retention(Limits limits, OrderStatus countsAt, PurchaseSuppressions suppressions) {
        this.limits = limits;
        this.countsAt = countsAt;
        this.suppressions = suppressions;
    }

    /** Lets go what is older than both horizons. */
    void age(Customer customer) {
        long floor = customer.state().getLastSeen() - limits.kept();
        letGoClicks(customer, floor);
        letGoTickets(customer, floor);
        letGoAnswers(customer, floor);
        letGoOrders(customer, floor);
    }

    /** Lets go what is over the limits in number. */
    void trim(Customer customer) {
        var state = customer.state();
        if (state.getTickets().size() > limits.tickets()) {
            state.setCapped(true);
            letGoTickets(customer, median(state.getTickets().stream().map(Tickets::newest).toList()));
        }
        if (state.getOrders().size() > limits.orders() || state.getTakes().size() > limits.orders()) {
            shrinkOrders(customer);
        }
    }

    /**
     * Lets go the older half of what weighs most: clicks first, then closed tickets, then orders.
     *
     * @return whether there was anything to let go
     */
    boolean shrink(Customer customer) {
        var state = customer.state();
        state.setCapped(true);
        if (state.getClicks().size() > 50) {
            letGoClicks(customer, median(state.getClicks().stream().map(Click::getAt).toList()));
            return true;
        }
        int tickets = state.getTickets().size();
        if (tickets > 20) {
            letGoTickets(customer, median(state.getTickets().stream().map(Tickets::newest).toList()));
            if (state.getTickets().size() < tickets) {
                return true;
            }
        }
        return shrinkOrders(customer);
    }

    private boolean shrinkOrders(Customer customer) {
        var state = customer.state();
        state.setCapped(true);
        int before = state.getOrders().size() + state.getTakes().size();
        var times = new ArrayList<Long>();
        state.getOrders().forEach(order -> times.add(time(order)));
        state.getTakes().forEach(take -> times.add(take.getAt()));
        if (!times.isEmpty()) {
            letGoOrders(customer, median(times));
        }
        return state.getOrders().size() + state.getTakes().size() < before;
    }

    private static long median(List<Long> times) {
        var sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void letGoClicks(Customer customer, long upTo) {
        var state = customer.state();
        int before = state.getClicks().size();
        if (before > 0 && state.getClicks().removeIf(click -> click.getAt() <= upTo)) {
            state.setClicksFloor(Math.max(state.getClicksFloor(), upTo));
            state.getPast().setClicks(state.getPast().getClicks() + before - state.getClicks().size());
        }
    }

    private static void letGoTickets(Customer customer, long upTo) {
        var state = customer.state();
        int before = state.getTickets().size();
        if (before > 0
                && state.getTickets().removeIf(ticket -> Tickets.newest(ticket) <= upTo && !Tickets.open(ticket))) {
            state.setTicketsFloor(Math.max(state.getTicketsFloor(), upTo));
            state.getPast().setTickets(state.getPast().getTickets() + before - state.getTickets().size());
            customer.standingChanged();
        }
    }

    private static void letGoAnswers(Customer customer, long upTo) {
        var state = customer.state();
        if (!state.getAnswers().isEmpty() && state.getAnswers().removeIf(answer -> answer.getAt() <= upTo)) {
            state.setAnswersFloor(Math.max(state.getAnswersFloor(), upTo));
            // The votes of these answers are past every window; they stay cast.
            state.getVotes().removeIf(vote -> vote.getAt() <= upTo);
            customer.standingChanged();
        }
    }

    /** Lets go the oldest orders, whole UTC days at a time, and the takes that can no longer match anything kept. */
    private void letGoOrders(Customer customer, long upTo) {
        var state = customer.state();
        long day = Math.floorDiv(upTo, Purchases.DAY) * Purchases.DAY;
        if (state.getOrders().stream().allMatch(order -> time(order) >= day)
                && state.getTakes().stream().allMatch(take -> take.getAt() >= day)) {
            return;
        }
        Set<KeptOrder> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        state.getOrders().stream().filter(order -> time(order) < day).forEach(gone::add);
        var ledger = PurchaseLedger.of(state, OrderStatus.PAID).only(gone);
        new Purchases(state, ledger).becomePast();
        carryRevisions(customer, gone);
        for (var order : gone) {
            state.getForgottenOrders().add(Hash64.of(order.getOrderId()));
        }
        while (state.getForgottenOrders().size() > MAX_FORGOTTEN) {
            state.getForgottenOrders().remove(0);
        }
        state.getOrders().removeIf(gone::contains);
        var kept = new HashSet<String>();
        state.getOrders().forEach(order -> kept.add(order.getOrderId()));
        state.getTakes().removeIf(take -> take.getAt() < day && !kept.contains(take.getOrderId()));
        state.setOrdersFloor(Math.max(state.getOrdersFloor(), day - 1));
        customer.purchasesChanged();
    }

    /** A revision never falls while consumers know the key: the events that are let go stay counted. */
    private void carryRevisions(Customer customer, Set<KeptOrder> gone) {
        var state = customer.state();
        var ledger = PurchaseLedger.of(state, countsAt).only(gone);
        var events = new HashMap<String, Set<String>>();
        for (var holding : ledger.holdings()) {
            events.computeIfAbsent(suppressions.key("", holding.bought), key -> new HashSet<>()).add(holding.eventId);
        }
        for (var match : ledger.matches()) {
            Take take = match.take();
            events.get(suppressions.key("", match.holding().bought)).add(take.getEventId());
        }
        for (PublishedSuppression published : state.getPublished()) {
            var counted = events.get(Standing.key("", CustomerFold.SCOPES[published.getScope()], published.getValue()));
            if (counted != null) {
                published.setBase(published.getBase() + counted.size());
            }
        }
    }

    private static long time(KeptOrder order) {
        var paid = PurchaseLedger.mark(order, OrderStatus.PAID);
        return paid != null
                ? paid.getAt()
                : order.getMarks().stream().mapToLong(mark -> mark.getAt()).max().orElse(0);
    }

    /** {@return how many details an erasure forgets} */
    static int details(Customer customer) {
        var state = customer.state();
        int answers = state.getAnswers().stream()
                .mapToInt(answer -> 1 + answer.getOlderVersions().size())
                .sum();
        int steps = state.getTickets().stream().mapToInt(ticket -> ticket.getMarks().size()).sum();
        int orders = state.getOrders().stream().mapToInt(order -> order.getMarks().size()).sum();
        return orders + state.getTakes().size() + answers + steps + state.getClicks().size();
    }

}
