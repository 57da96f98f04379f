package io.touchpoint.domain.customer;

import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.domain.measure.PaidOrders;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Past;
import java.util.ArrayList;

/**
 * One customer while being worked on: the state that is stored, and what was derived from it and still holds.
 *
 * <p>Not thread-safe; lives in the memory of the one task that owns the customer.
 */
public final class Customer {

    private CustomerState state;
    private PurchaseLedger paid;
    private PaidOrders paidOrders;
    private JourneyStep newestStep;
    private Purchases purchases;
    private PurchaseCourses courses;
    private AllSuppression.Run all;
    private Audiences.Reachable reachable;
    private Audiences.Reachable reachableBefore;
    private Outlook outlook;
    private boolean told;
    private boolean reviewed;
    private int bytes = -1;
    private long agedTo;

    private Customer(CustomerState state) {
        this.state = state;
    }

    /** {@return a customer of whom nothing is known yet} */
    public static Customer unknown() {
        return new Customer(blank(0));
    }

    /** {@return the customer that was stored as this state, which is the customer's own from now on} */
    public static Customer of(CustomerState state) {
        // The lists that Avro reads into refuse removeIf.
        state.setOrders(new ArrayList<>(state.getOrders()));
        state.setTakes(new ArrayList<>(state.getTakes()));
        state.setAnswers(new ArrayList<>(state.getAnswers()));
        state.setTickets(new ArrayList<>(state.getTickets()));
        state.setClicks(new ArrayList<>(state.getClicks()));
        state.setVotes(new ArrayList<>(state.getVotes()));
        state.setInvitations(new ArrayList<>(state.getInvitations()));
        return new Customer(state);
    }

    static CustomerState blank(long erasedAt) {
        var past = new Past(0, 0, 0, 0L, 0L, 0L, 0L, 0, 0, 0, new ArrayList<>(0), "");
        var state = new CustomerState();
        state.setCustomerId("");
        state.setErasedAt(erasedAt);
        state.setOrders(new ArrayList<>(2));
        state.setTakes(new ArrayList<>(0));
        state.setAnswers(new ArrayList<>(2));
        state.setTickets(new ArrayList<>(2));
        state.setClicks(new ArrayList<>(2));
        state.setConsents(new ArrayList<>(1));
        state.setReach(new ArrayList<>(1));
        state.setRecentIds(new ArrayList<>(2));
        state.setPublished(new ArrayList<>(2));
        state.setVotes(new ArrayList<>(2));
        state.setForgottenOrders(new ArrayList<>(0));
        state.setInvitations(new ArrayList<>(0));
        state.setPages(new ArrayList<>(0));
        state.setTerms(new ArrayList<>(1));
        state.setPast(past);
        return state;
    }

    /** {@return the state to store; owned by this customer, not to be changed by others} */
    public CustomerState state() {
        return state;
    }

    /** {@return whether any event makes up a profile; false before the first one and after an erasure} */
    public boolean known() {
        return state.getLastSeen() > 0;
    }

    /** {@return epoch milliseconds up to which this customer's deadlines have fired} */
    long clock() {
        return Math.max(state.getLastSeen(), state.getBroughtTo());
    }

    /** {@return the ledger of the paid lines} */
    PurchaseLedger paid() {
        if (paid == null) {
            paid = PurchaseLedger.of(state, OrderStatus.PAID);
        }
        return paid;
    }

    /** {@return the paid orders as the measures see them, null when they are to be derived anew} */
    PaidOrders paidOrders() {
        return paidOrders;
    }

    void derived(PaidOrders newOrders) {
        paidOrders = newOrders;
    }

    /** {@return the newest step of the journey, null when it is not known} */
    JourneyStep newestStep() {
        return newestStep;
    }

    void newestStep(JourneyStep step) {
        newestStep = step;
    }

    /** {@return what the paid orders add up to} */
    Purchases purchases() {
        if (purchases == null) {
            purchases = new Purchases(state, paid());
        }
        return purchases;
    }

    /** {@return how the suppressions by purchase run, null when it is to be derived anew} */
    PurchaseCourses courses() {
        return courses;
    }

    void derived(PurchaseCourses newCourses) {
        courses = newCourses;
    }

    /** {@return how the suppression of scope ALL runs, null when it is to be derived anew} */
    AllSuppression.Run all() {
        return all;
    }

    void derived(AllSuppression.Run newAll) {
        all = newAll;
    }

    /** {@return how platforms know the customer, null when it is to be derived anew} */
    Audiences.Reachable reachable() {
        return reachable;
    }

    void derived(Audiences.Reachable newReachable) {
        reachable = newReachable;
    }

    /** {@return how platforms knew the customer before contact data came that they were not told of yet, null when none did} */
    Audiences.Reachable reachableBefore() {
        return reachableBefore;
    }

    /** Contact data came. */
    void contactChanged(Audiences.Reachable before) {
        reachableBefore = reachableBefore == null ? before : reachableBefore;
        reachable = null;
    }

    /** Platforms were told of it. */
    void contactSettled() {
        reachableBefore = null;
    }

    Outlook outlook() {
        return outlook;
    }

    void outlook(Outlook newOutlook) {
        outlook = newOutlook;
    }

    /** {@return whether consumers were told all there is to tell} */
    boolean told() {
        return told;
    }

    void tell() {
        told = true;
    }

    /** {@return whether other rules apply than when it was decided last, and not an event or time is what changes anything} */
    boolean isReviewed() {
        return reviewed;
    }

    void reviewing(boolean now) {
        reviewed = now;
    }

    /** Nothing is kept but that events up to this time are refused. */
    void forget(long erasedAt) {
        long audienceRevision = state.getAudienceRevision();
        state = blank(Math.max(erasedAt, state.getErasedAt()));
        // No datum of the person, and what is told of a successor must not look older.
        state.setAudienceRevision(audienceRevision);
        reachable = null;
        reachableBefore = null;
        bytes = -1;
        agedTo = 0;
        newestStep = null;
        purchasesChanged();
        standingChanged();
    }

    /** Orders or takes changed. */
    void purchasesChanged() {
        paid = null;
        paidOrders = null;
        purchases = null;
        courses = null;
        timePassed();
    }

    /** Something other than purchases changed that a decision may rest on. */
    void standingChanged() {
        all = null;
        timePassed();
    }

    /** Time moved past a deadline. */
    void timePassed() {
        outlook = null;
        told = false;
    }

    /** {@return epoch milliseconds before which nothing is left to let go for its age, 0 when that is not known} */
    long agedTo() {
        return agedTo;
    }

    void agedTo(long instant) {
        agedTo = instant;
    }

    /** {@return bytes the state takes at most, when stored; counted at first, then kept up by {@link #grew}} */
    public int bytes() {
        if (bytes < 0) {
            recount();
        }
        return bytes;
    }

    int recount() {
        bytes = StateBytes.of(state);
        return bytes;
    }

    void grew(int more) {
        bytes = bytes < 0 ? bytes : bytes + more;
    }
}
