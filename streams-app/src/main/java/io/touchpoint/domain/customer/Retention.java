package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.PurchaseLedger.Matched;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Take;
import io.touchpoint.records.state.Ticket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is let go of a customer, and when: details past both horizons, and the oldest ones of a customer of whom there is too much. What is let go
 * stays in the totals; what would touch it later is refused as too late.
 */
final class Retention {

    private static final int MAX_FORGOTTEN = 4_000;

    /** A state is brought down to half of this when it may be larger; what is stored stays well below the size of a message. */
    private static final int MAX_BYTES = 448 * 1024;

    private static final long NOT_PAID = Long.MIN_VALUE;
    private static final int FEW_CLICKS = 50;
    private static final int FEW_TICKETS = 20;

    /** The month of an order within the history and the month before it are kept as a whole, since buyers are counted by both. */
    private static final long TWO_MONTHS = 62 * Purchases.DAY;

    /** How far the journey looks back from a late event for the one before it. */
    private static final long ONE_STEP = 31 * Purchases.DAY;

    private final Limits limits;
    private final long lookback;
    private final OrderStatus countsAt;
    private final PurchaseSuppressions suppressions;

    /** @param lookback milliseconds for which the clicks before an order matter */
    Retention(Limits limits, long lookback, OrderStatus countsAt, PurchaseSuppressions suppressions) {
        this.limits = limits;
        this.lookback = lookback;
        this.countsAt = countsAt;
        this.suppressions = suppressions;
    }

    /** Lets go what is older than both horizons. */
    void age(Customer customer) {
        if (!customer.known()) {
            return;
        }
        var state = customer.state();
        long floor = startOfDay(state.getLastSeen() - limits.kept());
        if (floor <= Math.max(state.getFirstSeen(), customer.agedTo())) {
            return;
        }
        customer.agedTo(floor);
        letGoClicks(customer, startOfDay(floor - TWO_MONTHS - lookback(state)));
        long steps = floor - ONE_STEP;
        Invitations.letGo(state, steps);
        letGoTickets(customer, ticket -> Tickets.newest(ticket) < steps && !Tickets.open(ticket));
        if (Answers.letGo(state, steps - 1)) {
            Votes.letGo(state, steps - 1);
            customer.standingChanged();
        }
        letGoOrders(customer, floor - TWO_MONTHS, true);
    }

    /** What an order takes back later is split among the clicks that earned it, by the rules of its day. */
    private long lookback(CustomerState state) {
        long most = lookback;
        for (var terms : state.getTerms()) {
            most = Math.max(most, terms.getLookback());
        }
        return most;
    }

    /** Lets go what is over the limits in number or in bytes. */
    void trim(Customer customer) {
        var state = customer.state();
        if (state.getClicks().size() > limits.clicks()) {
            state.setCapped(true);
            Touches.letGoOldestClicks(state);
        }
        Invitations.trim(state);
        if (state.getTickets().size() > limits.tickets()) {
            state.setCapped(true);
            halveTickets(customer);
        }
        if (state.getOrders().size() > limits.orders() || state.getTakes().size() > limits.orders()) {
            state.setCapped(true);
            halveOrders(customer);
        }
        if (customer.bytes() > MAX_BYTES && customer.recount() > MAX_BYTES) {
            while (customer.recount() > MAX_BYTES / 2 && shrink(customer)) {
                // Each round lets go the older half of something.
            }
        }
    }

    /**
     * Lets go the older half of what weighs most: clicks first, then closed tickets, orders, replaced answers, and at last whatever is left.
     *
     * @return whether there was anything to let go
     */
    boolean shrink(Customer customer) {
        var state = customer.state();
        state.setCapped(true);
        customer.newestStep(null);
        if (state.getClicks().size() > FEW_CLICKS) {
            return halveClicks(customer);
        }
        if (state.getTickets().size() > FEW_TICKETS) {
            return halveTickets(customer);
        }
        if (halveOrders(customer)) {
            return true;
        }
        customer.standingChanged();
        return Answers.letGoVersions(state)
                || Answers.letGo(state, newest(state.getAnswers(), answer -> answer.getAt()))
                || halveTickets(customer)
                || halveClicks(customer)
                || Invitations.halve(state)
                || halveForgotten(state);
    }

    /** The last resort: a late event of such an order is then refused for its time, or taken for that of a new one. */
    private static boolean halveForgotten(CustomerState state) {
        var forgotten = state.getForgottenOrders();
        if (forgotten.isEmpty()) {
            return false;
        }
        forgotten.subList(0, (forgotten.size() + 1) / 2).clear();
        return true;
    }

