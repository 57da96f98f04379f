package io.touchpoint.sandbox.demo.summary;

import static io.touchpoint.records.SuppressionScope.ALL;
import static io.touchpoint.records.SuppressionScope.SKU;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.churn;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.lifted;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.nps;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.profile;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.suppressed;
import static io.touchpoint.sandbox.demo.summary.OutputRecords.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.ChurnSignal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {

    private final Board board = new Board();

    @Test
    void shouldCountActiveSuppressionsByScopeAndEachOfTheirReasons() {
        board.suppression("a|SKU|1", suppressed(SKU, "PURCHASED"));
        board.suppression("a|SKU|2", suppressed(SKU, "PURCHASED"));
        board.suppression("a|ALL|", suppressed(ALL, "DETRACTOR", "OPEN_TICKET"));

        var counts = board.summary().suppressions();

        assertThat(counts.get(SKU).active()).isEqualTo(2);
        assertThat(counts.get(SKU).reasons()).containsExactlyEntriesOf(Map.of("PURCHASED", 2L));
        assertThat(counts.get(ALL).active()).isEqualTo(1);
        assertThat(counts.get(ALL).reasons()).containsEntry("DETRACTOR", 1L).containsEntry("OPEN_TICKET", 1L);
    }

    @Test
    void shouldForgetWhatIsLiftedOrDeletedAndMoveWhatHoldsForAnotherReason() {
        board.suppression("a|SKU|1", suppressed(SKU, "PURCHASED"));
        board.suppression("a|SKU|2", suppressed(SKU, "PURCHASED"));
        board.suppression("a|ALL|", suppressed(ALL, "DETRACTOR"));

        board.suppression("a|SKU|1", lifted(SKU, "RETURNED"));
        board.suppression("a|SKU|1", lifted(SKU, "RETURNED"));
        board.suppression("a|SKU|2", null);
        board.suppression("a|ALL|", suppressed(ALL, "OPEN_TICKET"));

        var counts = board.summary().suppressions();
        assertThat(counts.get(SKU).active()).isZero();
        assertThat(counts.get(ALL).active()).isEqualTo(1);
        assertThat(counts.get(ALL).reasons()).containsEntry("DETRACTOR", 0L).containsEntry("OPEN_TICKET", 1L);
    }

    @Test
    void shouldAddUpTheLatestProfileOfEveryCustomerWhoPaid() {
        board.profile("a", profile(1, 1_000, "HEALTHY"));
        board.profile("a", profile(2, 3_000, "WATCH"));
        board.profile("b", profile(1, 500, "WATCH"));
        board.profile("passenger", profile(0, 0, "HEALTHY"));
        board.profile("erased", profile(1, 700, "LOST"));
        board.profile("erased", null);

        var customers = board.summary().customers();

        assertThat(customers.buyers()).isEqualTo(2);
        assertThat(customers.repeat()).isEqualTo(1);
        assertThat(customers.paidOrders()).isEqualTo(3);
        assertThat(customers.grossMinor()).containsExactlyEntriesOf(Map.of("GBP", 3_500L));
        assertThat(customers.levels()).containsExactlyEntriesOf(Map.of("WATCH", 2L));
    }

    @Test
    void shouldPutAllAnswersFirstAndThenTheTouchpointsWithTheMost() {
        board.kpi("", nps("touchpoint", "shop", "P90D", 10));
        board.kpi("", nps("touchpoint", "airport", "P90D", 20));
        board.kpi("", nps("touchpoint", "airport", "P30D", 5));
        board.kpi("", nps("all", "", "P90D", 30));
        board.kpi("", nps("channel", "email", "P90D", 99));
        board.kpi("", nps("touchpoint", "airport", "PT1H", 1));

        var nps = board.summary().nps();

        assertThat(nps).extracting(Summary.Nps::touchpoint).containsExactly("", "airport", "shop");
        assertThat(nps.get(1).month().orElseThrow().getN()).isEqualTo(5);
        assertThat(nps.get(1).quarter().orElseThrow().getN()).isEqualTo(20);
        assertThat(nps.get(2).month()).isEmpty();
    }

    @Test
    void shouldTakeTheAccountOfRecordsOverAllAndNotThatOfOneReason() {
        board.kpi("", total("records-read", "all", "", 10));
        board.kpi("", total("records-folded", "all", "", 7));
        board.kpi("", total("records-duplicate", "all", "", 2));
        board.kpi("", total("records-rejected", "all", "", 1));
        board.kpi("", total("records-rejected", "reason", "INVALID", 5));

        assertThat(board.summary().records()).isEqualTo(new Summary.Records(10, 7, 2, 1));
    }

    @Test
    void shouldKeepTheFiveSignalsThatWereDecidedLast() {
        for (int minute = 9; minute >= 0; minute--) {
            board.signal("c", churn("c" + minute, minute));
        }

        assertThat(board.summary().newest())
                .extracting(ChurnSignal::getCustomerId)
                .containsExactly("c9", "c8", "c7", "c6", "c5");
    }
}
