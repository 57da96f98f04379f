package io.touchpoint.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.touchpoint.domain.alert.Condition.Direction;
import io.touchpoint.domain.alert.Condition.Shift;
import io.touchpoint.domain.alert.Condition.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryValue() throws IOException {
        var alerts = AlertFile.read(file("""
                rules:
                  low: { kpi: csat, segment: "channel=web", window: P7D, below: 60.5, clear: 70, min-n: 40, for: PT2H }
                  moved: { kpi: nps, window: P30D, change: EITHER, confidence: 0.95, clear: 0.9, least: 3 }
                  open: { kpi: tickets-open, above: 100 }
                  call: { call-back: DETRACTOR }
                """));

        assertThat(alerts.callBack()).contains("call");
        assertThat(alerts.rules()).hasSize(3);
        var low = alerts.rules().get(0);
        assertThat(low.id()).isEqualTo("low");
        assertThat(low.kpi().id()).isEqualTo("csat");
        assertThat(low.window().id()).isEqualTo("P7D");
        assertThat(low.segments().text()).isEqualTo("channel=web");
        assertThat(low.condition()).isEqualTo(new Threshold(false, 60.5, 70));
        assertThat(low.leastN()).isEqualTo(40);
        assertThat(low.lasts()).isEqualTo(Duration.ofHours(2));
        var moved = alerts.rules().get(1);
        assertThat(moved.condition()).isEqualTo(new Shift(Direction.EITHER, 0.95, 0.9, 3));
        assertThat(moved.segments().text()).isEqualTo("all");
        assertThat(moved.leastN()).isEqualTo(30);
        assertThat(moved.lasts()).isZero();
        assertThat(alerts.rules().get(2).window().id()).isEqualTo("PT0S");
        assertThat(alerts.rules().get(2).condition()).isEqualTo(new Threshold(true, 100, 100));
    }

    @Test
    void shouldLeaveOutOfAReplayWhatDependsOnTheMachine() {
        assertThat(AlertFile.shipped().inReplays().rules())
                .extracting(rule -> rule.id())
                .contains("nps-drop", "leak")
                .doesNotContain("rejected", "delay");
        assertThat(AlertFile.shipped().inReplays().callBack()).contains("call-back");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{ kpi: nsp, window: P7D, below: 1 };                rules.r.kpi: nsp (expected: a KPI over windows, see the list in docs/metrics.md)",
                "{ kpi: crr, window: P7D, below: 1 };                rules.r.kpi: crr (expected: a KPI over windows",
                "{ kpi: nps, window: P8D, below: 1 };                rules.r.window: P8D (expected: one of PT1H, PT24H, P7D, P30D, P90D)",
                "{ kpi: nps, below: 1 };                             rules.r.window: missing (expected: a text)",
                "{ kpi: nps, window: P7D };                          rules.r.above: missing (expected: exactly one of above, below, change, call-back)",
                "{ kpi: nps, window: P7D, above: 2, below: 1 };      rules.r.above, below: at once (expected: exactly one of",
                "{ kpi: nps, window: P7D, above: high };             rules.r.above: \"high\" (expected: a number)",
                "{ kpi: nps, window: P7D, above: 2, clear: 3 };      rules.r.clear: 3 (expected: a number, at most 2, the line itself)",
                "{ kpi: nps, window: P7D, below: 2, least: 3 };      rules.r.least: there with below (expected: only with change)",
                "{ kpi: nps, window: P7D, change: SIDEWAYS };        rules.r.change: \"SIDEWAYS\" (expected: one of UP, DOWN, EITHER)",
                "{ kpi: aov, window: P7D, change: UP };              rules.r.change: aov (expected: a KPI with an interval, such as nps or csat)",
                "{ kpi: nps, window: P7D, change: UP, confidence: 0.5 }; rules.r.confidence: 0.5 (expected: one of 0.8, 0.9, 0.95, 0.99, 0.999)",
                "{ kpi: nps, window: P7D, above: 2, min-n: 0 };      rules.r.min-n: 0 (expected: a whole number, 1 or more)",
                "{ kpi: nps, window: P7D, above: 2, min-n: 1.5 };    rules.r.min-n: 1.5 (expected: a whole number)",
                "{ kpi: nps, window: P7D, above: 2, for: soon };     rules.r.for: \"soon\" (expected: an ISO-8601 duration",
                "{ kpi: nps, window: P7D, above: 2, for: P91D };     rules.r.for: PT2184H (expected: a duration from PT0S to P90D)",
                "{ kpi: nps, window: P7D, segment: planet=x, above: 2 }; rules.r.segment: planet=x (expected: dimension=value, or dimension=* for all",
                "{ kpi: nps, window: P7D, segment: channel, above: 2 };  rules.r.segment: channel (expected:",
                "{ kpi: nps, window: P7D, abvoe: 2 };                rules.r.abvoe: unknown key (expected: one of kpi, segment",
                "{ call-back: DETRACTOR, kpi: nps };                 rules.r.kpi: unknown key (expected: one of call-back)",
                "{ call-back: PROMOTER };                            rules.r.call-back: \"PROMOTER\" (expected: one of DETRACTOR)"
            })
    void shouldRefuseWithFileKeyValueAndExpectation(String rule, String problem) throws IOException {
        var file = file("rules:\n  r: " + rule + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertFile.read(file))
                .withMessageStartingWith(file + ": " + problem);
    }

    @Test
    void shouldRefuseNamesThatCannotStandInKeysOrStandTwice() throws IOException {
        var name = file("rules: { 'Nps|low': { kpi: nps, window: P7D, below: 1 } }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertFile.read(name))
                .withMessageContaining(
                        "Nps|low: a name (expected: lower-case letters and digits, with hyphens between)");
        var twice = file("rules: { a: { call-back: DETRACTOR }, b: { call-back: DETRACTOR } }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertFile.read(twice))
                .withMessageContaining("b.call-back: there already, as a");
        var noYaml = file("rules: {");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertFile.read(noYaml))
                .withMessageContaining("not valid YAML");
        var list = file("- 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertFile.read(list))
                .withMessageContaining("alerts: [1] (expected: a mapping");
    }

    @Test
    void shouldBeAProblemOfTheConfiguration() throws IOException {
        var file = file("rules: { r: { kpi: nps, window: P7D } }");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AppConfig.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of("alerts.file", file.toString(), "topics.partitions", "none")))
                .withMessageContaining("alerts.file: " + file + ": rules.r.above: missing")
                .withMessageContaining("topics.partitions");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "alerts", ".yaml"), text);
    }
}
