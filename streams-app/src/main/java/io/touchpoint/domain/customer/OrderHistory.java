package io.touchpoint.domain.customer;

import io.touchpoint.domain.churn.PurchaseHistory;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.CustomerState;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The whole order history of one customer, read by the same ledger as the stream reads it but without its limits: what the churn model is
 * fitted to. Orders may be added in any sequence, and repeatedly.
 */
public final class OrderHistory {

    private static final double WEEK_MILLIS = 604_800_000.0;

    private final CustomerState state = Customer.blank(0);
    private final Orders orders = new Orders(OrderStatus.PAID, AttributionRules.DEFAULT);
    private Purchases purchases;

    /** Adds an order event of this customer that keeps the rules of its contract. */
    public void add(OrderEvent order) {
        orders.apply(state, CustomerEvent.of(order), order);
        purchases = null;
    }

    /** {@return the currencies in which this customer paid, in the order of their codes} */
    public List<String> currencies() {
        return purchases().currencies();
    }

    /**
     * The days on which something was paid that is still held, seen from an instant.
     *
     * @param until the end of the observation, no earlier than any order that was added
     * @param currency the currency of the value; a customer who paid in any other has a mean value of 0, which is: none
     * @return empty when nothing is held
     */
    public Optional<PurchaseHistory> at(Instant until, String currency) {
        var held = purchases();
        if (held.heldDays() == 0) {
            return Optional.empty();
        }
        int x = held.heldDays() - 1;
        double value =
                x > 0 && currencies().equals(List.of(currency)) ? held.repeatValue(currency) / minorUnits(currency) : 0;
        return Optional.of(new PurchaseHistory(
                x,
                (held.lastHeld() - held.firstHeld()) / WEEK_MILLIS,
                (until.toEpochMilli() - held.firstHeld()) / WEEK_MILLIS,
                x > 0 ? Math.max(0, value / x) : 0));
    }

    private Purchases purchases() {
        if (purchases == null) {
            purchases = new Purchases(state, PurchaseLedger.of(state, OrderStatus.PAID));
        }
        return purchases;
    }

    private static double minorUnits(String currency) {
        return Math.pow(10, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()));
    }
}
