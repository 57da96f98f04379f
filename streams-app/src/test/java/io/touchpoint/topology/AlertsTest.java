package io.touchpoint.topology;

import static io.touchpoint.topics.Topics.ERASURES;
import static io.touchpoint.topics.Topics.SUPPORT;
import static io.touchpoint.topics.Topics.SURVEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.topology.PipelineDriver.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From events to the topic of alerts, through the whole topology. */
class AlertsTest {
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final String ALICE = "call-back|customer=alice";

    @TempDir
    private Path folder;

    @Test
    void shouldFireAndResolveOnceAsTimePasses() throws IOException {
        try (var pipeline = PipelineDriver.live(NOON, rules("""
                rules: { low: { kpi: nps, window: PT1H, below: 0, clear: 20, min-n: 5, for: PT5M } }
                """))) {
            for (int i = 0; i < 6; i++) {
                pipeline.send(SURVEYS, Events.nps("c" + i, NOON.plusSeconds(i), 2));
            }
            minutes(pipeline, 4);
            assertThat(pipeline.alerts()).isEmpty();

            minutes(pipeline, 4);
            assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.key()).isEqualTo("low|all");
                assertThat(alert.value().getState()).isEqualTo(AlertState.FIRING);
                assertThat(alert.value().getN()).isEqualTo(6);
                assertThat(alert.timestamp()).isEqualTo(alert.value().getDecidedAt());
            });

            minutes(pipeline, 150);
            assertThat(states(pipeline.alerts())).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
        }
    }

    @Test
    void shouldWantOneCallBackUntilABetterAnswer() {
        try (var pipeline = PipelineDriver.live(NOON)) {
            pipeline.send(SURVEYS, Events.nps("alice", NOON, 3));
            pipeline.send(SURVEYS, Events.nps("alice", NOON.plusSeconds(1), 5));
            pipeline.send(SUPPORT, Events.ticket("alice", "t1", TicketStatus.OPENED, NOON.plusSeconds(2)));
            assertThat(keys(pipeline.alerts())).containsExactly(ALICE);

            pipeline.send(SURVEYS, Events.nps("alice", NOON.plusSeconds(60), 9));

            assertThat(keys(pipeline.alerts())).containsExactly(ALICE, ALICE);
            var resolved = pipeline.alerts().get(1);
            assertThat(resolved.value().getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(resolved.value().getOpenedAt()).isEqualTo(NOON);
            assertThat(resolved.timestamp()).isEqualTo(NOON.plusSeconds(60));
            assertThat(pipeline.storedKeys(CallBackStep.STORE)).isEmpty();
        }
    }

    @Test
    void shouldEndACallBackWhenItsTimeIsOver() {
        try (var pipeline = PipelineDriver.live(NOON)) {
            pipeline.send(SURVEYS, Events.nps("alice", NOON, 3));
            pipeline.advance(Duration.ofDays(31));

            assertThat(states(pipeline.alerts())).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
            assertThat(pipeline.alerts().get(1).timestamp()).isEqualTo(NOON.plus(Duration.ofDays(30)));
        }
    }

    @Test
    void shouldEndACallBackAtAnErasure() {
        try (var pipeline = PipelineDriver.live(NOON)) {
            pipeline.send(SURVEYS, Events.nps("alice", NOON, 3));
            pipeline.send(ERASURES, Events.erasure("alice", NOON.plusSeconds(9)));

            assertThat(states(pipeline.alerts())).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
            assertThat(pipeline.alerts().get(1).value().getDetail()).isEqualTo("Forgotten");
        }
    }

    private static void minutes(PipelineDriver pipeline, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            pipeline.advance(Duration.ofMinutes(1));
        }
    }

    private Map<String, String> rules(String yaml) throws IOException {
        return Map.of(
                "alerts.file",
                Files.writeString(folder.resolve("alerts.yaml"), yaml).toString());
    }

    private static List<String> keys(List<Published<Alert>> alerts) {
        return alerts.stream().map(Published::key).toList();
    }

    private static List<AlertState> states(List<Published<Alert>> alerts) {
        return alerts.stream().map(alert -> alert.value().getState()).toList();
    }
}
