package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.records.TicketStatus;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is answered about a customer is what was published. */
class CustomerViewTest {

    @Test
    void shouldTellTheSuppressionsThatWerePublishedTheHoldingOnesFirst() {
        var policy = Policies.countingAt(OrderStatus.PAID);
        for (int seed = 0; seed < 200; seed++) {
            var customer = new FoldedCustomer(policy);
            var history = new RandomHistory(seed);
            history.orderly().forEach(customer::apply);
            customer.reload();

            var answered = customer.view().suppressions();

            assertThat(answered.stream().collect(Collectors.toMap(CustomerViewTest::key, each -> each)))
                    .isEqualTo(customer.decisions().live());
            assertThat(answered).isSortedAccordingTo((one, other) -> Boolean.compare(lifted(one), lifted(other)));
        }
    }

    @Test
    void shouldTellTheLevelThatWasSignalled() {
        var customer = bought(Policies.countingAt(OrderStatus.PAID)).at(day(400));

        var churn = customer.view().churn();

        assertThat(churn.getLevel().name()).isEqualTo(customer.profile().getChurnLevel());
        assertThat(churn.getPAlive()).isEqualTo(customer.profile().getPAlive());
        assertThat(churn.getReasons()).isNotEmpty();
    }

    @Test
    void shouldTellWhatHappenedTheNewestFirst() {
        var customer = bought(Policies.countingAt(OrderStatus.PAID));

        var timeline = customer.view().timeline(10);

        assertThat(timeline)
                .extracting(TimelineEntry::kind)
                .containsExactly("order-returned", "survey-nps", "ticket-opened", "order-paid", "ad-click");
        assertThat(timeline.get(3).detail()).isEqualTo("2 × a, 1 × b");
        assertThat(customer.view().timeline(2)).isEqualTo(timeline.subList(0, 2));
    }

    private static FoldedCustomer bought(Policy policy) {
        return new FoldedCustomer(policy)
                .after(
                        click("c1", day(1)),
                        paid("o1", day(2), line("a", 2), line("b", 1)),
                        ticket("t1", TicketStatus.OPENED, day(3)),
                        nps("r1", day(4), 9),
                        returned("o1", day(4) + DAY, line("b", 1)));
    }

    private static boolean lifted(Suppression suppression) {
        return suppression.getState() == SuppressionState.LIFTED;
    }

    private static String key(Suppression suppression) {
        return Standing.key(suppression.getCustomerId(), suppression.getScope(), suppression.getScopeValue());
    }
}
