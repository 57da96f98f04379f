package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns the events of one customer into decisions. Pure but for the customer it is given: no clock, no input, no output.
 *
 * <p>What is published is a function of the set of events and of the clock, not of the order of arrival: the state keeps the events in a compact form, and everything
 * else is derived from them again whenever they change. Before an event is applied, the customer's own deadlines up to its time are fired, each at its own instant.
 */
public final class CustomerFold {

    private static final ChurnLevel[] LEVELS = ChurnLevel.values();

    private final Policy policy;
    private final Limits limits;
    private final Orders orders;
    private final Watches watches;
    private final PurchaseSuppressions purchaseSuppressions;
    private final AllSuppression allSuppression;
    private final Audiences audiences;
    private final SuppressionNews news;
    private final ChurnStanding.Reader churn;
    private final Retention retention;
    private final ProfileView profiles;

    /**
     * One that counts everything.
     *
     * @param policy the rules to decide by
     * @param limits how much to keep of one customer
     * @param zone whose midnights begin the days, weeks and months that are counted by
     */
    public CustomerFold(Policy policy, Limits limits, ZoneId zone) {
        this(policy, limits, zone, measure -> true);
    }

    /**
     * @param policy the rules to decide by
     * @param limits how much to keep of one customer
     * @param zone whose midnights begin the days, weeks and months that are counted by
     * @param counted which measures anything rests on; nothing is computed for the others alone
     */
    public CustomerFold(Policy policy, Limits limits, ZoneId zone, Predicate<Measure> counted) {
        var countsAt = policy.suppression().countsAt();
        long tombstoneAfter = limits.tombstoneAfter().toMillis();
        this.policy = policy;
        this.limits = limits;
        this.orders = new Orders(countsAt, policy.attribution());
        this.purchaseSuppressions = new PurchaseSuppressions(policy.suppression(), tombstoneAfter);
        this.allSuppression =
                new AllSuppression(policy.suppression().detractorCoolDown().toMillis(), tombstoneAfter);
        this.audiences = new Audiences(policy.audiences(), policy.version());
        this.news = new SuppressionNews(audiences, policy.version());
        this.churn = new ChurnStanding.Reader(policy.churn());
        var measures = new CustomerMeasures(zone, policy.attribution(), policy.valueTiers(), counted);
        this.watches = new Watches(measures, purchaseSuppressions, countsAt, new Expectations.Teller(churn, limits));
        this.retention = new Retention(limits, measures.lookback(), countsAt, purchaseSuppressions);
        this.profiles = new ProfileView(policy, limits, churn);
    }

    /**
     * Applies one event.
     *
     * @return whether it counts, repeats what is known, or is refused; a refused one changed nothing
     */
    public Verdict apply(Customer customer, CustomerEvent event, Decisions out) {
        var refused = refusal(customer, event);
        if (refused != null) {
            return refused;
        }
        if (customer.known()) {
            advance(customer, event.occurredAt(), out);
        }
        if (event.body() instanceof ErasureRequest request) {
            erase(customer, event, request, out);
            return Verdict.FOLDED;
        }
        var watch = watches.over(customer, event);
        var verdict = dispatch(customer, event, out);
        if (!(verdict instanceof Verdict.Refused)) {
            watch.tell(verdict, out);
            var state = customer.state();
            state.setCustomerId(event.customerId());
            long firstSeen = customer.known() ? Math.min(state.getFirstSeen(), event.occurredAt()) : event.occurredAt();
            watches.seen(state.getFirstSeen(), firstSeen, out);
            state.setFirstSeen(firstSeen);
            state.setLastSeen(Math.max(state.getLastSeen(), event.occurredAt()));
            if (event.body() instanceof SurveyResponse survey && verdict == Verdict.FOLDED) {
                long settled = state.getLastSeen() - limits.orderHorizon().toMillis();
                Answers.letGo(state, survey.getKind().ordinal(), settled);
            }
            customer.grew(StateBytes.growth(event.body(), event.eventId()));
            retention.age(customer);
            retention.trim(customer);
            if (!customer.told()) {
                decide(customer, out);
            }
        }
        return verdict;
    }

