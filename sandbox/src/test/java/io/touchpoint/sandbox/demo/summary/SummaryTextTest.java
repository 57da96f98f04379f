package io.touchpoint.sandbox.demo.summary;

import static io.touchpoint.records.SuppressionScope.ALL;
import static io.touchpoint.records.SuppressionScope.SKU;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.NOON;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.churn;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.nps;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.profile;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.suppressed;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.total;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

    private final Board board = new Board();

    @Test
    void shouldSayHowThingsStand() {
        board.kpi("", total("records-read", "all", "", 1_234));
        board.kpi("", total("records-folded", "all", "", 1_234));
        board.kpi("", nps("all", "", "P30D", 2_792));
        board.kpi("", nps("all", "", "P90D", 2_854));
        board.kpi("", nps("touchpoint", "airport", "P90D", 2_746));
        board.suppression("a|SKU|1", suppressed(SKU, "PURCHASED"));
        board.suppression("a|ALL|", suppressed(ALL, "DETRACTOR", "OPEN_TICKET"));
        board.profile("a", profile(1, 1_000, "AT_RISK"));
        board.signal("a", churn("retail-17850", 7));

        assertThat(lines())
                .containsExactly(
                        "12:00:00 UTC   1,234 events read   20/s   lag 6",
                        "read 1,234 = folded 1,234 + duplicate 0 + rejected 0",
                        "",
                        "Rolling NPS     last 30 days, 95 %              last 90 days, 95 %",
                        "  all             39.8   37.2 to  42.4  n 2,792   39.8   37.2 to  42.4  n 2,854",
                        "  airport            -                            39.8   37.2 to  42.4  n 2,746",
                        "",
                        "Active suppressions 2",
                        "  SKU                   1   PURCHASED 1",
                        "  ALL                   1   DETRACTOR 1   OPEN_TICKET 1",
                        "",
                        "Churn levels of customers who bought 1",
                        "  HEALTHY 0   WATCH 0   AT_RISK 1   LOST 0",
                        "Newest churn signals",
                        "  01-05 12:07  retail-17850 HEALTHY to WATCH: SILENCE 0.40, DETRACTOR 0.15");
    }

    @Test
    void shouldFitOnASmallTerminal() {
        for (int i = 0; i < 9; i++) {
            board.kpi("", nps("touchpoint", "a-touchpoint-with-a-rather-long-name-" + i, "P30D", 1_000_000));
            board.signal("a", churn("a-customer-with-a-rather-long-name-" + i + "x".repeat(50), i));
        }

        assertThat(lines()).hasSizeLessThan(24).allMatch(line -> line.length() < 80);
    }

    private List<String> lines() {
        return SummaryText.lines(new DemoState(NOON, 1_240, 1_234, 20.2, board.summary()));
    }
}
