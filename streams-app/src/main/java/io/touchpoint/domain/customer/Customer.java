package io.touchpoint.domain.customer;

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
    private PurchaseLedger ledger;
    private Outlook outlook;

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
        return new Customer(state);
    }

    static CustomerState blank(long erasedAt) {
        var past = new Past(0, 0, 0, 0L, 0L, 0L, 0L, 0, 0, 0, new ArrayList<>());
        var state = new CustomerState();
        state.setCustomerId("");
        state.setErasedAt(erasedAt);
        state.setOrders(new ArrayList<>());
        state.setTakes(new ArrayList<>());
        state.setAnswers(new ArrayList<>());
        state.setTickets(new ArrayList<>());
        state.setClicks(new ArrayList<>());
        state.setConsents(new ArrayList<>());
        state.setRecentIds(new ArrayList<>());
        state.setPublished(new ArrayList<>());
        state.setVotes(new ArrayList<>());
        state.setForgottenOrders(new ArrayList<>());
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

    PurchaseLedger ledger() {
        return ledger;
    }

    void ledger(PurchaseLedger ledger) {
        this.ledger = ledger;
    }

    Outlook outlook() {
        return outlook;
    }

    void outlook(Outlook outlook) {
        this.outlook = outlook;
    }

    /** Nothing is kept but that events up to this time are refused. */
    void forget(long erasedAt) {
        state = blank(Math.max(erasedAt, state.getErasedAt()));
        purchasesChanged();
    }

    /** Orders or takes changed. */
    void purchasesChanged() {
        ledger = null;
        outlook = null;
    }

    /** Something other than purchases changed that a decision may rest on, or time moved past a deadline. */
    void standingChanged() {
        outlook = null;
    }
}
