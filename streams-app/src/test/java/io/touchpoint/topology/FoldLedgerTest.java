package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.Refusal.Reason;
import io.touchpoint.domain.kpi.Facts;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoldLedgerTest {

    private static final long NOW = 90_000;

    private final FoldLedger ledger = new FoldLedger();
    private final Facts facts = new Facts();

    @Test
    void shouldSayWhatBecameOfEveryRecord() {
        ledger.folded();
        ledger.folded();
        ledger.folded();
        ledger.duplicate();
        ledger.rejected(Reason.INVALID);
        ledger.rejected(Reason.INVALID);
        ledger.rejected(Reason.TOO_LATE);
        var expected = new TreeMap<>(Map.of(
                "records-read all ", 7L,
                "records-folded all ", 3L,
                "records-duplicate all ", 1L,
                "records-rejected all ", 3L,
                "records-rejected reason INVALID", 2L,
                "records-rejected reason TOO_LATE", 1L));
        for (var reason : Reason.values()) {
            expected.put("records-read reason " + reason, 7L);
        }

        assertThat(moved()).isEqualTo(expected);
    }

    @Test
    void shouldHandOverEachCountOnce() {
        ledger.folded();
        ledger.rejected(Reason.ERASED);
        moved();
        assertThat(moved()).isEmpty();

        ledger.duplicate();
        assertThat(moved()).containsEntry("records-read all ", 1L).containsEntry("records-folded all ", 0L);
    }

    private Map<String, Long> moved() {
        ledger.moveInto(facts, NOW);
        var sums = new TreeMap<String, Long>();
        for (var partial : facts.drain(0, NOW)) {
            for (var entry : partial.getEntries()) {
                for (var sum : entry.getSums()) {
                    sums.merge(
                            sum.getMeasure() + " " + partial.getDimension() + " " + entry.getValue(),
                            sum.getAmount(),
                            Long::sum);
                }
            }
        }
        return sums;
    }
}
