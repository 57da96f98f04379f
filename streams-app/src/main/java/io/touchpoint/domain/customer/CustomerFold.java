package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.PublishedSuppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns the events of one customer into decisions. Pure but for the customer it is given: no clock, no input, no output.
 *
 * <p>What is published is a function of the set of events and of the clock, not of the order of arrival: the state keeps the events in a compact form, and everything
 * else is derived from them again whenever they change. Before an event is applied, the customer's own deadlines up to its time are fired, each at its own instant.
 */
public final class CustomerFold {

    static final SuppressionScope[] SCOPES = SuppressionScope.values();
    private static final ChurnLevel[] LEVELS = ChurnLevel.values();

    private final Policy policy;
    private final Limits limits;
    private final Orders orders;
    private final Touches touches;
    private final PurchaseSuppressions purchaseSuppressions;
    private final AllSuppression allSuppression;
    private final ChurnStanding.Reader churn;
    private final Retention retention;
    private final ProfileView profiles;

    /**
     * @param policy the rules to decide by
     * @param limits how much to keep of one customer
     */
    public CustomerFold(Policy policy, Limits limits) {
        long tombstoneAfter = limits.tombstoneAfter().toMillis();
        this.policy = policy;
        this.limits = limits;
        this.orders = new Orders(policy.suppression().countsAt(), limits);
        this.touches = new Touches(limits);
        this.purchaseSuppressions = new PurchaseSuppressions(policy.suppression(), tombstoneAfter);
        this.allSuppression =
                new AllSuppression(policy.suppression().detractorCoolDown().toMillis(), tombstoneAfter);
        this.churn = new ChurnStanding.Reader(policy.churn());
        this.retention = new Retention(limits, policy.suppression().countsAt(), purchaseSuppressions);
        this.profiles = new ProfileView(policy, churn);
    }

    /**
     * Applies one event.
     *
     * @return whether it counts, repeats what is known, or is refused; a refused one changed nothing
     */
    public Verdict apply(Customer customer, CustomerEvent event, Decisions out) {
        var state = customer.state();
        if (event.occurredAt() <= state.getErasedAt()) {
            return event.body() instanceof ErasureRequest
                    ? Verdict.DUPLICATE
                    : new Verdict.Refused(new Refusal(
                            Refusal.Reason.ERASED, "occurred before the erasure of its customer"));
        }
        if (event.body() instanceof ErasureRequest request) {
            erase(customer, event, request, out);
            return Verdict.FOLDED;
        }
        if (customer.known()
                && event.occurredAt()
                        < state.getLastSeen() - limits.historyHorizon().toMillis()) {
            return Verdict.tooLate("more than " + limits.historyHorizon() + " before the customer's newest event");
        }
        if (customer.known()) {
            advance(customer, event.occurredAt(), out);
        }
        var verdict = dispatch(customer, event, out);
        if (!(verdict instanceof Verdict.Refused)) {
            state.setCustomerId(event.customerId());
            state.setFirstSeen(customer.known() ? Math.min(state.getFirstSeen(), event.occurredAt()) : event.occurredAt());
            state.setLastSeen(Math.max(state.getLastSeen(), event.occurredAt()));
            retention.trim(customer);
            if (customer.outlook() == null) {
                decide(customer, out);
            }
        }
        return verdict;
    }

    private Verdict dispatch(Customer customer, CustomerEvent event, Decisions out) {
        var state = customer.state();
        if (event.body() instanceof AdClick click) {
            return touches.click(state, event, click);
        }
        if (event.body() instanceof SurveyInvitation) {
            return Touches.once(state, "invitation", event);
        }
        if (event.body() instanceof OrderEvent order) {
            var verdict = orders.apply(state, event, order);
            if (!(verdict instanceof Verdict.Refused)) {
                customer.purchasesChanged();
            }
            return verdict;
        }
        var verdict = standing(customer, event);
        if (!(verdict instanceof Verdict.Refused)) {
            customer.standingChanged();
            if (event.body() instanceof SurveyResponse) {
                Votes.recast(state, out);
            }
        }
        return verdict;
    }

