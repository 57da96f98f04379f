package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.measure.CreditMeasures.Earned;
import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.state.Answer;
import io.touchpoint.records.state.AttributionTerms;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.ExpectedValues;
import io.touchpoint.records.state.KeptInvitation;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Everything that is counted of a customer. The facts of a customer are a function of what is kept; for a change the difference between the facts before and after is told,
 * and nothing where they are the same. Not thread-safe.
 */
public final class CustomerMeasures {

    /** What conversion and the cost of acquisition look back by definition, whatever attribution does. */
    private static final long MONTH = Duration.ofDays(30).toMillis();

    private final Families counted;
    private final Map<String, List<Long>> tiers;
    private final MoneyNames.Book names = new MoneyNames.Book();
    private final TicketOutline.Names ticketNames = new TicketOutline.Names();
    /** By which the orders of now share their credit, and the clicks by which a click day converts and a customer is won. */
    private final CreditRules credited;

    private final ClickPaths winning;
    private final OrderMeasures orders;
    private final BuyerMeasures buyers = new BuyerMeasures();
    private final PeriodMeasures periodBuyers;
    private final LifetimeMeasures lifetime;
    private final ExpectedMeasures expected;
    private final CreditMeasures credit;
    private final ClickDays clickDays;
    private final JourneyMeasures journey = new JourneyMeasures();

    /**
     * @param zone of the calendar
     * @param attribution which clicks earn credit
     * @param tiers bounds of the value tiers by currency
     * @param counted which measures anything rests on; nothing is computed for the others alone
     */
    public CustomerMeasures(
            ZoneId zone, AttributionRules attribution, Map<String, List<Long>> tiers, Predicate<Measure> counted) {
        var periods = new Periods(zone);
        this.counted = new Families(counted);
        this.tiers = tiers;
        this.credited = CreditRules.of(attribution);
        this.winning = new ClickPaths(MONTH);
        this.orders = new OrderMeasures(names);
        this.periodBuyers = new PeriodMeasures(periods);
        this.lifetime = new LifetimeMeasures(names, periods);
        this.expected = new ExpectedMeasures(names, periods);
        this.credit = new CreditMeasures(names);
        this.clickDays = new ClickDays(winning);
    }

    /** {@return milliseconds for which the clicks before an order matter} */
    public long lookback() {
        return Math.max(credited.paths().lookback(), winning.lookback());
    }

    /** {@return whether anything is counted for which the paid orders are needed} */
    public boolean countOrders() {
        return counted.orders || counted.buyers || counted.periodBuyers || counted.lifetime || counted.ofClicks();
    }

    /** {@return whether anything is counted that rests on clicks and the orders after them} */
    public boolean countClicks() {
        return counted.ofClicks();
    }

    /** {@return whether the cost of clicks is counted} */
    public boolean countCosts() {
        return counted.adCost;
    }

    /** {@return whether steps of journeys are counted} */
    public boolean countJourneys() {
        return counted.journey;
    }

    /** {@return whether it is counted what is expected of customers} */
    public boolean countExpected() {
        return counted.expected;
    }

    /** {@return the country itself, {@code unknown} for null} */
    public static String country(String country) {
        return country == null ? PaidOrder.UNKNOWN : country;
    }

    /**
     * {@return what builds the orders of a customer}
     *
     * @param known the orders before, null when they are not known
     * @param terms the rules of attribution that its orders are numbered by
     */
    public PaidOrders.Builder orders(PaidOrders known, List<AttributionTerms> terms) {
        return new PaidOrders.Builder(known, tiers, order -> rules(terms, order.getTerms()));
    }

    private CreditRules rules(List<AttributionTerms> terms, int number) {
        return number == 0 ? credited : CreditRules.of(terms.get(number - 1));
    }

    /**
     * Tells what became of paid orders.
     *
     * @param clicksFloor epoch milliseconds up to which clicks may have been let go
     */
    public void sales(
            PaidOrders before,
            PaidOrders after,
            PastOrders past,
            List<Click> clicks,
            long clicksFloor,
            FactSink facts,
            CreditSink credits) {
        var changes = PaidOrders.changes(before, after);
        if (changes.isEmpty()) {
            return;
        }
        for (var change : changes) {
            if (counted.orders) {
                orders.tell(change, facts);
            }
            if (change.ofPayment()) {
                payment(change, before, after, past, clicks, clicksFloor, facts);
            }
            if (counted.credit) {
                credit.tell(earned(change.before(), clicks), earned(change.after(), clicks), facts, credits);
            }
        }
        if (counted.lifetime) {
            lifetime.tell(changes, before, after, past, facts);
        }
    }

