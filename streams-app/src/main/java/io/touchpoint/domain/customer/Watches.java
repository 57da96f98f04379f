package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.domain.measure.PaidOrders;
import io.touchpoint.domain.measure.PastOrders;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Money;
import java.util.List;

/** Chooses what to watch of a customer for an event, and has what every watch needs. */
final class Watches {

    private static final ChurnLevel[] LEVELS = ChurnLevel.values();

    private final CustomerMeasures measures;
    private final PurchaseSuppressions suppressions;
    private final OrderStatus countsAt;
    private final Expectations.Teller expectations;

    /** @param countsAt the order status at which purchases count for suppressions */
    Watches(
            CustomerMeasures measures,
            PurchaseSuppressions suppressions,
            OrderStatus countsAt,
            Expectations.Teller expectations) {
        this.measures = measures;
        this.suppressions = suppressions;
        this.countsAt = countsAt;
        this.expectations = expectations;
    }

    /** {@return what tells what an event changes, before the event is applied} */
    Watch over(Customer customer, CustomerEvent event) {
        var state = customer.state();
        if (event.body() instanceof OrderEvent order) {
            return new OrderWatch(this, customer, event, order);
        }
        if (event.body() instanceof AdClick click) {
            return new ClickWatch(this, customer, event, click);
        }
        if (event.body() instanceof SurveyResponse survey) {
            return new AnswerWatch(this, customer, event, survey);
        }
        if (event.body() instanceof SupportEvent support) {
            return new TicketWatch(this, customer, event, support);
        }
        if (event.body() instanceof SurveyInvitation invitation) {
            return new InvitationWatch(this, customer, invitation);
        }
        var reach = List.copyOf(state.getReach());
        return (verdict, out) -> Reach.tell(reach, state, event, out);
    }

    /** Tells since when a customer is known. */
    void seen(long firstSeenBefore, long firstSeen, Decisions out) {
        measures.profile(firstSeenBefore, firstSeen, out);
    }

    /** Tells that everything known of a customer is about to be forgotten. */
    void forgotten(CustomerState state, long at, Decisions out) {
        measures.level(LEVELS[state.getChurnLevel()], ChurnLevel.HEALTHY, at, out);
        measures.expectsNoMore(state.getExpected(), at, out);
        Reach.leave(state, at, out);
        measures.forgotten(state.getTickets().stream().map(Tickets::outline).toList(), at, out);
    }

    /** Tells what is expected of a customer, to whose orders something happened that is kept by now. */
    void expected(Customer customer, long since, Decisions out) {
        if (measures.countExpected()) {
            expectations.tell(customer, since, measures, out);
        }
    }

    /** Tells anew what is expected of a customer from an instant on, by a model that is another. */
    void expectedAnew(Customer customer, long clock, Decisions out) {
        if (measures.countExpected()) {
            expectations.tellAnew(customer, clock, measures, out);
        }
    }

    CustomerMeasures measures() {
        return measures;
    }

    PurchaseSuppressions suppressions() {
        return suppressions;
    }

    boolean countsAt(OrderStatus status) {
        return switch (status) {
            // Also by PAID where another status counts: its lines may stand for those of that step.
            case CANCELLED, RETURNED, PAID -> true;
            case PLACED, SHIPPED, DELIVERED -> status == countsAt;
        };
    }

    /** {@return what suppressions rest on} */
    PurchaseLedger counted(Customer customer) {
        return countsAt == OrderStatus.PAID ? customer.paid() : PurchaseLedger.of(customer.state(), countsAt);
    }

    /** {@return the paid orders of a customer} */
    PaidOrders paidOrders(Customer customer) {
        if (customer.paidOrders() == null) {
            derive(customer, null);
        }
        return customer.paidOrders();
    }

    /**
     * {@return the paid orders of a customer, derived anew}
     *
     * @param known the paid orders as they were, null when that is not known
     */
    PaidOrders derive(Customer customer, PaidOrders known) {
        var ledger = customer.paid();
        var orders = measures.orders(known, customer.state().getTerms());
        for (var holding : ledger.holdings()) {
            boolean touched = holding.left < holding.bought.getQuantity();
            orders.line(holding.order, holding.eventId, holding.paidAt, holding.bought, holding.left, touched);
        }
        for (var match : ledger.matches()) {
            var holding = match.holding();
            orders.taken(holding.order, holding.bought, match.currency(), match.quantity() * match.price());
        }
        customer.derived(orders.build());
        return customer.paidOrders();
    }

    static PastOrders past(CustomerState state) {
        var past = state.getPast();
        if (past.getPaidOrders() == 0) {
            return PastOrders.NONE;
        }
        return new PastOrders(
                true,
                past.getFirstPaid(),
                past.getFirstCountry(),
                past.getMoney().stream()
                        // Where only returns were paid back, nothing was bought; what was bought may have been free.
                        .filter(money -> money.getGross() > 0 || money.getReturned() == 0)
                        .map(Money::getCurrency)
                        .toList(),
                state.getOrdersFloor());
    }

    /** {@return what tells credits, caused by an event} */
    CreditBook credits(Customer customer, CustomerEvent event, Decisions out) {
        return new CreditBook(customer, event, out);
    }

    /** Tells the steps of the journey to and from an event that is kept by now. */
    void journey(Customer customer, JourneyStep was, JourneyStep is, Verdict verdict, Decisions out) {
        if (!measures.countJourneys()) {
            return;
        }
        if (verdict == Verdict.FOLDED) {
            customer.newestStep(measures.stepAdded(customer.state(), is, customer.newestStep(), out));
        } else if (was != null && !was.equals(is)) {
            measures.stepMoved(customer.state(), was, is, out);
            customer.newestStep(null);
        }
    }
}