    /** {@return why an event cannot be applied, before time is brought up to it; null when it may} */
    private Verdict refusal(Customer customer, CustomerEvent event) {
        var state = customer.state();
        if (event.occurredAt() <= state.getErasedAt()) {
            return event.body() instanceof ErasureRequest
                    ? Verdict.DUPLICATE
                    : new Verdict.Refused(
                            new Refusal(Refusal.Reason.ERASED, "occurred before the erasure of its customer"));
        }
        if (event.body() instanceof ErasureRequest || !customer.known()) {
            return null;
        }
        if (event.occurredAt() < state.getLastSeen() - limits.historyHorizon().toMillis()) {
            return Verdict.tooLate("more than " + limits.historyHorizon() + " before the customer's newest event");
        }
        if (event.body() instanceof OrderEvent order) {
            return Orders.refusal(state, order);
        }
        if (event.body() instanceof SurveyResponse survey) {
            return Answers.refusal(state, survey);
        }
        return event.body() instanceof SupportEvent support ? Tickets.refusal(state, support) : null;
    }

    private Verdict dispatch(Customer customer, CustomerEvent event, Decisions out) {
        var state = customer.state();
        if (event.body() instanceof AdClick click) {
            return Touches.click(state, event, click);
        }
        if (event.body() instanceof SurveyInvitation invitation) {
            return Invitations.apply(state, event, invitation);
        }
        if (event.body() instanceof OrderEvent order) {
            var verdict = orders.apply(state, event, order);
            if (!(verdict instanceof Verdict.Refused) && orders.counts(order.getStatus())) {
                customer.purchasesChanged();
            }
            return verdict;
        }
        var verdict = standing(customer, event, out);
        if (!(verdict instanceof Verdict.Refused)) {
            customer.standingChanged();
            if (event.body() instanceof SurveyResponse survey && Votes.mayRestOn(state, survey)) {
                Votes.recast(state, out);
            }
        }
        return verdict;
    }

    /** Applies an event that the scope ALL may rest on. */
    private Verdict standing(Customer customer, CustomerEvent event, Decisions out) {
        var state = customer.state();
        Verdict verdict;
        boolean concernsAll = true;
        if (event.body() instanceof SurveyResponse survey) {
            verdict = Answers.apply(state, event, survey);
            concernsAll = survey.getKind() == SurveyKind.NPS;
        } else if (event.body() instanceof SupportEvent support) {
            verdict = Tickets.apply(state, event, support);
        } else {
            var contact = event.body() instanceof CustomerContact record ? record : null;
            verdict = audiences.contact(customer, event, contact, out);
        }
        if (verdict == Verdict.FOLDED && concernsAll) {
            state.setAllEvents(state.getAllEvents() + 1);
        }
        return verdict;
    }

    /**
     * Fires what is due, each deadline at its own instant and in order.
     *
     * @param clock epoch milliseconds up to which time has come
     */
    public void advance(Customer customer, long clock, Decisions out) {
        if (!customer.known() || clock < customer.state().getArmed()) {
            return;
        }
        for (var next = nextDeadline(customer); next <= clock && next != Deadlines.NEVER; ) {
            customer.state().setBroughtTo(next);
            customer.timePassed();
            decide(customer, out);
            if (!customer.isReviewed()) {
                audiences.refresh(customer, outlook(customer), next, out);
            }
            next = nextDeadline(customer);
        }
        if (!customer.told()) {
            decide(customer, out);
        }
    }

    /**
     * Decides anew of a customer for whom nothing is armed, since other rules apply than when it was decided last. What the new rules say of the past is told as of then: a
     * suppression that would be over by now ends when it would have ended. Only members are sent again once at most, whatever the new rules would have sent.
     *
     * @param clock epoch milliseconds up to which time has come
     */
    public void review(Customer customer, long clock, Decisions out) {
        if (!customer.known()) {
            return;
        }
        long from = customer.clock();
        int members = customer.state().getAudiences();
        customer.reviewing(true);
        advance(customer, clock, out);
        customer.reviewing(false);
        audiences.refreshOnce(customer, outlook(customer), members, from, clock, out);
        watches.expectedAnew(customer, clock, out);
    }

    /** {@return epoch milliseconds of the next deadline, {@link Long#MAX_VALUE} when there is none} */
    public long nextDeadline(Customer customer) {
        return customer.known() ? Math.min(outlook(customer).next(), audiences.nextRefresh(customer)) : Deadlines.NEVER;
    }

    /** {@return whether the next deadline is at hand without deriving anything anew} */
    public boolean settled(Customer customer) {
        return customer.outlook() != null;
    }

    /** {@return the profile as of customer time} */
    public CustomerProfile profile(Customer customer) {
        return profiles.profile(customer, outlook(customer));
    }

    /** {@return customer time in epoch milliseconds: the newest event or fired deadline} */
    public long asOf(Customer customer) {
        return Math.max(customer.state().getLastSeen(), outlook(customer).boundary());
    }

