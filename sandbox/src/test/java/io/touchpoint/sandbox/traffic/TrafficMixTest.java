package io.touchpoint.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficMixTest {

    private static final int EVENTS = 100_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Population POPULATION = Population.synthetic("customer-", 100_000, 500);

    private final List<TouchpointEvent> events = events("run-1", 1);

    @Test
    void shouldKeepTheShares() {
        var shares = events.stream()
                .collect(Collectors.groupingBy(event -> event.topic().label(), Collectors.counting()));

        assertThat(share(shares.get("orders"))).isCloseTo(0.4, within(0.01));
        assertThat(share(shares.get("ad-clicks"))).isCloseTo(0.4, within(0.01));
        assertThat(share(shares.get("surveys"))).isCloseTo(0.1, within(0.01));
        assertThat(share(shares.get("support"))).isCloseTo(0.1, within(0.01));
    }

    @Test
    void shouldMakeTheSameEventsForTheSameSeed() {
        assertThat(events("run-1", 1)).isEqualTo(events);
    }

    @Test
    void shouldGiveASecondRunIdentifiersOfItsOwn() {
        var identifiers =
                new HashSet<>(events.stream().map(TouchpointEvent::eventId).toList());

        assertThat(identifiers).hasSize(EVENTS);
        assertThat(events("run-2", 1)).noneMatch(event -> identifiers.contains(event.eventId()));
    }

    @Test
    void shouldTakeBackOnlyWhatWasPaidByThatCustomer() {
        var paid = new HashMap<String, OrderEvent>();
        var taken = 0;
        for (var event : events) {
            if (event.value() instanceof OrderEvent order) {
                if (order.getStatus() == OrderStatus.PAID) {
                    paid.put(order.getOrderId(), order);
                } else if (order.getStatus() != OrderStatus.PLACED) {
                    var original = paid.remove(order.getOrderId());
                    assertThat(original.getCustomerId()).isEqualTo(order.getCustomerId());
                    assertThat(original.getLines()).containsAll(order.getLines());
                    taken++;
                }
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    @Test
    void shouldHaveBusyCustomers() {
        var busiest = new HashSet<>(POPULATION.customers().subList(0, 1_000));
        var theirs =
                events.stream().filter(event -> busiest.contains(event.key())).count();

        assertThat(share(theirs)).isCloseTo(0.1, within(0.02));
    }

    private static double share(long number) {
        return (double) number / EVENTS;
    }

    private static List<TouchpointEvent> events(String run, long seed) {
        var mix = new TrafficMix(run, POPULATION, seed);
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> mix.next(START.plusMillis(i)))
                .toList();
    }
}