    /** Applies an event that the scope ALL may rest on. */
    private static Verdict standing(Customer customer, CustomerEvent event) {
        var state = customer.state();
        Verdict verdict;
        boolean concernsAll = true;
        if (event.body() instanceof SurveyResponse survey) {
            verdict = Answers.apply(state, event, survey);
            concernsAll = survey.getKind() == SurveyKind.NPS;
        } else if (event.body() instanceof SupportEvent support) {
            verdict = Tickets.apply(state, event, support);
        } else if (event.body() instanceof CustomerContact contact) {
            verdict = Touches.contact(state, event, contact);
        } else {
            verdict = Touches.withdrawContact(state, event);
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
        for (var next = outlook(customer).next(); next <= clock; next = outlook(customer).next()) {
            customer.state().setBroughtTo(next);
            customer.standingChanged();
            decide(customer, out);
        }
    }

    /** {@return epoch milliseconds of the next deadline, {@link Long#MAX_VALUE} when there is none} */
    public long nextDeadline(Customer customer) {
        return customer.known() ? outlook(customer).next() : Deadlines.NEVER;
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
            var countsAt = policy.suppression().countsAt();
            if (customer.ledger() == null) {
                customer.ledger(PurchaseLedger.of(state, OrderStatus.PAID));
            }
            var deadlines = new Deadlines(customer.clock());
            var purchases = new Purchases(state, customer.ledger());
            var counted = countsAt == OrderStatus.PAID ? customer.ledger() : PurchaseLedger.of(state, countsAt);
            var standings = purchaseSuppressions.standings(counted, deadlines);
            var all = allSuppression.standing(state, deadlines);
            if (all != null) {
                standings.add(all);
            }
            var level = churn.standing(state, purchases, deadlines);
            customer.outlook(new Outlook(deadlines.last(), deadlines.next(), standings, purchases, level));
        }
        return customer.outlook();
    }

    /** Tells what changed since consumers were told last. */
    private void decide(Customer customer, Decisions out) {
        var outlook = outlook(customer);
        long at = asOf(customer);
        decideSuppressions(customer, outlook, at, out);
        decideChurn(customer, outlook, at, out);
    }

    private void decideSuppressions(Customer customer, Outlook outlook, long at, Decisions out) {
        var state = customer.state();
        var known = new HashMap<String, PublishedSuppression>();
        for (var published : state.getPublished()) {
            known.put(key(published), published);
        }
        var published = new ArrayList<PublishedSuppression>(outlook.standings().size());
        for (var standing : outlook.standings()) {
            var before = known.remove(Standing.key("", standing.scope(), standing.value()));
            int base = before == null ? 0 : before.getBase();
            long digest = standing.digest(base);
            if (before == null || before.getDigest() != digest) {
                out.suppression(
                        Standing.key(state.getCustomerId(), standing.scope(), standing.value()),
                        standing.record(state.getCustomerId(), base, policy.version()),
                        at);
            }
            published.add(new PublishedSuppression(
                    standing.scope().ordinal(), standing.value(), digest, standing.active(), base));
        }
        tombstones(state.getCustomerId(), known, at, out);
        state.setPublished(published);
    }

    private static void tombstones(
            String customerId, Map<String, PublishedSuppression> gone, long at, Decisions out) {
        gone.values().stream()
                .map(published -> Standing.key(customerId, SCOPES[published.getScope()], published.getValue()))
                .sorted()
                .forEach(key -> out.suppression(key, null, at));
    }

    private static String key(PublishedSuppression published) {
        return Standing.key("", SCOPES[published.getScope()], published.getValue());
    }

    private void decideChurn(Customer customer, Outlook outlook, long at, Decisions out) {
        var state = customer.state();
        var standing = outlook.churn();
        var previous = LEVELS[state.getChurnLevel()];
        if (standing.level() == previous) {
            return;
        }
        state.setChurnLevel(standing.level().ordinal());
        var pAlive = churn.pAlive(standing, at);
        var value = churn.expectedValue(standing, outlook.purchases(), at);
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
        var known = new HashMap<String, PublishedSuppression>();
        state.getPublished().forEach(published -> known.put(key(published), published));
        boolean profile = customer.known();
        int details = Retention.details(customer);
        tombstones(event.customerId(), known, event.occurredAt(), out);
        if (profile) {
            out.churn(event.customerId(), null, event.occurredAt());
        }
        customer.forget(event.occurredAt());
        out.erased(
                event.customerId(),
                new ErasureReceipt(
                        CustomerHash.hex(event.customerId()),
                        event.eventId(),
                        request.getRequestedBy(),
                        Instant.ofEpochMilli(event.occurredAt()),
                        profile ? 1 : 0,
                        known.size(),
                        details),
                event.occurredAt());
    }
}
