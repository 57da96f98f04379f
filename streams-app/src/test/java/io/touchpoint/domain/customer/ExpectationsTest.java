package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.order;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.OrderStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is expected of a customer at the ends of months. Months begin in the zone of {@link FoldedCustomer}, an hour before those of UTC. */
class ExpectationsTest {

    private static final Policy POLICY = Policies.countingAt(OrderStatus.PAID);
    private static final String JANUARY = "clv-%s/EUR@MONTH|all=|" + (day(0) - HOUR);
    private static final String FEBRUARY = "clv-%s/EUR@MONTH|all=|" + (day(31) - HOUR);

    private final FoldedCustomer customer = new FoldedCustomer(POLICY);

    @Test
    void shouldExpectSomethingForAYearAfterThePurchase() {
        customer.after(paid("o1", day(10), line("radio", 1)));

        assertThat(customer.decisions().facts("clv-customers"))
                .hasSize(12)
                .containsKeys(JANUARY.formatted("customers"), FEBRUARY.formatted("customers"))
                .allSatisfy((fact, count) -> assertThat(count).isEqualTo(1));
        var expected = customer.decisions().facts("clv-expected");
        assertThat(expected).hasSize(12);
        assertThat(expected.get(FEBRUARY.formatted("expected")))
                .as("less the longer the silence")
                .isPositive()
                .isLessThan(expected.get(JANUARY.formatted("expected")));
    }

    @Test
    void shouldExpectWhatTheProfileOfThatInstantSays() {
        customer.after(paid("o1", day(10), line("radio", 1)), paid("o2", day(20), line("clock", 2)));
        var told = customer.decisions().facts("clv-expected").get(JANUARY.formatted("expected"));

        customer.after(CustomerEvents.click("k1", day(31) - HOUR));

        assertThat(customer.profile().getClvMinor()).isEqualTo(told);
    }

    @Test
    void shouldLeaveTheMonthsBeforeAReturnAsTheyWere() {
        customer.after(paid("o1", day(10), line("radio", 1)));
        long january = customer.decisions().facts("clv-expected").get(JANUARY.formatted("expected"));

        customer.after(returned("o1", day(40), line("radio", 1)));

        assertThat(customer.decisions().facts("clv-"))
                .isEqualTo(Map.of(JANUARY.formatted("expected"), january, JANUARY.formatted("customers"), 1L));
    }

    @Test
    void shouldRestateTheMonthsAfterWhatIsLearnedLate() {
        customer.after(
                paid("o1", day(10), line("radio", 1)),
                returned("o1", day(40), line("radio", 1)),
                cancelled("o1", day(20)));

        assertThat(customer.decisions().facts("clv-"))
                .as("cancelled within January")
                .isEmpty();
        assertThat(customer.state().getExpected()).isNull();
    }

    @Test
    void shouldTakeBackWhatAnotherModelExpected() {
        var other = Policies.expecting(POLICY, 99, "EUR");
        var always = new FoldedCustomer(other)
                .after(paid("o1", day(10), line("radio", 1)), paid("o2", day(12), line("radio", 1)));

        customer.after(paid("o1", day(10), line("radio", 1))).under(other);
        customer.after(paid("o2", day(12), line("radio", 1)));

        assertThat(customer.decisions().facts("clv-"))
                .isEqualTo(always.decisions().facts("clv-"));
    }

    @Test
    void shouldMoveToAnotherCurrencyWithTheModel() {
        var other = Policies.expecting(POLICY, 15.44, "GBP");
        customer.after(paid("o1", day(10), line("radio", 1))).under(other);
        assertThat(customer.decisions().facts("clv-")).hasSize(24);

        customer.after(order(OrderStatus.PAID, "o2", day(70), "GBP", line("radio", 1)));

        assertThat(customer.decisions().facts("clv-").keySet())
                .isNotEmpty()
                .allSatisfy(fact -> assertThat(fact).contains("/GBP"))
                .as("those before the first order in pounds")
                .noneSatisfy(fact -> assertThat(fact).contains("|" + (day(0) - HOUR)));
    }

    @Test
    void shouldForgetWhatNoLateEventCanReach() {
        for (int i = 0; i < 24; i++) {
            customer.after(paid("o" + i, day(1 + 30 * i), line("radio", 1)));
        }
        customer.reload();

        assertThat(customer.state().getExpected().getValues()).hasSizeBetween(24, 28);
    }
}
