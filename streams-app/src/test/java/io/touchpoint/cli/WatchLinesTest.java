package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchLinesTest {

    @Test
    void shouldDrawFromTheLeastToTheGreatest() {
        assertThat(WatchLines.bars(List.of(10.0, 45.0, 80.0, 10.0))).isEqualTo("▁▅█▁");
        assertThat(WatchLines.bars(List.of(-3.0, -3.0))).isEqualTo("▁▁");
        assertThat(WatchLines.bars(List.of())).isEmpty();
    }

    @Test
    void shouldShowMoneyInItsCurrencyAndNotInMinorUnits() {
        assertThat(WatchLines.amount("revenue", value(113_508_396.0, "GBP"))).isEqualTo("1,135,083.96");
        assertThat(WatchLines.amount("aov", value(41_715.7, "JPY"))).isEqualTo("41,716");
        assertThat(WatchLines.amount("roas", value(4.25, "GBP"))).isEqualTo("4.3");
        assertThat(WatchLines.amount("nps", value(40.04, null))).isEqualTo("40.0");
        assertThat(WatchLines.amount("aov", value(null, "GBP"))).isEqualTo("–");
    }

    private static KpiValue value(Double number, String currency) {
        var value = new KpiValue();
        value.setValue(number);
        value.setCurrency(currency);
        return value;
    }

    @Test
    void shouldSayWhatFiresAndHowMuchMore() {
        var alert = new Alert();
        alert.setRule("nps-drop");
        alert.setSegment("all");
        alert.setDetail("nps is down");
        alert.setDecidedAt(Instant.parse("2024-05-01T12:00:00Z"));

        assertThat(WatchLines.alerts(0, List.of())).isEmpty();
        assertThat(WatchLines.alerts(1_200, List.of(alert)))
                .containsExactly(
                        "",
                        "1,200 alerts are open",
                        "! nps-drop                     all                          nps is down, since 2024-05-01T12:00:00Z",
                        "  and 1,199 more");
    }

    @Test
    void shouldLeaveOutWhatIsAbsentAndWhatIsOld() {
        assertThat(WatchLines.bars(Arrays.asList(1.0, null, 2.0))).isEqualTo("▁█");
        var many = new ArrayList<>(Collections.nCopies(100, 1.0));
        many.add(2.0);
        assertThat(WatchLines.bars(many)).hasSize(32).endsWith("▁█");
    }
}
