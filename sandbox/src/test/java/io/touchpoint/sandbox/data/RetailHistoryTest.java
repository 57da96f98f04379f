package io.touchpoint.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetailHistoryTest {

    private static RetailHistory retail;
    private static List<OrderEvent> events;

    @BeforeAll
    static void read() {
        retail = RetailHistory.read();
        events = retail.events(TimeShift.NONE)
                .map(event -> (OrderEvent) event.value())
                .toList();
    }

    @Test
    void shouldCountEveryLineOfTheFile() {
        var counts = retail.counts();

        assertThat(counts.lines()).isEqualTo(525_461);
        assertThat(counts.invoices()).isEqualTo(28_816);
        assertThat(counts.sold()).isEqualTo(407_650);
        assertThat(counts.returned()).isEqualTo(9_839);
        assertThat(counts.leftOut())
                .isEqualTo(Map.of(
                        LineFault.NO_CUSTOMER, 107_927L,
                        LineFault.STOCK_CORRECTION, 0L,
                        LineFault.NO_PRICE, 31L,
                        LineFault.BELOW_A_PENNY, 14L));
        var leftOut =
                counts.leftOut().values().stream().mapToLong(Long::longValue).sum();
        assertThat(counts.sold() + counts.returned() + leftOut).isEqualTo(counts.lines());
    }

    @Test
    void shouldCountThePublishedFaults() {
        assertThat(retail.counts().faults())
                .isEqualTo(Map.of(
                        LineFault.NO_CUSTOMER, 107_927L,
                        LineFault.STOCK_CORRECTION, 2_121L,
                        LineFault.NO_PRICE, 3_690L,
                        LineFault.BELOW_A_PENNY, 14L));
    }

    @Test
    void shouldReproduceThePublishedOrders() {
        var paid = of(OrderStatus.PAID);

        assertThat(paid).hasSize(19_213);
        assertThat(paid.stream().mapToLong(order -> order.getLines().size()).sum())
                .isEqualTo(407_650);
        assertThat(paid.stream().mapToLong(RetailHistoryTest::pence).sum()).isEqualTo(883_200_326L);
    }

    @Test
    void shouldReproduceThePublishedCustomers() {
        var orders = of(OrderStatus.PAID).stream()
                .collect(Collectors.groupingBy(OrderEvent::getCustomerId, Collectors.counting()));
        Map<String, Set<LocalDate>> days = of(OrderStatus.PAID).stream()
                .collect(Collectors.groupingBy(
                        OrderEvent::getCustomerId, Collectors.mapping(RetailHistoryTest::day, Collectors.toSet())));

        assertThat(orders).hasSize(4_312);
        assertThat(orders.values().stream().filter(number -> number >= 2)).hasSize(2_893);
        assertThat(days.values().stream().filter(number -> number.size() >= 2)).hasSize(2_818);
    }

    @Test
    void shouldReturnWithoutOrderInPositiveQuantities() {
        var returned = of(OrderStatus.RETURNED);

        assertThat(returned).hasSize(4_372).allSatisfy(order -> {
            assertThat(order.getOrderId()).isNull();
            assertThat(order.getLines())
                    .isNotEmpty()
                    .allMatch(line -> line.getQuantity() > 0 && line.getUnitPriceMinor() > 0);
        });
    }

    @Test
    void shouldReadTimesAsLocalTimeOfTheUnitedKingdom() {
        // 07:45 in winter, and 08:39 in summer, when the clocks there are an hour ahead.
        assertThat(paidAt("489434")).isEqualTo(Instant.parse("2009-12-01T07:45:00Z"));
        assertThat(paidAt("514217")).isEqualTo(Instant.parse("2010-07-01T07:39:00Z"));
        assertThat(events.stream().map(OrderEvent::getOccurredAt).max(Comparator.naturalOrder()))
                .contains(Instant.parse("2010-12-09T20:01:00Z"));
    }

    @Test
    void shouldGiveEveryLineACategoryAndKeepLinesOfOneProductApart() {
        assertThat(events)
                .allSatisfy(order -> assertThat(order.getLines()).allMatch(line -> line.getCategory() != null));
        assertThat(events)
                .anySatisfy(order -> assertThat(order.getLines().stream()
                                .map(line -> line.getSku())
                                .distinct()
                                .count())
                        .isLessThan(order.getLines().size()));
    }

    @Test
    void shouldComeInOrderWithIdentifiersOfTheirOwn() {
        var sorted = retail.events(TimeShift.NONE).toList();

        assertThat(sorted).isSorted();
        assertThat(new HashSet<>(sorted.stream().map(TouchpointEvent::eventId).toList()))
                .hasSameSizeAs(sorted);
    }

    @Test
    void shouldMoveEveryEventByTheShift() {
        var moved = retail.events(new TimeShift(10)).findFirst().orElseThrow();

        assertThat(moved.occurredAt()).isEqualTo(events.get(0).getOccurredAt().plusSeconds(864_000));
    }

    private static Instant paidAt(String order) {
        return of(OrderStatus.PAID).stream()
                .filter(event -> event.getOrderId().equals(order))
                .findFirst()
                .orElseThrow()
                .getOccurredAt();
    }

    private static List<OrderEvent> of(OrderStatus status) {
        return events.stream().filter(order -> order.getStatus() == status).toList();
    }

    private static long pence(OrderEvent order) {
        return order.getLines().stream()
                .mapToLong(line -> line.getQuantity() * line.getUnitPriceMinor())
                .sum();
    }

    private static LocalDate day(OrderEvent order) {
        return order.getOccurredAt().atZone(ZoneOffset.UTC).toLocalDate();
    }
}