    private boolean halveClicks(Customer customer) {
        var clicks = customer.state().getClicks();
        return !clicks.isEmpty() && letGoClicks(customer, median(clicks, Click::getAt) + 1);
    }

    private static boolean letGoClicks(Customer customer, long before) {
        var state = customer.state();
        int count = state.getClicks().size();
        if (count == 0 || !state.getClicks().removeIf(click -> click.getAt() < before)) {
            return false;
        }
        state.setClicksFloor(Math.max(state.getClicksFloor(), before - 1));
        state.getPast()
                .setClicks(
                        state.getPast().getClicks() + count - state.getClicks().size());
        return true;
    }

    /** The older half of the closed tickets; of all, when hardly any is closed. */
    private boolean halveTickets(Customer customer) {
        var tickets = customer.state().getTickets();
        if (tickets.isEmpty()) {
            return false;
        }
        var closed = tickets.stream().filter(ticket -> !Tickets.open(ticket)).toList();
        boolean enough = closed.size() > tickets.size() / 4;
        long median = median(enough ? closed : tickets, Tickets::newest);
        return letGoTickets(customer, ticket -> Tickets.newest(ticket) <= median && !(enough && Tickets.open(ticket)));
    }

    private static boolean letGoTickets(Customer customer, Predicate<Ticket> gone) {
        var state = customer.state();
        if (state.getTickets().isEmpty()) {
            return false;
        }
        int count = 0;
        for (var ticket : state.getTickets()) {
            if (gone.test(ticket)) {
                count++;
                forget(state, Tickets.forgotten(ticket.getTicketId()));
                state.setTicketsFloor(Math.max(state.getTicketsFloor(), Tickets.newest(ticket)));
            }
        }
        if (count == 0) {
            return false;
        }
        state.getTickets().removeIf(gone);
        state.getPast().setTickets(state.getPast().getTickets() + count);
        customer.standingChanged();
        return true;
    }

    /** Remembers of a detail only that there was one. */
    static void forget(CustomerState state, long hash) {
        var forgotten = state.getForgottenOrders();
        forgotten.add(hash);
        if (forgotten.size() > MAX_FORGOTTEN) {
            forgotten.subList(0, MAX_FORGOTTEN / 4).clear();
        }
    }

    /** {@return whether there were so many that not all of them may be remembered} */
    static boolean forgotSome(CustomerState state) {
        return state.getForgottenOrders().size() >= MAX_FORGOTTEN - MAX_FORGOTTEN / 4;
    }

    /** The older half of orders, returns and cancellations: whole days of them, unless all is of one day. */
    private boolean halveOrders(Customer customer) {
        var state = customer.state();
        var times = new ArrayList<Long>();
        state.getOrders().forEach(order -> times.add(time(order)));
        state.getTakes().forEach(take -> times.add(take.getAt()));
        if (times.isEmpty()) {
            return false;
        }
        long median = median(times, time -> time);
        return letGoOrders(customer, startOfDay(median), false) || letGoOrders(customer, median + 1, false);
    }

    /**
     * Lets go the orders before an instant, and the takes that can no longer match anything kept.
     *
     * @param sparing whether orders stay on which a suppression rests that consumers know
     */
    private boolean letGoOrders(Customer customer, long before, boolean sparing) {
        var state = customer.state();
        if (state.getOrders().stream().noneMatch(order -> time(order) < before)
                && state.getTakes().stream().noneMatch(take -> take.getAt() < before)) {
            return false;
        }
        var courses = suppressions
                .courses(PurchaseLedger.of(state, countsAt), state.getPublished())
                .all();
        var gone = gone(state.getOrders(), before, sparing ? courses : List.of());
        courses.forEach(course -> addToBase(course, 1));
        var expired = courses.stream()
                .filter(course -> endedByClock(course, customer.clock()))
                .map(course -> course.published)
                .toList();
        var takes = takenFromKept(state, gone);
        var paid = PurchaseLedger.of(state, OrderStatus.PAID).only(gone);
        new Purchases(state, paid).becomePast();
        paid.matches().forEach(Retention::consume);
        gone.stream()
                .sorted(Comparator.comparingLong(this::time).thenComparing(KeptOrder::getOrderId))
                .forEach(order -> forget(state, Hash64.of(order.getOrderId())));
        letGoTakes(takes, gone, state, before);
        state.getOrders().removeIf(gone::contains);
        state.setOrdersFloor(Math.max(state.getOrdersFloor(), before - 1));
        suppressions
                .courses(PurchaseLedger.of(state, countsAt), state.getPublished())
                .all()
                .forEach(course -> {
                    addToBase(course, -1);
                    if (!endedByClock(course, customer.clock())
                            && expired.stream().anyMatch(published -> published == course.published)) {
                        course.published.setBase(course.published.getBase() + 1);
                    }
                });
        customer.purchasesChanged();
        return true;
    }