    private void payment(
            PaidOrders.Change change,
            PaidOrders before,
            PaidOrders after,
            PastOrders past,
            List<Click> clicks,
            long clicksFloor,
            FactSink facts) {
        if (counted.buyers) {
            buyers.tell(change, before, after, facts);
        }
        if (counted.periodBuyers) {
            periodBuyers.tell(change, before, after, past.floor(), facts);
        }
        if (counted.clickDays) {
            clickDays.convert(change, before, after, clicks, clicksFloor, facts);
        }
        if (counted.newCustomers) {
            NewCustomer.tell(
                    NewCustomer.of(before, past, clicks, winning), NewCustomer.of(after, past, clicks, winning), facts);
        }
    }

    /**
     * Tells what is expected of a customer at the ends of months, after something that happened to the orders.
     *
     * @param told what was told before, null for nothing
     * @param since epoch milliseconds of what happened; what ends no later stays as it was told
     * @param until epoch milliseconds after which nothing is expected
     * @param settled epoch milliseconds; what ends no later is never told again
     * @return what is told now, null for nothing
     */
    public ExpectedValues expected(
            ExpectedValues told, long since, long until, long settled, Expectation expectation, FactSink facts) {
        return expected.tell(told, since, until, settled, expectation, facts);
    }

    /** Takes back what was told to be expected of a customer who is forgotten, but for the months that ended by then. */
    public void expectsNoMore(ExpectedValues told, long at, FactSink facts) {
        expected.takeBack(told, at, facts);
    }

    private Earned earned(PaidOrder order, List<Click> clicks) {
        return order == null ? null : new Earned(order, order.rules.paths().to(order.paidAt, clicks));
    }

    /** What rests on the clicks of a customer, before one is added or changed. */
    public static final class ClickProbe {
        private final ClickDays.Probe days;
        private final boolean winning;
        private final NewCustomer newCustomer;
        private final List<Earned> earned;

        private ClickProbe(ClickDays.Probe days, boolean winning, NewCustomer newCustomer, List<Earned> earned) {
            this.days = days;
            this.winning = winning;
            this.newCustomer = newCustomer;
            this.earned = earned;
        }
    }

    /**
     * Looks at what may change with a click.
     *
     * @param old the click as it is kept, null when it is new
     * @param now the click as it will be
     */
    public ClickProbe clickComes(
            List<Click> clicks, Click old, Click now, long clicksFloor, PaidOrders paid, PastOrders past) {
        List<Earned> earned = List.of();
        long from = old == null ? now.getAt() : Math.min(old.getAt(), now.getAt());
        boolean wins = false;
        for (int i = paid.from(from); i < paid.size(); i++) {
            var order = paid.get(i);
            wins |= counted.newCustomers && winning.lead(old, now, order.paidAt);
            if (counted.credit && order.rules.paths().lead(old, now, order.paidAt)) {
                earned = earned.isEmpty() ? new ArrayList<>(2) : earned;
                earned.add(earned(order, clicks));
            }
        }
        return new ClickProbe(
                counted.clickDays ? clickDays.before(clicks, old, now, clicksFloor) : null,
                wins,
                wins ? NewCustomer.of(paid, past, clicks, winning) : null,
                earned);
    }

    /** Tells what changed with a click that is kept by now. */
    public void clickCame(
            ClickProbe probe,
            List<Click> clicks,
            PaidOrders paid,
            PastOrders past,
            FactSink facts,
            CreditSink credits) {
        if (counted.clickDays) {
            clickDays.after(probe.days, clicks, paid, facts);
        }
        for (var earned : probe.earned) {
            credit.tell(earned, earned(earned.order(), clicks), facts, credits);
        }
        if (probe.winning) {
            NewCustomer.tell(probe.newCustomer, NewCustomer.of(paid, past, clicks, winning), facts);
        }
    }

    /** {@return whether a click is one on retargeting whose cost is known} */
    public static boolean costs(Click click) {
        return click.getRetargeting() && click.getCost() != null && click.getCost() != 0;
    }

    /**
     * Counts the cost of a click.
     *
     * @param leaked whether what it advertised was suppressed
     * @param sign 1, or −1 to take it back
     */
    public void cost(Click click, boolean leaked, int sign, FactSink facts) {
        AdCost.of(click, leaked).count(sign, names.in(click.getCurrency()), facts);
    }

