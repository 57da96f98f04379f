package io.touchpoint.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.OrderStatus;
import org.junit.jupiter.api.Test;

/** What is stored of a customer of usual size, as docs/state.md says; {@link HeavyCustomerTest} holds the bounds. */
class CustomerBytesTest {

    @Test
    void shouldTakeAsManyBytesAsIsSaid() {
        long bytes = 0;
        long events = 0;
        int customers = 500;
        for (long seed = 0; seed < customers; seed++) {
            var history = new RandomHistory(seed);
            var customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));
            history.orderly().forEach(customer::apply);
            bytes += customer.wholeBytes().length;
            events += history.orderly().size();
        }
        assertThat((double) bytes / events).as("per event").isBetween(40.0, 70.0);
        assertThat((double) bytes / customers).as("with some two dozen events").isBetween(1_000.0, 2_000.0);
    }
}
