package io.touchpoint.topology;

import static io.touchpoint.topology.Events.line;
import static io.touchpoint.topology.Events.nps;
import static io.touchpoint.topology.Events.paid;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the tasks tell of what they did. */
class FoldMetricsTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldCountWhatBecameOfEveryRecord() {
        try (var pipeline = PipelineDriver.onEventTime(NOW)) {
            pipeline.send(Topics.ORDERS, paid("anna", "o1", NOW, line("mug", 1)));
            pipeline.send(Topics.ORDERS, paid("anna", "o1", NOW, line("mug", 1)));
            pipeline.send(Topics.ORDERS, paid("anna", "o2", NOW));
            pipeline.sendBytes(Topics.ORDERS, "anna", "nonsense".getBytes(StandardCharsets.UTF_8), NOW);
            pipeline.sendBytes(Topics.AD_SPEND, "a/b/c", "nonsense".getBytes(StandardCharsets.UTF_8), NOW);
            pipeline.advance(SECOND);

            assertThat(pipeline.told("folded-total", "")).isEqualTo(1);
            assertThat(pipeline.told("duplicates-total", "")).isEqualTo(1);
            assertThat(pipeline.told("rejected-total", "INVALID")).isEqualTo(1);
            assertThat(pipeline.told("rejected-total", "UNDECODABLE")).isEqualTo(2);
            assertThat(pipeline.told("rejected-total", "TOO_LATE")).isZero();
        }
    }

    @Test
    void shouldCountDecisionsByWhatTheyCameTo() {
        try (var pipeline = PipelineDriver.onEventTime(NOW)) {
            pipeline.send(Topics.ORDERS, paid("anna", "o1", NOW.minus(Duration.ofDays(390)), line("mug", 1)));
            pipeline.send(Topics.ORDERS, paid("anna", "o2", NOW, line("cup", 1)));
            pipeline.advance(SECOND);

            assertThat(pipeline.told("suppressions-total", "active"))
                    .isEqualTo(pipeline.suppressions().stream()
                            .filter(decided -> decided.value() != null
                                    && decided.value().getState().name().equals("ACTIVE"))
                            .count())
                    .isPositive();
            assertThat(pipeline.told("suppressions-total", "lifted")).isPositive();
            assertThat(pipeline.told("churn-signals-total", ""))
                    .isEqualTo(pipeline.churnSignals().size())
                    .isPositive();
        }
    }

    @Test
    void shouldTellHowLateTimersFireOnceTheInputIsRead() {
        try (var pipeline = PipelineDriver.live(NOW)) {
            pipeline.send(Topics.SURVEYS, nps("anna", NOW, 2));
            pipeline.advance(SECOND);
            assertThat(pipeline.told("timer-lateness-seconds-bucket", "")).isZero();

            pipeline.advance(Duration.ofDays(31));

            // The clock of the test moves by the hour.
            assertThat(pipeline.told("timer-lateness-seconds-bucket", ""))
                    .isPositive()
                    .isLessThanOrEqualTo(pipeline.told("timers-fired-total", ""));
            assertThat(pipeline.told("timer-lateness-seconds-bucket", "Infinity"))
                    .isZero();
            assertThat(pipeline.told("delay-seconds-bucket", "")).isZero();
            pipeline.send(Topics.ORDERS, paid("anna", "o2", pipeline.now().minusMillis(400), line("mug", 1)));
            pipeline.advance(SECOND);
            assertThat(pipeline.told("delay-seconds-bucket", "0.5")).isEqualTo(1);
        }
    }

    @Test
    void shouldCountACustomerOnceThatReachesACap() {
        try (var pipeline = PipelineDriver.onEventTime(NOW, Map.of("customers.most-orders", "3"))) {
            for (int i = 0; i < 10; i++) {
                pipeline.send(Topics.ORDERS, paid("anna", "o" + i, NOW.plusSeconds(i), line("mug", 1)));
                pipeline.send(Topics.ORDERS, paid("bob" + i, "p" + i, NOW.plusSeconds(i), line("mug", 1)));
            }
            pipeline.advance(SECOND);

            assertThat(pipeline.onlyProfile("anna").getCapped()).isTrue();
            assertThat(pipeline.told("customers-capped-total", "")).isEqualTo(1);
        }
    }

    @Test
    void shouldTimeOneRecordOfMany() {
        try (var pipeline = PipelineDriver.onEventTime(NOW)) {
            for (int i = 0; i < 2 * FoldMetrics.TIMED_ONE_OF; i++) {
                pipeline.send(Topics.ORDERS, paid("anna", "o" + i, NOW.plusSeconds(i), line("mug", 1)));
            }
            pipeline.advance(SECOND);

            assertThat(pipeline.told("fold-seconds-bucket", "")).isEqualTo(2);
            assertThat(pipeline.told("fold-seconds-sum", "")).isBetween(1e-6, 10.0);
        }
    }
}
