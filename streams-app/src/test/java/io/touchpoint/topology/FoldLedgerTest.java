package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.Refusal.Reason;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoldLedgerTest {

    private static final long NOW = 90_000;
    private static final long ARRIVED = 130_000;

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

    @Test
    void shouldCountByTheTimeOfArrivalWhereThereIsOne() {
        ledger.folded();
        ledger.delayed(100);
        ledger.delayed(100);
        ledger.delayed(-5);
        ledger.rejected(Reason.INVALID);

        var moved = moved(ARRIVED);

        assertThat(moved)
                .containsEntry("records-read all  1", 2L)
                .containsEntry("arrivals all  2", 2L)
                .containsEntry("arrivals-rejected all  2", 1L)
                .containsEntry("arrivals reason TOO_LATE 2", 2L)
                .containsEntry("arrivals-rejected reason INVALID 2", 1L)
                .containsEntry(Measures.DELAY.bucket(100) + " all  2", 2L)
                .containsEntry(Measures.DELAY.bucket(-5) + " all  2", 1L);
        ledger.folded();
        assertThat(moved(ARRIVED).keySet()).noneMatch(fact -> fact.startsWith("delay"));
    }

    private Map<String, Long> moved() {
        var moved = new TreeMap<String, Long>();
        moved(FoldLedger.NO_ARRIVAL).forEach((fact, sum) -> moved.put(fact.substring(0, fact.lastIndexOf(' ')), sum));
        return moved;
    }

    /** {@return sums by measure, segment and minute} */
    private Map<String, Long> moved(long arrivedAt) {
        ledger.moveInto(facts, NOW, arrivedAt);
        var sums = new TreeMap<String, Long>();
        for (var partial : facts.drain(0, NOW)) {
            for (var entry : partial.getEntries()) {
                for (var sum : entry.getSums()) {
                    sums.merge(
                            sum.getMeasure() + " " + partial.getDimension() + " " + entry.getValue() + " "
                                    + entry.getMinute(),
                            sum.getAmount(),
                            Long::sum);
                }
            }
        }
        return sums;
    }
}
