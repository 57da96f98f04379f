package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactEntry;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.FactSum;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollUpTest {
    private static final Instant NOON = Instant.parse("2010-06-15T12:00:00Z");
    private static final String ALL_1H = "nps|all|PT1H";

    private static final CalendarRules RULES =
            new CalendarRules(ZoneOffset.UTC, Duration.ofHours(24), Duration.ofDays(400));

    private final Facts facts = new Facts();
    private final RollUp rollUp = new RollUp(KpiCatalogue.standard(), 2, RULES);

    @ParameterizedTest
    @CsvSource({
        // window, fact, last clock at which it counts
        "PT1H,  2010-06-15T12:00:00Z,     2010-06-15T12:59:59.999Z",
        "PT1H,  2010-06-15T12:00:59.999Z, 2010-06-15T12:59:59.999Z",
        "PT24H, 2010-06-15T12:59:59.999Z, 2010-06-16T11:59:59.999Z",
        "P7D,   2010-06-15T12:30:00Z,     2010-06-22T11:59:59.999Z",
        "P30D,  2010-06-15T00:00:00Z,     2010-07-14T23:59:59.999Z",
        "P90D,  2010-06-15T23:59:59.999Z, 2010-09-12T23:59:59.999Z"
    })
    void shouldCountUntilThePaneLeavesTheWindow(String window, Instant fact, Instant last) {
        vote("nps-promoters", fact, 1);

        clock(last);
        assertThat(published().get("nps|all|" + window).getN()).isEqualTo(1);

        clock(last.plusMillis(1));
        KpiValue aged = published().get("nps|all|" + window);
        assertThat(aged.getN()).isZero();
        assertThat(aged.getValue()).isNull();
        assertThat(aged.getAsOf()).isEqualTo(last.plusMillis(1));
    }

    @ParameterizedTest
    @CsvSource({
        // window, fact, first clock at which it counts
        "PT1H,  2010-06-15T12:00:59.999Z, 2010-06-15T12:00:00Z",
        "PT24H, 2010-06-15T12:59:00Z,     2010-06-15T12:00:00Z",
        "P7D,   2010-06-15T12:59:00Z,     2010-06-15T12:00:00Z",
        "P30D,  2010-06-15T23:59:00Z,     2010-06-15T00:00:00Z",
        "P90D,  2010-06-15T23:59:00Z,     2010-06-15T00:00:00Z"
    })
    void shouldWaitUntilTheClockReachesThePane(String window, Instant fact, Instant first) {
        clock(first.minusMillis(1));
        vote("nps-promoters", fact, 1);
        assertThat(published().get("nps|all|" + window).getN()).isZero();

        clock(first);

        assertThat(published().get("nps|all|" + window).getN()).isEqualTo(1);
    }

    @Test
    void shouldCountALateFactInItsOwnPane() {
        clock(NOON);
        vote("nps-promoters", NOON.minus(Duration.ofDays(8)), 1);

        Map<String, KpiValue> values = published();

        assertThat(values.get("nps|all|P7D").getN()).isZero();
        assertThat(values.get("nps|all|P30D").getN()).isEqualTo(1);
        assertThat(values.get("nps|all|P30D").getAsOf()).isEqualTo(Instant.parse("2010-06-15T00:00:00Z"));
    }

    @Test
    void shouldTakeBackWhatIsRetracted() {
        clock(NOON);
        vote("nps-promoters", NOON.minusSeconds(60), 1);
        vote("nps-detractors", NOON, 1);
        published();

        vote("nps-promoters", NOON.minusSeconds(60), -1);

        KpiValue value = published().get(ALL_1H);
        assertThat(value.getPromoters()).isZero();
        assertThat(value.getDetractors()).isEqualTo(1);
        assertThat(value.getValue()).isEqualTo(-100.0);
    }

    @Test
    void shouldTakeTheLeastOfTheFoldClocks() {
        rollUp.apply(clockOf(0, NOON));
        assertThat(rollUp.clock()).isZero();

        rollUp.apply(clockOf(1, NOON.minusSeconds(5)));
        assertThat(rollUp.clock()).isEqualTo(NOON.minusSeconds(5).toEpochMilli());

        rollUp.apply(clockOf(1, NOON.minusSeconds(9)));
        assertThat(rollUp.clock()).isEqualTo(NOON.minusSeconds(5).toEpochMilli());
    }

    @Test
    void shouldPublishTotalsBeforeTheClockIsKnownButNoWindows() {
        vote("nps-promoters", NOON, 1);
        facts.add("records-read", "all", "", NOON.toEpochMilli(), 3);
        send();

        assertThat(published()).containsOnlyKeys("records-read|all|PT0S", "rejected-share|all|PT0S");

        clock(NOON);
        assertThat(published()).containsKeys(ALL_1H, "nps|all|P90D");
    }

    @Test
    void shouldPublishNothingWhenNothingDiffers() {
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        published();
        assertThat(published()).isEmpty();

        clock(NOON.plusMillis(59_999));

        assertThat(published()).isEmpty();
    }

    @Test
    void shouldPublishTheWindowsWhosePaneHasChangedWithoutFacts() {
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        published();

        clock(NOON.plusSeconds(60));

        assertThat(published()).containsOnlyKeys(ALL_1H);
    }

    @Test
    void shouldPublishAllWindowsOfASegmentFromItsFirstFactOn() {
        clock(NOON);
        facts.add("nps-passives", "channel", "mail|x", NOON.toEpochMilli(), 1);
        send();

        assertThat(published())
                .containsOnlyKeys(
                        "nps|channel=mail%7Cx|PT1H",
                        "nps|channel=mail%7Cx|PT24H",
                        "nps|channel=mail%7Cx|P7D",
                        "nps|channel=mail%7Cx|P30D",
                        "nps|channel=mail%7Cx|P90D");
    }

    @Test
    void shouldSendTheFactsOfAFullDimensionToOtherForGood() {
        clock(NOON);
        for (int value = 0; value < 1_002; value++) {
            facts.add("nps-promoters", "touchpoint", String.format("t%04d", value), NOON.toEpochMilli(), 1);
        }
        send();

        Map<String, KpiValue> values = published();
        assertThat(values).hasSize(1_001 * 5).containsKey("nps|touchpoint=t0999|PT1H");
        assertThat(values.get("nps|touchpoint=other|PT1H").getN()).isEqualTo(2);
        assertThat(values).doesNotContainKey("nps|touchpoint=t1000|PT1H");
        assertThat(rollUp.beyondLimit()).isEqualTo(2);

        RowsInMemory rows = new RowsInMemory();
        rollUp.drain(rows);
        RollUp again = new RollUp(KpiCatalogue.standard(), 2, RULES);
        again.restore(rows);
        facts.add("nps-promoters", "touchpoint", "t1000", NOON.toEpochMilli(), -1);
        facts.add("nps-promoters", "touchpoint", "t0007", NOON.toEpochMilli(), -1);
        facts.drain(0, 0).forEach(again::apply);

        Map<String, KpiValue> after = published(again);
        assertThat(after.get("nps|touchpoint=other|PT1H").getN()).isEqualTo(1);
        assertThat(after).hasSize(1_000 * 5).doesNotContainKey("nps|touchpoint=t0007|PT1H");
    }

    @Test
    void shouldKeepOneRowPerPaneWithFactsAndDropThoseThatAged() {
        RowsInMemory rows = new RowsInMemory();
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        published();
        rollUp.drain(rows);
        assertThat(rows.rows.keySet())
                .filteredOn(key -> key.startsWith("panes|"))
                .hasSize(4);

        clock(NOON.plus(Duration.ofDays(3_650)));
        published();
        rollUp.drain(rows);

        assertThat(rows.rows.keySet())
                .as(
                        "the newest fact at each width, to know since when a window is empty, and the last day that counted")
                .filteredOn(key -> key.startsWith("panes|"))
                .containsExactly(
                        "panes|CALENDAR_DAY|nps-promoters|all||461",
                        "panes|DAY|nps-promoters|all||461",
                        "panes|HOUR|nps-promoters|all||14775",
                        "panes|MINUTE|nps-promoters|all||354612");
        assertThat(rows.rows).containsKeys("clock|0", "clock|1", "now", "segment|all|", "zone", "reached|DAY");
    }

    @Test
    void shouldNotWritePanesThatAgedBeforeTheCommit() {
        RowsInMemory rows = new RowsInMemory();
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        vote("nps-promoters", NOON.plusSeconds(60), 1);
        clock(NOON.plus(Duration.ofHours(2)));

        rollUp.drain(rows);

        assertThat(rows.rows.keySet())
                .filteredOn(key -> key.startsWith("panes|"))
                .containsExactly(
                        "panes|CALENDAR_DAY|nps-promoters|all||461",
                        "panes|DAY|nps-promoters|all||461",
                        "panes|HOUR|nps-promoters|all||14775",
                        "panes|MINUTE|nps-promoters|all||354612");
        assertThat(rows.deletions).isZero();
    }

    @Test
    void shouldNotPublishAWindowThatStaysEmpty() {
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        clock(NOON.plus(Duration.ofHours(1)));
        assertThat(published().get(ALL_1H).getAsOf()).isEqualTo(NOON.plus(Duration.ofHours(1)));

        clock(NOON.plus(Duration.ofHours(1)).plusSeconds(60));

        assertThat(published()).isEmpty();
    }

    @Test
    void shouldWithdrawASegmentWhoseFactsAreAllTakenBack() {
        Instant old = NOON.minus(Duration.ofDays(100));
        clock(NOON);
        vote("nps-promoters", old, 1);
        assertThat(published()).containsKey(ALL_1H);

        vote("nps-promoters", old, -1);

        assertThat(withdrawn(rollUp)).hasSize(5).contains(ALL_1H, "nps|all|P90D");
        clock(NOON.plus(Duration.ofDays(1)));
        assertThat(withdrawn(rollUp)).isEmpty();
        assertThat(published()).isEmpty();

        vote("nps-detractors", NOON, 1);
        assertThat(published()).hasSize(5);
    }

    @Test
    void shouldPublishNothingOfASegmentWhoseOnlyFactWasTakenBackAtOnce() {
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        vote("nps-promoters", NOON, -1);

        assertThat(withdrawn(rollUp)).isEmpty();
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldWithdrawAfterARestartWhatWasTakenBackBefore() {
        RowsInMemory rows = new RowsInMemory();
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        published();
        vote("nps-promoters", NOON, -1);
        rollUp.drain(rows);

        RollUp again = new RollUp(KpiCatalogue.standard(), 2, RULES);
        again.restore(rows);

        assertThat(withdrawn(again)).hasSize(5);
    }

    @Test
    void shouldCountOnlyTheKpisThatWereChosen() {
        RollUp some = new RollUp(KpiCatalogue.standard().counting(List.of("nps")), 2, RULES);
        facts.add("nps-promoters", Facts.ALL, "", NOON.toEpochMilli(), 1);
        facts.add("orders", Facts.ALL, "", NOON.toEpochMilli(), 1);
        facts.add("orders", "value-tier", "low", NOON.toEpochMilli(), 1);
        facts.drain(0, 0).forEach(some::apply);
        some.apply(new FactPartial(0, NOON.toEpochMilli(), false, "", "", List.of()));
        some.apply(new FactPartial(1, NOON.toEpochMilli(), false, "", "", List.of()));

        assertThat(published(some).keySet()).hasSize(5).allMatch(key -> key.startsWith("nps|all|"));
        facts.add("heads", Facts.ALL, "", NOON.toEpochMilli(), 1);
        assertThatThrownBy(() -> facts.drain(0, 0).forEach(some::apply)).hasMessageContaining("'heads'");
    }

    private static List<String> withdrawn(RollUp from) {
        List<String> keys = new ArrayList<>();
        from.publish(new Publication() {
            @Override
            public void value(KpiValue value) {}

            @Override
            public void gone(KpiValue last) {
                if (last.getPeriod() == null) {
                    keys.add(KpiKey.of(last));
                }
            }
        });
        return keys;
    }

    @Test
    void shouldStayLiveAfterEverythingAgedAndARestart() {
        RowsInMemory rows = new RowsInMemory();
        clock(NOON);
        vote("nps-promoters", NOON, 1);
        clock(NOON.plus(Duration.ofDays(3_650)));
        Map<String, KpiValue> before = published();
        rollUp.drain(rows);

        RollUp again = new RollUp(KpiCatalogue.standard(), 2, RULES);
        again.restore(rows);

        assertThat(published(again)).isEqualTo(before).hasSize(5);
    }

    @Test
    void shouldDropRowsOfWhatIsNotDeclaredAnyMore() {
        RowsInMemory rows = new RowsInMemory();
        rows.put("panes|MINUTE|old-measure|all||5", new CellRow().toBytes());
        rows.put("segment|old-dimension|x", Rows.names(List.of("old-measure")));
        rows.put("clock|7", Rows.longs(5));

        rollUp.restore(rows);
        rollUp.drain(rows);

        assertThat(rows.rows).containsOnlyKeys("zone");
    }

    @Test
    void shouldCompleteARunWhenTheLastTaskEndsIt() {
        vote("nps-promoters", NOON.minusSeconds(1), 1);
        Instant until = NOON.plusSeconds(30);

        assertThat(rollUp.apply(end(0, until))).isEmpty();
        assertThat(rollUp.apply(end(1, until))).isEqualTo(Optional.of(new CompletedRun("run-1", until.toEpochMilli())));

        assertThat(published().values())
                .hasSize(5)
                .allSatisfy(value -> assertThat(value.getAsOf()).isEqualTo(until))
                .allSatisfy(value -> assertThat(value.getN()).isEqualTo(1));
    }

    @Test
    void shouldRememberHalfARunAndTheEndOfAWholeOne() {
        RowsInMemory rows = new RowsInMemory();
        vote("nps-promoters", NOON.minusSeconds(1), 1);
        rollUp.apply(end(0, NOON));
        rollUp.drain(rows);

        RollUp second = new RollUp(KpiCatalogue.standard(), 2, RULES);
        second.restore(rows);
        assertThat(second.apply(end(1, NOON))).isPresent();
        Map<String, KpiValue> atEnd = published(second);
        second.drain(rows);
        assertThat(rows.rows.keySet()).noneMatch(key -> key.startsWith("end|"));

        RollUp third = new RollUp(KpiCatalogue.standard(), 2, RULES);
        third.restore(rows);
        assertThat(published(third)).isEqualTo(atEnd);
    }

    @Test
    void shouldKeepItsClockWhenThereAreMoreFoldTasksAfterARestart() {
        RowsInMemory rows = new RowsInMemory();
        clock(NOON);
        rollUp.drain(rows);

        RollUp wider = new RollUp(KpiCatalogue.standard(), 3, RULES);
        wider.restore(rows);
        wider.apply(clockOf(2, NOON.minusSeconds(60)));

        assertThat(wider.clock()).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void shouldRefuseAMeasureThatNoKpiCountsAndATaskThatIsNotThere() {
        FactEntry entry = new FactEntry("", 1L, 60_000L, List.of(new FactSum("nonsense", 1L)), 0L);

        assertThatThrownBy(() -> rollUp.apply(new FactPartial(0, 0L, false, "", "all", List.of(entry))))
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> rollUp.apply(clockOf(2, NOON))).hasMessageContaining("2");
    }

    private void vote(String measure, Instant at, long amount) {
        facts.add(measure, "all", "", at.toEpochMilli(), amount);
        send();
    }

    private void send() {
        facts.drain(0, 0).forEach(rollUp::apply);
    }

    private void clock(Instant now) {
        rollUp.apply(clockOf(0, now));
        rollUp.apply(clockOf(1, now));
    }

    private Map<String, KpiValue> published() {
        return published(rollUp);
    }

    /** Those over windows; for the others see {@link CalendarTest}. */
    private static Map<String, KpiValue> published(RollUp from) {
        Map<String, KpiValue> values = new TreeMap<>();
        from.publish(value -> {
            if (value.getPeriod() == null) {
                assertThat(values.put(KpiKey.of(value), value)).isNull();
            }
        });
        return values;
    }

    private static FactPartial clockOf(int task, Instant now) {
        return new FactPartial(task, now.toEpochMilli(), false, "", "", List.of());
    }

    private static FactPartial end(int task, Instant until) {
        return new FactPartial(task, until.toEpochMilli(), true, "run-1", "", List.of());
    }
}
