package io.touchpoint.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.churn.PurchaseHistory;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderHistoryTest {

    private static final Instant UNTIL = Instant.parse("2024-03-25T10:00:00Z");

    @Test
    void shouldMeasureWeeksBetweenTheFirstPaymentsOfDays() {
        var history = history(
                order("1", OrderStatus.PAID, "2024-01-01T10:00:00Z", 10_00),
                order("2", OrderStatus.PAID, "2024-01-01T23:00:00Z", 5_00),
                order("3", OrderStatus.PAID, "2024-01-15T10:00:00Z", 30_00),
                order("4", OrderStatus.PAID, "2024-01-29T10:00:00Z", 8_00),
                order("5", OrderStatus.PAID, "2024-01-29T21:00:00Z", 2_00));

        assertThat(history.at(UNTIL, "EUR")).contains(new PurchaseHistory(2, 4, 12, 20));
    }

    @Test
    void shouldCountWhatIsPaidNotWhatIsPlaced() {
        assertThat(history(order("1", OrderStatus.PLACED, "2024-01-01T10:00:00Z", 10_00))
                        .at(UNTIL, "EUR"))
                .isEmpty();
    }

    @Test
    void shouldLeaveOutDaysOfWhichNothingIsHeld() {
        var history = history(
                order("1", OrderStatus.PAID, "2024-01-01T10:00:00Z", 10_00),
                order("2", OrderStatus.PAID, "2024-01-15T10:00:00Z", 30_00),
                order("3", OrderStatus.PAID, "2024-01-29T10:00:00Z", 8_00),
                order("1", OrderStatus.CANCELLED, "2024-01-02T10:00:00Z", 10_00),
                order("3", OrderStatus.RETURNED, "2024-02-05T10:00:00Z", 8_00));

        assertThat(history.at(UNTIL, "EUR")).contains(new PurchaseHistory(0, 0, 10, 0));
    }

    @Test
    void shouldBeTheSameHoweverOftenAndInWhateverOrderEventsCome() {
        var events = new ArrayList<>(List.of(
                order("1", OrderStatus.PAID, "2024-01-01T10:00:00Z", 10_00),
                order("2", OrderStatus.PAID, "2024-01-15T10:00:00Z", 30_00),
                order("2", OrderStatus.RETURNED, "2024-01-20T10:00:00Z", 30_00),
                order("3", OrderStatus.PAID, "2024-01-29T10:00:00Z", 8_00)));
        var inOrder = history(events.toArray(OrderEvent[]::new)).at(UNTIL, "EUR");
        events.addAll(events);
        Collections.shuffle(events, new Random(4));

        assertThat(history(events.toArray(OrderEvent[]::new)).at(UNTIL, "EUR"))
                .isEqualTo(inOrder)
                .contains(new PurchaseHistory(1, 4, 12, 8));
    }

    @Test
    void shouldHaveNoValueForSomeoneWhoPaidInSeveralCurrencies() {
        var dollars = order("2", OrderStatus.PAID, "2024-01-15T10:00:00Z", 30_00);
        dollars.setCurrency("USD");
        var history = history(order("1", OrderStatus.PAID, "2024-01-01T10:00:00Z", 10_00), dollars);

        assertThat(history.currencies()).containsExactly("EUR", "USD");
        assertThat(history.at(UNTIL, "EUR")).contains(new PurchaseHistory(1, 2, 12, 0));
    }

    private static OrderHistory history(OrderEvent... events) {
        var history = new OrderHistory();
        for (var event : events) {
            history.add(event);
        }
        return history;
    }

    private static OrderEvent order(String id, OrderStatus status, String at, long price) {
        return OrderEvent.newBuilder()
                .setEventId(id + status)
                .setCustomerId("c")
                .setOccurredAt(Instant.parse(at))
                .setSource("test")
                .setOrderId(id)
                .setStatus(status)
                .setLines(List.of(OrderLine.newBuilder()
                        .setSku("sku-" + id)
                        .setQuantity(1)
                        .setUnitPriceMinor(price)
                        .build()))
                .setCurrency("EUR")
                .setChannel("web")
                .build();
    }
}
