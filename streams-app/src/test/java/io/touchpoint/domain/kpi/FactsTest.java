package io.touchpoint.domain.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.state.FactEntry;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.FactSum;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsTest {
    private static final long MINUTE = 60_000L;

    private final Facts facts = new Facts();

    @Test
    void shouldSumPerDimensionValueAndMinute() {
        facts.add("nps-promoters", "all", "", 10 * MINUTE + 1, 1);
        facts.add("nps-promoters", "all", "", 10 * MINUTE + 5, 1);
        facts.add("nps-promoters", "channel", "web", 10 * MINUTE + 5, 1);
        facts.add("nps-promoters", "channel", "mail", 11 * MINUTE, 3);
        facts.add("nps-promoters", "channel", "mail", 10 * MINUTE, 2);

        assertThat(facts.drain(3, 99L))
                .containsExactly(
                        partial("all", entry("", 10, 10 * MINUTE + 5, sum("nps-promoters", 2))),
                        partial(
                                "channel",
                                entry("mail", 10, 10 * MINUTE, sum("nps-promoters", 2)),
                                entry("mail", 11, 11 * MINUTE, sum("nps-promoters", 3)),
                                entry("web", 10, 10 * MINUTE + 5, sum("nps-promoters", 1))));
    }

    @Test
    void shouldBeEmptyAfterADrain() {
        facts.add("nps-promoters", "all", "", 0, 1);
        assertThat(facts.isEmpty()).isFalse();

        facts.drain(3, 99L);

        assertThat(facts.isEmpty()).isTrue();
        assertThat(facts.drain(3, 99L)).isEmpty();
    }

    @Test
    void shouldKeepMeasuresOfOneTimeTogetherAndOthersApart() {
        facts.add("a", "all", "", 7, 1);
        facts.add("b", "all", "", 9, 1);
        facts.add("c", "all", "", 7, -4);

        assertThat(facts.drain(3, 99L))
                .containsExactly(
                        partial("all", entry("", 0, 7, sum("a", 1), sum("c", -4)), entry("", 0, 9, sum("b", 1))));
    }

    @Test
    void shouldStillSayHowNewTheSegmentIsWhenASumIsZero() {
        facts.add("a", "all", "", 7, 1);
        facts.add("a", "all", "", 7, -1);

        assertThat(facts.drain(3, 99L)).containsExactly(partial("all", entry("", 0, 7, sum("a", 0))));
    }

    @Test
    void shouldKeepThousandsOfCellsAndMeasuresApart() {
        for (int value = 0; value < 2_000; value++) {
            for (int measure = 0; measure < 10; measure++) {
                facts.add("m" + measure, "sku", "s" + value, value * MINUTE, value + measure);
                facts.add("m" + measure, "sku", "s" + value, value * MINUTE, 1);
            }
        }

        List<FactEntry> drained = facts.drain(3, 99L).stream()
                .flatMap(partial -> partial.getEntries().stream())
                .toList();

        assertThat(drained).hasSize(2_000);
        for (FactEntry entry : drained) {
            int value = Integer.parseInt(entry.getValue().substring(1));
            assertThat(entry.getMinute()).isEqualTo(value);
            assertThat(entry.getSums()).hasSize(10);
            entry.getSums()
                    .forEach(sum -> assertThat(sum.getAmount())
                            .isEqualTo(value + Integer.parseInt(sum.getMeasure().substring(1)) + 1));
        }
    }

    @Test
    void shouldTellTheBucketsOfOneMeasureByItsNewestFact() {
        facts.add("order-value/EUR#5", "all", "", 7, 1);
        facts.add("order-value/EUR#9", "all", "", 8, 1);
        facts.add("order-value/USD#9", "all", "", 7, 1);

        assertThat(facts.drain(3, 99L))
                .containsExactly(partial(
                        "all",
                        entry("", 0, 7, sum("order-value/USD#9", 1)),
                        entry("", 0, 8, sum("order-value/EUR#5", 1), sum("order-value/EUR#9", 1))));
    }

    @Test
    void shouldCutWhatWouldBeTooLargeForOneRecord() {
        for (int value = 0; value < 20_000; value++) {
            facts.add("revenue-of-something-long/EUR", "campaign", "a-campaign-with-a-long-name-" + value, 7, 1);
        }

        List<FactPartial> partials = facts.drain(3, 99L);

        assertThat(partials)
                .hasSizeBetween(10, 20)
                .allSatisfy(partial -> assertThat(partial.toString().length()).isLessThan(500_000));
        assertThat(partials.stream().flatMap(partial -> partial.getEntries().stream()))
                .extracting(FactEntry::getValue)
                .doesNotHaveDuplicates()
                .hasSize(20_000);
    }

    private static FactPartial partial(String dimension, FactEntry... entries) {
        return new FactPartial(3, 99L, false, "", dimension, List.of(entries));
    }

    private static FactEntry entry(String value, long minute, long newest, FactSum... sums) {
        return new FactEntry(value, minute, newest, List.of(sums), Facts.NO_CAUSE);
    }

    private static FactSum sum(String measure, long amount) {
        return new FactSum(measure, amount);
    }
}
