package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.topics.Topics;
import io.touchpoint.topology.PipelineDriver.Account;
import io.touchpoint.topology.PipelineDriver.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fold as a step: what leaves it when, and under which time. The policy is the shipped one: 180 days, churn from 0.6. */
class CustomerStepTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final Duration COOL_DOWN = Duration.ofDays(180);
    private static final Duration TOMBSTONE_AFTER = Duration.ofDays(30);
    private static final String KEY = "anna|SKU|audio-1";

    private PipelineDriver pipeline = PipelineDriver.live(NOW);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldPublishADecisionUnderTheTimeOfItsEvent() {
        var at = NOW.minusSeconds(3);
        pipeline.send(Topics.ORDERS, paid("o1", at));
        assertThat(pipeline.suppressions()).hasSize(1);
        assertThat(pipeline.suppressions().get(0).key()).isEqualTo(KEY);
        assertThat(pipeline.suppressions().get(0).timestamp()).isEqualTo(at);
        assertThat(pipeline.onlySuppression(KEY).getUntil()).isEqualTo(at.plus(COOL_DOWN));
        assertThat(pipeline.onlyProfile("anna").getAsOf()).isEqualTo(at);
    }

    @Test
    void shouldFireInAQuietNightWithoutAnyEvent() {
        var at = NOW.minusSeconds(3);
        pipeline.send(Topics.ORDERS, paid("o1", at));

        pipeline.advance(COOL_DOWN.minusDays(1));
        assertThat(pipeline.onlySuppression(KEY).getState()).isEqualTo(SuppressionState.ACTIVE);
        pipeline.advance(Duration.ofDays(1));

        var lifted = last(pipeline);
        assertThat(lifted.value().getState()).isEqualTo(SuppressionState.LIFTED);
        assertThat(lifted.value().getReasons()).containsExactly("EXPIRED");
        assertThat(lifted.timestamp())
                .as("the deadline, not the moment of firing")
                .isEqualTo(at.plus(COOL_DOWN));
        assertThat(pipeline.onlyProfile("anna").getActiveSuppressions()).isZero();

        pipeline.advance(TOMBSTONE_AFTER);
        assertThat(last(pipeline).value()).isNull();
        assertThat(last(pipeline).timestamp()).isEqualTo(at.plus(COOL_DOWN).plus(TOMBSTONE_AFTER));
        assertThat(pipeline.suppressions()).hasSize(3);
    }

    @Test
    void shouldSignalWhoSlipsAwaySilentlyLevelByLevel() {
        pipeline.send(Topics.ORDERS, paid("o1", NOW.minusSeconds(3)));
        pipeline.advance(Duration.ofDays(365 * 5));
        assertThat(pipeline.churnSignals())
                .extracting(signal -> signal.value().getLevel())
                .containsExactly(ChurnLevel.WATCH, ChurnLevel.AT_RISK, ChurnLevel.LOST);
        assertThat(pipeline.churnSignals())
                .allSatisfy(signal ->
                        assertThat(signal.timestamp()).isEqualTo(signal.value().getDecidedAt()));
        assertThat(pipeline.onlyProfile("anna").getChurnLevel()).isEqualTo("LOST");
    }

    @Test
    void shouldFireNothingWhileABacklogWaits() {
        pipeline.lag(1_000);
        pipeline.send(Topics.ORDERS, paid("o1", NOW.minus(Duration.ofDays(300))));
        pipeline.advance(Duration.ofHours(2));
        assertThat(pipeline.onlySuppression(KEY).getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(pipeline.churnSignals()).isEmpty();

        pipeline.lag(1);
        pipeline.send(Topics.ORDERS, paid("o2", NOW.minus(Duration.ofDays(130))));
        pipeline.lag(0);
        pipeline.advance(Duration.ofSeconds(30));

        assertThat(pipeline.suppressions())
                .as("bought again in time, so it never ended")
                .extracting(suppression -> suppression.value().getState())
                .containsOnly(SuppressionState.ACTIVE);
        assertThat(pipeline.onlySuppression(KEY).getUntil())
                .isEqualTo(NOW.minus(Duration.ofDays(130)).plus(COOL_DOWN));
    }

    @Test
    void shouldFireNothingWhileTheLagIsNotKnown() {
        pipeline.lag(-1);
        pipeline.send(Topics.ORDERS, paid("o1", NOW.minus(Duration.ofDays(300))));
        pipeline.advance(Duration.ofHours(2));
        assertThat(pipeline.onlySuppression(KEY).getState()).isEqualTo(SuppressionState.ACTIVE);
    }

    @Test
    void shouldFireWhatIsDueOnceTheBacklogIsRead() {
        pipeline.lag(1);
        pipeline.send(Topics.ORDERS, paid("o1", NOW.minus(Duration.ofDays(200))));
        pipeline.lag(0);
        pipeline.advance(Duration.ofSeconds(30));
        assertThat(last(pipeline).value().getState()).isEqualTo(SuppressionState.LIFTED);
        assertThat(last(pipeline).timestamp()).isEqualTo(NOW.minus(Duration.ofDays(20)));
    }

    @Test
    void shouldNotFireWhileTheBacklogIsSlowToCome() {
        pipeline.send(Topics.ORDERS, paid("o1", NOW.minus(Duration.ofDays(200))));
        pipeline.advance(Duration.ofSeconds(9));
        pipeline.lag(-1);
        pipeline.advance(Duration.ofSeconds(30));
        pipeline.lag(0);
        pipeline.advance(Duration.ofSeconds(9));
        assertThat(pipeline.onlySuppression(KEY).getState()).isEqualTo(SuppressionState.ACTIVE);
    }

    @Test
    void shouldFireACustomersOwnDeadlinesBeforeItsNextEvent() {
        onEventTime();
        var first = NOW.minus(Duration.ofDays(300));
        pipeline.send(Topics.ORDERS, paid("o1", first));
        pipeline.send(Topics.ORDERS, paid("o2", NOW.minus(Duration.ofDays(100))));
        assertThat(pipeline.suppressions())
                .extracting(suppression -> suppression.value().getState())
                .containsExactly(SuppressionState.ACTIVE, SuppressionState.LIFTED, SuppressionState.ACTIVE);
        assertThat(pipeline.suppressions().get(1).timestamp()).isEqualTo(first.plus(COOL_DOWN));
    }

    @Test
    void shouldFireTheSilentByTheEventsOfOthers() {
        onEventTime();
        pipeline.send(Topics.ORDERS, paid("o1", NOW.minus(Duration.ofDays(200))));
        pipeline.send(Topics.AD_CLICKS, Events.click("bert", NOW));
        assertThat(pipeline.onlySuppression(KEY).getState()).isEqualTo(SuppressionState.ACTIVE);
        pipeline.advance(Duration.ofSeconds(1));
        assertThat(pipeline.onlySuppression(KEY).getState()).isEqualTo(SuppressionState.LIFTED);
    }

    @Test
    void shouldKeepOneTimerPerCustomer() {
        onEventTime();
        for (int i = 0; i < 50; i++) {
            pipeline.send(Topics.ORDERS, paid("o" + i, NOW.minus(Duration.ofDays(50 - i))));
            pipeline.send(Topics.SURVEYS, Events.nps("bert", NOW.minus(Duration.ofDays(50 - i)), i % 11));
        }
        assertThat(pipeline.armedTimers()).isEqualTo(2);
    }

    @Test
    void shouldForgetAnErasedCustomerEverywhere() {
        var at = NOW.minus(Duration.ofDays(2));
        pipeline.send(Topics.ORDERS, paid("o1", at));
        pipeline.send(Topics.SURVEYS, Events.nps("anna", at.plusSeconds(1), 2));
        pipeline.send(Topics.SUPPORT, Events.ticket("anna", "t1", TicketStatus.OPENED, at.plusSeconds(2)));
        pipeline.send(Topics.ERASURES, Events.erasure("anna", at.plusSeconds(3)));

        assertThat(pipeline.onlyProfile("anna")).isNull();
        assertThat(pipeline.onlySuppression(KEY)).isNull();
        assertThat(pipeline.onlySuppression("anna|ALL|")).isNull();
        assertThat(pipeline.armedTimers()).isZero();
        assertThat(new String(pipeline.storedState("anna"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("anna")
                .doesNotContain("audio-1")
                .doesNotContain("t1");
        assertThat(pipeline.receipts()).hasSize(1);
        assertThat(pipeline.receipts().get(0).value().toString()).doesNotContain("anna");
        int before = pipeline.suppressions().size();
        pipeline.advance(Duration.ofDays(400));
        assertThat(pipeline.suppressions()).hasSize(before);
        assertThat(pipeline.onlyProfile("anna")).isNull();
    }

    @Test
    void shouldStartANewProfileAfterAnErasure() {
        var at = NOW.minus(Duration.ofDays(2));
        pipeline.send(Topics.ORDERS, paid("o1", at));
        pipeline.send(Topics.ERASURES, Events.erasure("anna", at.plusSeconds(3)));
        pipeline.send(Topics.ORDERS, paid("o1", at));
        pipeline.send(Topics.ORDERS, paid("o2", at.plusSeconds(4)));
        assertThat(pipeline.onlyRejection().getReason()).isEqualTo("ERASED");
        assertThat(pipeline.onlyProfile("anna").getPaidOrders()).isEqualTo(1);
        assertThat(pipeline.onlySuppression(KEY).getRevision()).isEqualTo(2);
        assertThat(pipeline.account()).isEqualTo(new Account(4, 3, 0, 1));
    }

    @Test
    void shouldFireNothingForAnEventThatIsRefused() {
        pipeline.close();
        pipeline = PipelineDriver.onEventTime(NOW, Map.of("customers.most-orders", "2", "customers.hot-cache", "0"));
        for (int day = 0; day < 5; day++) {
            pipeline.send(Topics.ORDERS, paid("o" + day, NOW.minus(Duration.ofDays(300 - day))));
        }
        int suppressions = pipeline.suppressions().size();
        int signals = pipeline.churnSignals().size();

        pipeline.send(Topics.ORDERS, order(OrderStatus.SHIPPED, "o0", NOW));

        assertThat(pipeline.onlyRejection().getReason()).isEqualTo("TOO_LATE");
        assertThat(pipeline.suppressions()).hasSize(suppressions);
        assertThat(pipeline.churnSignals()).hasSize(signals);
    }

    @Test
    void shouldGiveTheSameWithoutAnyCustomerInMemory() {
        onEventTime();
        try (var cold = PipelineDriver.onEventTime(NOW, Map.of("customers.hot-cache", "0"))) {
            for (int i = 0; i < 60; i++) {
                var at = NOW.minus(Duration.ofDays(240 - 4L * i));
                var customer = i % 3 == 0 ? "anna" : "bert";
                var order = Events.paid(customer, "o" + i, at, Events.line("audio-" + i % 5, 1));
                pipeline.send(Topics.ORDERS, order);
                cold.send(Topics.ORDERS, order);
                if (i % 4 == 0) {
                    var answer = Events.nps(customer, at.plusSeconds(1), i % 11);
                    pipeline.send(Topics.SURVEYS, answer);
                    cold.send(Topics.SURVEYS, answer);
                }
                pipeline.advance(Duration.ofMillis(100));
                cold.advance(Duration.ofMillis(100));
            }
            assertThat(cold.suppressions()).isEqualTo(pipeline.suppressions()).isNotEmpty();
            assertThat(cold.churnSignals()).isEqualTo(pipeline.churnSignals()).isNotEmpty();
            assertThat(cold.onlyProfile("anna")).isEqualTo(pipeline.onlyProfile("anna"));
        }
    }

    private void onEventTime() {
        pipeline.close();
        pipeline = PipelineDriver.onEventTime(NOW);
    }

    private static Published<Suppression> last(PipelineDriver pipeline) {
        var all = pipeline.suppressions();
        return all.get(all.size() - 1);
    }

    private static OrderEvent paid(String orderId, Instant at) {
        return order(OrderStatus.PAID, orderId, at);
    }

    private static OrderEvent order(OrderStatus status, String orderId, Instant at) {
        return Events.order(status, "anna", orderId, at, Events.line("audio-1", 1));
    }
}