    /**
     * Counts the cost of a click as leaked.
     *
     * @param sign 1, or −1 to take it back
     */
    public void leak(Click click, int sign, FactSink facts) {
        AdCost.of(click, true).countLeak(sign, names.in(click.getCurrency()), facts);
    }

    /** An answer about satisfaction or effort as it counts, before it changes; null when it does not. */
    public static final class AnswerProbe {
        private final SurveyAnswer counted;

        private AnswerProbe(SurveyAnswer counted) {
            this.counted = counted;
        }
    }

    /**
     * Looks at an answer.
     *
     * @param answer null when there is none
     */
    public AnswerProbe answerComes(Answer answer) {
        return new AnswerProbe(counted.answers ? SurveyAnswer.of(answer) : null);
    }

    /** Tells what changed with an answer. */
    public void answerCame(AnswerProbe probe, Answer answer, FactSink facts) {
        var now = counted.answers ? SurveyAnswer.of(answer) : null;
        if (probe.counted == null ? now != null : !probe.counted.equals(now)) {
            if (probe.counted != null) {
                probe.counted.count(-1, facts);
            }
            if (now != null) {
                now.count(1, facts);
            }
        }
    }

    /** Counts an invitation, or with −1 takes it back. */
    public void invitation(KeptInvitation invitation, int sign, FactSink facts) {
        if (counted.invitations) {
            Invited.count(Measures.INVITATIONS, invitation, sign, facts);
        }
    }

    /** Counts an invitation as answered, or with −1 takes it back. */
    public void answered(KeptInvitation invitation, int sign, FactSink facts) {
        if (counted.invitations) {
            Invited.count(Measures.INVITATIONS_ANSWERED, invitation, sign, facts);
        }
    }

    /**
     * Tells what became of a ticket.
     *
     * @param before null when it was not known
     */
    public void ticket(TicketOutline before, TicketOutline after, FactSink facts) {
        if (counted.tickets && !after.equals(before)) {
            if (before != null) {
                before.count(-1, ticketNames, facts);
            }
            after.count(1, ticketNames, facts);
        }
    }

    /** Tells that a customer is known, since this time; 0 stands for not known. */
    public void profile(long firstSeenBefore, long firstSeen, FactSink facts) {
        if (firstSeenBefore != firstSeen) {
            if (firstSeenBefore != 0) {
                facts.fact(Measures.PROFILES.id(), Facts.ALL, "", firstSeenBefore, -1);
            }
            facts.fact(Measures.PROFILES.id(), Facts.ALL, "", firstSeen, 1);
        }
    }

    /** Tells that a customer is at another churn level from then on. */
    public void level(ChurnLevel before, ChurnLevel after, long at, FactSink facts) {
        level(before, at, -1, facts);
        level(after, at, 1, facts);
    }

    private static void level(ChurnLevel level, long at, int sign, FactSink facts) {
        if (level != ChurnLevel.HEALTHY) {
            facts.fact(Measures.CHURN_LEVEL.id(), Dimensions.LEVEL, level.name(), at, sign);
        }
    }

    /**
     * Tells that a customer is in so many more audiences of a platform from then on.
     *
     * @param more negative when they left
     */
    public static void memberships(String platform, int more, long at, FactSink facts) {
        facts.fact(Measures.AUDIENCE_MEMBERS.id(), Dimensions.PLATFORM, platform, at, more);
    }

    /**
     * Takes a customer who is forgotten out of what counts those who are there: at the time of that, so that what was true before stays. All that
     * counts what happened is left alone.
     */
    public void forgotten(List<TicketOutline> tickets, long at, FactSink facts) {
        facts.fact(Measures.PROFILES.id(), Facts.ALL, "", at, -1);
        if (counted.tickets) {
            tickets.forEach(ticket -> ticket.leave(at, facts));
        }
    }

    /**
     * Tells the steps to and from an event that is kept by now.
     *
     * @param newest the newest step before, null when it is not known
     * @return the newest step now, null when it is not known
     */
    public JourneyStep stepAdded(CustomerState state, JourneyStep step, JourneyStep newest, FactSink facts) {
        return journey.added(state, step, newest, facts);
    }

    /** Takes back the steps to and from an event that took place elsewhere: it is no longer kept as it was, but as it is now. */
    public void stepMoved(CustomerState state, JourneyStep was, JourneyStep is, FactSink facts) {
        journey.removed(state, was, is, facts);
        journey.added(state, is, null, facts);
    }
}
