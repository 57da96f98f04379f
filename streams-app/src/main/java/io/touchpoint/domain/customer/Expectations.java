package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.ChurnStanding.Prospect;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.domain.measure.Expectation;
import io.touchpoint.domain.measure.FactSink;
import io.touchpoint.records.OrderStatus;

/** What is expected of one customer at any instant, by what had happened to the orders before it. */
final class Expectations implements Expectation {

    private final Customer customer;
    private final ChurnStanding.Reader churn;
    private final long newest;
    private final Seen now;

    /** What the purchases until some instant lead to. */
    private record Seen(Prospect prospect, long lastHeld) {}

    /** @param newest epoch milliseconds of the newest event; what is expected later rests on all of them */
    private Expectations(Customer customer, ChurnStanding.Reader churn, long newest) {
        this.customer = customer;
        this.churn = churn;
        this.newest = newest;
        this.now = seen(customer.purchases());
    }

    /**
     * Tells what is expected at the ends of months.
     *
     * @param limits how much is kept of one customer
     */
    record Teller(ChurnStanding.Reader churn, Limits limits) {

        /** @param since when something happened to the orders that is kept by now, epoch milliseconds */
        void tell(Customer customer, long since, CustomerMeasures measures, FactSink out) {
            tell(customer, since, Math.max(customer.state().getLastSeen(), since), measures, out);
        }

        /** @param clock epoch milliseconds from which on the model is another; late events still come as far behind the newest event */
        void tellAnew(Customer customer, long clock, CustomerMeasures measures, FactSink out) {
            tell(customer, clock, customer.state().getLastSeen(), measures, out);
        }

        private void tell(Customer customer, long since, long newestEvent, CustomerMeasures measures, FactSink out) {
            var state = customer.state();
            long newest = Math.max(newestEvent, since);
            long until = customer.purchases().lastPaid() + LASTS;
            long settled = newestEvent - limits.historyHorizon().toMillis();
            var expectations = new Expectations(customer, churn, newest);
            state.setExpected(measures.expected(state.getExpected(), since, until, settled, expectations, out));
        }
    }

    @Override
    public Expected at(long instant) {
        var seen = instant > newest ? now : seen(before(instant));
        return seen.prospect == null || seen.lastHeld + LASTS < instant
                ? null
                : new Expected(seen.prospect.currency(), churn.expectedValue(seen.prospect, instant));
    }

    private Seen seen(Purchases purchases) {
        return new Seen(churn.prospect(purchases), purchases.lastHeld());
    }

    private Purchases before(long instant) {
        var state = customer.state();
        return new Purchases(state, PurchaseLedger.before(instant, state, OrderStatus.PAID));
    }
}