    /** {@return what can be said about a customer that is known; another fold may answer than the one that decides} */
    public CustomerView view(Customer customer) {
        return new CustomerView(customer, outlook(customer), this, churn, policy);
    }

    /** Lets go what is past both horizons; to be called now and then, before the state is stored. */
    public void age(Customer customer) {
        retention.age(customer);
    }

    /**
     * Lets go the oldest details of a customer whose state is too large to store.
     *
     * @return whether there was anything to let go
     */
    public boolean shrink(Customer customer) {
        return retention.shrink(customer);
    }

    private Outlook outlook(Customer customer) {
        if (customer.outlook() == null) {
            var state = customer.state();
            if (customer.courses() == null) {
                deriveCourses(customer);
            }
            var deadlines = new Deadlines(customer.clock());
            customer.courses().addTo(deadlines);
            if (customer.all() == null || customer.all().next() <= customer.clock()) {
                customer.derived(allSuppression.run(state, customer.clock()));
            }
            customer.all().addTo(deadlines);
            var level = churn.standing(state, customer.purchases(), deadlines);
            customer.outlook(new Outlook(
                    deadlines.last(),
                    deadlines.next(),
                    customer.courses(),
                    customer.all().standing(),
                    customer.purchases(),
                    level));
        }
        return customer.outlook();
    }

    private void deriveCourses(Customer customer) {
        var state = customer.state();
        var countsAt = policy.suppression().countsAt();
        var paid = customer.paid();
        var counted = countsAt == OrderStatus.PAID ? paid : PurchaseLedger.of(state, countsAt);
        customer.derived(purchaseSuppressions.courses(counted, state.getPublished()));
    }

    /** Tells what changed since consumers were told last. */
    private void decide(Customer customer, Decisions out) {
        var outlook = outlook(customer);
        long at = asOf(customer);
        audiences.leave(customer, at, out);
        if (outlook.bought().takeToTell()) {
            decidePurchases(customer, outlook.bought(), at, out);
        }
        decideAll(customer, outlook.all(), at, out);
        audiences.join(customer, outlook, at, out);
        decideChurn(customer, outlook, at, out);
        customer.tell();
    }

    private void decidePurchases(Customer customer, PurchaseCourses courses, long at, Decisions out) {
        for (var orphan : courses.takeOrphans()) {
            news.tell(customer, orphan, null, at, out);
        }
        for (var course : courses.all()) {
            var standing = course.at(customer.clock());
            if (standing != course.told || standing == null && course.published != null) {
                course.published = news.tell(customer, course.published, standing, at, out);
                course.told = standing;
            }
        }
    }

    private void decideAll(Customer customer, Standing all, long at, Decisions out) {
        news.tell(customer, SuppressionNews.ofAll(customer.state()), all, at, out);
    }

    private void decideChurn(Customer customer, Outlook outlook, long at, Decisions out) {
        var state = customer.state();
        var standing = outlook.churn();
        var previous = LEVELS[state.getChurnLevel()];
        if (standing.level() == previous) {
            return;
        }
        state.setChurnLevel(standing.level().ordinal());
        watches.measures().level(previous, standing.level(), at, out);
        var pAlive = churn.pAlive(standing, at);
        var value = churn.expectedValue(outlook.purchases(), at);
        out.churn(
                state.getCustomerId(),
                new ChurnSignal(
                        state.getCustomerId(),
                        standing.level(),
                        previous,
                        pAlive,
                        churn.expectedOrders(standing, at),
                        value,
                        value == null ? null : churn.currency(outlook.purchases()),
                        standing.reasons(pAlive, previous),
                        standing.action(),
                        policy.churn().model().version(),
                        Instant.ofEpochMilli(at)),
                at);
    }

    private void erase(Customer customer, CustomerEvent event, ErasureRequest request, Decisions out) {
        var state = customer.state();
        boolean profile = customer.known();
        long at = profile ? Math.max(asOf(customer), event.occurredAt()) : event.occurredAt();
        int suppressions = state.getPublished().size();
        int details = Retention.details(customer);
        audiences.erase(customer, at, out);
        for (var published : List.copyOf(state.getPublished())) {
            news.tell(customer, published, null, at, out);
        }
        if (profile) {
            out.churn(event.customerId(), null, at);
            watches.forgotten(state, at, out);
        }
        customer.forget(event.occurredAt());
        out.erased(event.customerId(), Receipts.of(event, request, profile, suppressions, details), at);
    }
}
