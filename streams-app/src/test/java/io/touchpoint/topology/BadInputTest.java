package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import io.touchpoint.topology.PipelineDriver.Account;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every bad input ends in the rejected topic with its reason and origin, and touches nothing else. */
class BadInputTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final Instant AT = NOW.minus(Duration.ofHours(1));
    private static final String ANNA = "anna";

    private final PipelineDriver pipeline = PipelineDriver.onEventTime(NOW);

    @AfterEach
    void closeAndCheckTheAccount() {
        var account = pipeline.account();
        pipeline.close();
        assertThat(account.read()).isEqualTo(account.folded() + account.duplicate() + account.rejected());
    }

    @Test
    void shouldRejectUndecodableBytes() {
        pipeline.sendBytes(Topics.ORDERS, ANNA, "{\"json\":true}".getBytes(StandardCharsets.UTF_8), AT);
        assertRejectedAlone("UNDECODABLE", Topics.ORDERS);
        assertThat(bytes(pipeline.onlyRejection().getValue()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"json\":true}");
    }

    @Test
    void shouldRejectAnEmptyValue() {
        pipeline.sendBytes(Topics.ORDERS, ANNA, new byte[0], AT);
        assertRejectedAlone("UNDECODABLE", Topics.ORDERS);
    }

    @Test
    void shouldRejectAnUnknownSchemaId() {
        pipeline.sendBytes(Topics.SURVEYS, ANNA, new byte[] {0, 0, 0, 3, (byte) 231, 1, 2}, AT);
        assertThat(assertRejectedAlone("UNDECODABLE", Topics.SURVEYS).getDetail())
                .contains("999");
    }

    @Test
    void shouldRejectARecordOfAnotherTopic() {
        pipeline.send(Topics.ORDERS, ANNA, Events.click(ANNA, AT));
        assertRejectedAlone("UNDECODABLE", Topics.ORDERS);
    }

    @Test
    void shouldRejectANullKey() {
        pipeline.send(Topics.ORDERS, null, paid());
        assertThat(assertRejectedAlone("WRONG_KEY", Topics.ORDERS).getKey()).isNull();
    }

    @Test
    void shouldRejectAWrongKey() {
        pipeline.send(Topics.ORDERS, "bert", paid());
        var rejected = assertRejectedAlone("WRONG_KEY", Topics.ORDERS);
        assertThat(bytes(rejected.getKey())).asString(StandardCharsets.UTF_8).isEqualTo("bert");
        assertThat(rejected.getEventId()).isEqualTo(paid().getEventId());
    }

    @Test
    void shouldRejectAScoreBeyondItsScale() {
        assertInvalid(Topics.SURVEYS, Events.nps(ANNA, AT, 11), "score 11 (expected: 0 to 10)");
    }

    @Test
    void shouldRejectNpsOnAnotherScale() {
        SurveyResponse answer = Events.nps(ANNA, AT, 5);
        answer.setScaleMin(1);
        assertInvalid(Topics.SURVEYS, answer, "NPS on a scale of 1 to 10 (expected: 0 to 10, higher is better)");
    }

    @Test
    void shouldRejectANegativeQuantity() {
        var order = Events.paid(ANNA, "o1", AT, Events.line("audio-1", 1), Events.line("audio-2", -1));
        assertInvalid(Topics.ORDERS, order, "lines[1].quantity -1 (expected: 1 to 1000000)");
    }

    @Test
    void shouldRejectANegativePrice() {
        var order = Events.paid(ANNA, "o1", AT, new OrderLine("audio-1", null, 1, -1L, null));
        assertInvalid(Topics.ORDERS, order, "lines[0].unit_price_minor -1 (expected: 0 to 1000000000000)");
    }

    @Test
    void shouldRejectAnUnknownCurrency() {
        var order = paid();
        order.setCurrency("XX");
        assertInvalid(Topics.ORDERS, order, "currency is no ISO 4217 code (expected: for example EUR)");
    }

    @Test
    void shouldRejectEmptyLines() {
        assertInvalid(
                Topics.ORDERS,
                Events.paid(ANNA, "o1", AT),
                "no lines on PAID (expected: at least one; only CANCELLED may have none)");
    }

    @Test
    void shouldRejectAnOrderWithoutId() {
        var order = paid();
        order.setOrderId(null);
        assertInvalid(Topics.ORDERS, order, "no order_id on PAID (expected: only RETURNED may lack it)");
    }

    @Test
    void shouldRejectTheYear1970() {
        assertInvalid(
                Topics.ORDERS,
                Events.paid(ANNA, "o1", Instant.EPOCH, Events.line("audio-1", 1)),
                "occurred_at 1970-01-01T00:00:00Z (expected: 1990-01-01T00:00:00Z or later)");
    }

    @Test
    void shouldRejectTheYear2090AndNotLetItMoveTheClock() {
        pipeline.send(Topics.ORDERS, paid());
        pipeline.send(
                Topics.ORDERS,
                Events.paid("bert", "o2", Instant.parse("2090-01-01T00:00:00Z"), Events.line("audio-1", 1)));
        pipeline.send(Topics.AD_CLICKS, Events.click("carl", AT.plusSeconds(1)));

        assertRejected("FROM_THE_FUTURE", Topics.ORDERS, 1);
        assertThat(pipeline.onlySuppression("anna|SKU|audio-1").getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(pipeline.churnSignals()).isEmpty();
        assertThat(pipeline.account()).isEqualTo(new Account(3, 2, 0, 1));
    }

    @Test
    void shouldTakeAnEventOfTheToleranceAndRejectOneBeyond() {
        var latest = NOW.plus(Duration.ofMinutes(10));
        pipeline.send(Topics.AD_CLICKS, Events.click(ANNA, latest.plusMillis(1)));
        assertRejectedAlone("FROM_THE_FUTURE", Topics.AD_CLICKS);
        pipeline.send(Topics.AD_CLICKS, Events.click(ANNA, latest));
        assertThat(pipeline.onlyProfile(ANNA).getClicks()).isEqualTo(1);
    }

    @Test
    void shouldRejectANullValueOnOrders() {
        pipeline.sendBytes(Topics.ORDERS, ANNA, null, AT);
        var rejected = assertRejectedAlone("INVALID", Topics.ORDERS);
        assertThat(rejected.getValue()).isNull();
        assertThat(rejected.getDetail())
                .isEqualTo("null value (expected: a record; only touchpoint.customers.v1 takes null)");
    }

    @Test
    void shouldTakeANullValueOnCustomersForAWithdrawal() {
        pipeline.send(Topics.CUSTOMERS, Events.contact(ANNA, AdConsent.GRANTED, AT));
        pipeline.sendBytes(Topics.CUSTOMERS, ANNA, null, AT.plusSeconds(1));

        assertThat(pipeline.rejections()).isEmpty();
        var all = pipeline.onlySuppression("anna|ALL|");
        assertThat(all.getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(all.getReasons()).containsExactly("OPTED_OUT");
        assertThat(all.getSince()).isEqualTo(AT.plusSeconds(1));
        assertThat(pipeline.onlyProfile(ANNA).getAdConsent()).isEqualTo("DENIED");
    }

    @Test
    void shouldTakeTheSameWithdrawalTwiceForOne() {
        pipeline.sendBytes(Topics.CUSTOMERS, ANNA, null, AT);
        pipeline.sendBytes(Topics.CUSTOMERS, ANNA, null, AT);
        assertThat(pipeline.suppressions()).hasSize(1);
        assertThat(pipeline.account()).isEqualTo(new Account(2, 1, 1, 0));
    }

    @Test
    void shouldRejectANullValueWithoutKeyOnCustomers() {
        pipeline.sendBytes(Topics.CUSTOMERS, null, null, AT);
        assertRejectedAlone("WRONG_KEY", Topics.CUSTOMERS);
    }

    @Test
    void shouldRejectWhatIsTooLate() {
        pipeline.send(Topics.AD_CLICKS, Events.click(ANNA, AT));
        pipeline.send(Topics.AD_CLICKS, Events.click(ANNA, AT.minus(Duration.ofDays(401))));
        assertRejected("TOO_LATE", Topics.AD_CLICKS, 1);
        assertThat(pipeline.onlyProfile(ANNA).getClicks()).isEqualTo(1);
    }

    @Test
    void shouldRejectWhatHappenedBeforeTheErasureOfItsCustomer() {
        pipeline.send(Topics.ERASURES, Events.erasure(ANNA, AT));
        pipeline.send(Topics.AD_CLICKS, Events.click(ANNA, AT));
        assertRejected("ERASED", Topics.AD_CLICKS, 0);
        pipeline.send(Topics.AD_CLICKS, Events.click(ANNA, AT.plusMillis(1)));
        assertThat(pipeline.onlyProfile(ANNA).getClicks()).isEqualTo(1);
        assertThat(pipeline.account()).isEqualTo(new Account(3, 2, 0, 1));
    }

    @Test
    void shouldRejectAnIdentifierThatIsTooLongWithoutRepeatingIt() {
        var order = paid();
        order.setEventId("x".repeat(700_000));
        pipeline.send(Topics.ORDERS, order);
        var rejected = assertRejectedAlone("INVALID", Topics.ORDERS);
        assertThat(rejected.getEventId()).isNull();
        assertThat(rejected.getValue().remaining()).isGreaterThan(700_000);
    }

    @Test
    void shouldKeepARejectionWithinWhatItsTopicTakes() {
        var key = "k".repeat(3_000_000);
        var order = paid();
        order.setCustomerId("c".repeat(3_000_000));
        order.setEventId("e".repeat(3_000_000));
        pipeline.send(Topics.ORDERS, key, order);
        var rejected = assertRejectedAlone("WRONG_KEY", Topics.ORDERS);
        assertThat(rejected.getValue().remaining()).isEqualTo(1_500_000);
        assertThat(rejected.getKey().remaining()).isEqualTo(4_096);
        assertThat(rejected.getDetail())
                .startsWith("the key is not the customer_id; of the 6000")
                .endsWith("of the 3000000 bytes of the key the first 4096 are kept here");
    }

    @Test
    void shouldRejectACommentOfTwoMegabytes() {
        SurveyResponse answer = Events.nps(ANNA, AT, 9);
        answer.setComment("!".repeat(2 << 20));
        pipeline.send(Topics.SURVEYS, answer);
        var rejected = assertRejectedAlone("INVALID", Topics.SURVEYS);
        assertThat(rejected.getDetail()).startsWith("comment of 2097152 characters (expected: at most 100000)");
    }

    @Test
    void shouldCountEachReason() {
        pipeline.send(Topics.SURVEYS, Events.nps(ANNA, AT, 9));
        pipeline.send(Topics.SURVEYS, Events.nps(ANNA, AT, 9));
        pipeline.send(Topics.SURVEYS, Events.nps(ANNA, AT.plusSeconds(1), 11));
        pipeline.send(Topics.SURVEYS, Events.nps(ANNA, AT.plusSeconds(2), -1));
        pipeline.sendBytes(Topics.ORDERS, ANNA, new byte[] {7}, AT);
        assertThat(pipeline.account()).isEqualTo(new Account(5, 1, 1, 3));
        assertThat(pipeline.rejectedFor("INVALID")).isEqualTo(2);
        assertThat(pipeline.rejectedFor("UNDECODABLE")).isEqualTo(1);
    }

    @Test
    void shouldStopRatherThanRejectEverything() {
        try (var guarded = PipelineDriver.onEventTime(NOW, Map.of("poison.window", "20", "poison.at-least", "10"))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            guarded.sendBytes(Topics.ORDERS, ANNA, new byte[] {7}, AT);
                        }
                    })
                    .isInstanceOf(StreamsException.class)
                    .rootCause()
                    .hasMessageContaining("10 of the last 10 records of touchpoint.orders.v1 were refused")
                    .hasMessageContaining("is UNDECODABLE");
            assertThat(guarded.rejections()).hasSize(9);
        }
    }

    private static OrderEvent paid() {
        return Events.order(OrderStatus.PAID, ANNA, "o1", AT, Events.line("audio-1", 1));
    }

    private void assertInvalid(Topic<?> topic, SpecificRecord value, String detail) {
        pipeline.send(topic, value);
        assertThat(assertRejectedAlone("INVALID", topic).getDetail()).isEqualTo(detail);
    }

    /** The first record of its topic is refused, and nothing else came out. */
    private Rejected assertRejectedAlone(String reason, Topic<?> topic) {
        var rejected = assertRejected(reason, topic, 0);
        assertThat(pipeline.touchedOutputs()).containsExactly("rejected");
        assertThat(pipeline.account()).isEqualTo(new Account(1, 0, 0, 1));
        assertThat(pipeline.rejectedFor(reason)).isEqualTo(1);
        return rejected;
    }

    private Rejected assertRejected(String reason, Topic<?> topic, long offset) {
        var rejected = pipeline.onlyRejection();
        assertThat(rejected.getReason()).isEqualTo(reason);
        assertThat(rejected.getTopic()).isEqualTo(topic.name());
        assertThat(rejected.getPartition()).isZero();
        assertThat(rejected.getOffset()).isEqualTo(offset);
        assertThat(pipeline.rejections().get(0).key()).isEqualTo(topic.name() + "/0/" + offset);
        return rejected;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