    /** {@return the orders before an instant but for those still needed; a day of which an order is kept is kept as a whole, where the instant is the start of one} */
    private Set<KeptOrder> gone(List<KeptOrder> orders, long before, List<PurchaseCourse> needed) {
        Set<KeptOrder> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        orders.stream()
                .filter(order -> time(order) < before)
                .filter(order -> needed.stream().noneMatch(course -> course.published != null && course.restsOn(order)))
                .forEach(gone::add);
        if (startOfDay(before) == before) {
            var keptDays = new HashSet<Long>();
            orders.stream().filter(order -> !gone.contains(order)).forEach(order -> keptDays.add(paidDay(order)));
            gone.removeIf(order -> paidDay(order) != NOT_PAID && keptDays.contains(paidDay(order)));
        }
        return gone;
    }

    private static long paidDay(KeptOrder order) {
        var paid = PurchaseLedger.mark(order, OrderStatus.PAID);
        return paid == null ? NOT_PAID : startOfDay(paid.getAt());
    }

    /** {@return whether the last revision that consumers know counts the clock, so that a later one without it must count more} */
    private static boolean endedByClock(PurchaseCourse course, long now) {
        var standing = course.at(now);
        return course.published != null && standing != null && standing.endedByClock();
    }

    /** A revision never falls while consumers know the key: the events that are let go stay counted. */
    private static void addToBase(PurchaseCourse course, int sign) {
        if (course.published != null) {
            course.published.setPage(0);
            course.published.setBase(course.published.getBase() + sign * course.events());
        }
    }

    /** What a take that is kept took from an order that is let go, it must not take again from another. */
    private static void consume(Matched match) {
        if (match.line() != null) {
            match.take().setPage(0);
            match.line().setQuantity(match.line().getQuantity() - match.quantity());
        }
    }

    /** {@return the takes without which an order that is kept would be held again} */
    private Set<Take> takenFromKept(CustomerState state, Set<KeptOrder> gone) {
        Set<Take> takes = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var status : EnumSet.of(OrderStatus.PAID, countsAt)) {
            for (var match : PurchaseLedger.of(state, status).matches()) {
                if (!gone.contains(match.holding().order)) {
                    takes.add(match.take());
                }
            }
        }
        return takes;
    }

    private static void letGoTakes(Set<Take> holding, Set<KeptOrder> gone, CustomerState state, long before) {
        var goneIds = new HashSet<String>();
        var keptIds = new HashSet<String>();
        state.getOrders().forEach(order -> (gone.contains(order) ? goneIds : keptIds).add(order.getOrderId()));
        state.getTakes()
                .removeIf(take -> goneIds.contains(take.getOrderId())
                        || take.getAt() < before && !keptIds.contains(take.getOrderId()) && !holding.contains(take));
    }

    /** {@return when an order last mattered: its payment or the step that counts; its newest step as long as it is not paid} */
    private long time(KeptOrder order) {
        var paid = PurchaseLedger.mark(order, OrderStatus.PAID);
        long newest = 0;
        for (var mark : order.getMarks()) {
            if (paid == null || mark == paid || mark.getStatus() == countsAt.ordinal()) {
                newest = Math.max(newest, mark.getAt());
            }
        }
        return newest;
    }

    private static long startOfDay(long instant) {
        return Math.floorDiv(instant, Purchases.DAY) * Purchases.DAY;
    }

    private interface Time<T> {
        long of(T detail);
    }

    private static <T> long median(List<T> details, Time<T> time) {
        return details.stream()
                .mapToLong(time::of)
                .sorted()
                .skip(details.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static <T> long newest(List<T> details, Time<T> time) {
        return details.stream().mapToLong(time::of).max().orElse(0);
    }

    /** {@return how many details an erasure forgets} */
    static int details(Customer customer) {
        var state = customer.state();
        int answers = state.getAnswers().stream()
                .mapToInt(answer -> 1 + answer.getOlderVersions().size())
                .sum();
        int steps = state.getTickets().stream()
                .mapToInt(ticket -> ticket.getMarks().size())
                .sum();
        int orders = state.getOrders().stream()
                .mapToInt(order -> order.getMarks().size())
                .sum();
        return orders
                + state.getTakes().size()
                + answers
                + steps
                + state.getClicks().size()
                + state.getInvitations().size();
    }
}
