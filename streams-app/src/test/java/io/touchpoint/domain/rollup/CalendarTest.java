package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Values by period: when they are final, how they are corrected, and what survives a restart. */
class CalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final CalendarRules RULES = new CalendarRules(BERLIN, Duration.ofHours(2), Duration.ofDays(400));
    private static final String DAY = "orders|all|DAY|2010-03-28";
    private static final String WEEK = "orders|all|WEEK|2010-W12";
    private static final String MONTH = "orders|all|MONTH|2010-03";

    /** Within the day of 23 hours that began at 23:00Z. */
    private static final Instant MORNING = Instant.parse("2010-03-28T08:00:00Z");
    /** When that day is final: it ends at 22:00Z. */
    private static final Instant FINAL = Instant.parse("2010-03-29T00:00:00Z");

    private final Facts facts = new Facts();
    private final Set<String> gone = new TreeSet<>();
    private final RowsInMemory rows = new RowsInMemory();
    private RollUp rollUp = new RollUp(KpiCatalogue.standard(), 1, RULES);

    @Test
    void shouldCountADayOf23HoursFromMidnightToMidnightOfTheZone() {
        order("2010-03-27T22:59:00Z", 1);
        order("2010-03-27T23:00:00Z", 10);
        order("2010-03-28T21:59:00Z", 100);
        order("2010-03-28T22:00:00Z", 1_000);
        clock(Instant.parse("2010-03-29T12:00:00Z"));

        Map<String, KpiValue> values = published();

        assertThat(values.get("orders|all|DAY|2010-03-27").getNumerator()).isEqualTo(1);
        assertThat(values.get(DAY).getNumerator()).isEqualTo(110);
        assertThat(values.get(DAY).getPeriodStart()).isEqualTo(Instant.parse("2010-03-27T23:00:00Z"));
        assertThat(values.get("orders|all|DAY|2010-03-29").getNumerator()).isEqualTo(1_000);
        assertThat(values.get(WEEK).getNumerator()).isEqualTo(111);
        assertThat(values.get("orders|all|WEEK|2010-W13").getNumerator()).isEqualTo(1_000);
        assertThat(values.get(MONTH).getNumerator()).isEqualTo(1_111);
    }

    /** Such as that of last month's buyers who are to come back in this one. */
    @Test
    void shouldSayNothingOfAPeriodThatHasNotBegun() {
        order("2010-03-30T12:00:00Z", 1);
        clock(Instant.parse("2010-03-29T12:00:00Z"));
        assertThat(published()).containsKey(MONTH).doesNotContainKey("orders|all|DAY|2010-03-30");

        clock(Instant.parse("2010-03-30T01:00:00Z"));
        assertThat(published().get("orders|all|DAY|2010-03-30").getState()).isEqualTo("PROVISIONAL");
    }

    @Test
    void shouldBeProvisionalUntilThePeriodAndItsGraceAreOver() {
        order(MORNING, 1);
        clock(MORNING);
        KpiValue first = published().get(DAY);
        assertThat(first.getState()).isEqualTo("PROVISIONAL");
        assertThat(first.getRevision()).isZero();
        assertThat(first.getAsOf()).isEqualTo(MORNING);

        clock(FINAL.minusMillis(1));
        assertThat(published()).doesNotContainKey(DAY);

        clock(FINAL);
        Map<String, KpiValue> over = published();
        assertThat(over.get(DAY).getState()).isEqualTo("FINAL");
        assertThat(over.get(DAY).getRevision()).isEqualTo(1);
        assertThat(over.get(DAY).getAsOf()).isEqualTo(FINAL);
        assertThat(over).containsKey(WEEK).doesNotContainKey(MONTH);

        clock(FINAL.plus(Duration.ofHours(3)));
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldPublishACorrectionAsANewRevision() {
        order(MORNING, 1);
        clock(FINAL);
        published();

        order(MORNING, 2);
        KpiValue second = published().get(DAY);
        assertThat(second.getNumerator()).isEqualTo(3);
        assertThat(second.getState()).isEqualTo("FINAL");
        assertThat(second.getRevision()).isEqualTo(2);

        order(MORNING, -2);
        assertThat(published().get(DAY).getRevision()).isEqualTo(3);
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldWithdrawAValueWhoseFactsAreAllTakenBack() {
        order(MORNING, 1);
        clock(FINAL);
        published();

        order(MORNING, -1);
        assertThat(published()).isEmpty();
        assertThat(gone).containsExactlyInAnyOrder(DAY, WEEK, MONTH);
        assertThat(published()).isEmpty();
        assertThat(gone).isEmpty();

        order(MORNING, 4);
        Map<String, KpiValue> again = published();
        assertThat(again.get(DAY).getRevision()).as("one for the withdrawal").isEqualTo(3);
        assertThat(again.get(MONTH).getState()).isEqualTo("PROVISIONAL");
    }

    @Test
    void shouldWithdrawAfterARestartWhatWasTakenBackBefore() {
        order(MORNING, 1);
        clock(MORNING);
        published();
        order(MORNING, -1);

        restart();

        assertThat(published()).isEmpty();
        assertThat(gone).containsExactlyInAnyOrder(DAY, WEEK, MONTH);
        restart();
        assertThat(published()).isEmpty();
        assertThat(gone).isEmpty();
        assertThat(rows.rows.keySet()).noneMatch(key -> key.startsWith("revised|"));
    }

    @Test
    void shouldNotWithdrawWhatWasNeverPublished() {
        clock(MORNING);
        order(MORNING, 1);
        order(MORNING, -1);

        assertThat(published()).isEmpty();
        assertThat(gone).isEmpty();
    }

    @Test
    void shouldNotPublishAFinalValueAgainThatDidNotChange() {
        order(MORNING, 1);
        clock(FINAL);
        published();

        order(MORNING, 2);
        order(MORNING, -2);

        assertThat(published()).containsOnlyKeys(MONTH);
    }

    @Test
    void shouldPublishALateFirstFactOfAFinalPeriodAsItsFirstRevision() {
        clock(FINAL.plus(Duration.ofDays(60)));
        published();

        order(MORNING, 1);

        assertThat(published().values()).hasSize(3).allSatisfy(value -> {
            assertThat(value.getState()).isEqualTo("FINAL");
            assertThat(value.getRevision()).isEqualTo(1);
        });
    }

    @Test
    void shouldRememberRevisionsAndCorrectionsThatWait() {
        order(MORNING, 1);
        clock(FINAL);
        published();
        order(MORNING, 1);
        published();
        order(MORNING, 1);

        restart();

        Map<String, KpiValue> after = published();
        assertThat(after.get(DAY).getRevision()).isEqualTo(3);
        assertThat(after.get(DAY).getNumerator()).isEqualTo(3);
        assertThat(after).containsKey(MONTH);

        restart();
        assertThat(published()).as("what is final is not published again").containsOnlyKeys(MONTH);
        order(MORNING, 1);
        assertThat(published().get(DAY).getRevision()).isEqualTo(4);
    }

    @Test
    void shouldNotPublishAfterARestartACorrectionThatWasTakenBack() {
        order(MORNING, 1);
        clock(FINAL);
        published();
        order(MORNING, 1);
        restart();
        order(MORNING, -1);

        assertThat(published()).containsOnlyKeys(MONTH);
        rollUp.drain(rows);
        assertThat(rows.rows.keySet()).noneMatch(key -> key.startsWith("revised|"));
    }

    @Test
    void shouldMakeFinalAfterARestartWhatTheClockHadPassedBefore() {
        order(MORNING, 1);
        clock(MORNING);
        published();
        clock(FINAL);

        restart();

        assertThat(published().get(DAY).getState()).isEqualTo("FINAL");
    }

    @Test
    void shouldMakeEveryPeriodFinalThatTheClockLeapsOver() {
        order(MORNING, 1);
        clock(MORNING);
        published();

        clock(MORNING.plus(Duration.ofDays(3_650)));

        assertThat(published())
                .containsOnlyKeys(DAY, WEEK, MONTH)
                .allSatisfy((key, value) -> assertThat(value.getState()).isEqualTo("FINAL"));
    }

    @Test
    void shouldWaitForWhatMatures() {
        facts.add("click-days", "all", "", MORNING.toEpochMilli(), 2);
        facts.add("converted-click-days", "all", "", MORNING.toEpochMilli(), 1);
        send();
        clock(FINAL.plus(Duration.ofDays(30)).minusMillis(1));
        assertThat(published().get("cr|all|DAY|2010-03-28").getState()).isEqualTo("PROVISIONAL");

        clock(FINAL.plus(Duration.ofDays(30)));

        KpiValue cr = published().get("cr|all|DAY|2010-03-28");
        assertThat(cr.getState()).isEqualTo("FINAL");
        assertThat(cr.getValue()).isEqualTo(50.0);
    }

    @Test
    void shouldGiveTheStateAtTheEndOfEachPeriodOfARunningTotal() {
        clock(MORNING);
        ticket("2010-03-28T08:00:00Z", 2);
        published();
        clock(Instant.parse("2010-03-30T12:00:00Z"));

        Map<String, KpiValue> values = published();
        assertThat(values.get("tickets-open|all|DAY|2010-03-28").getValue()).isEqualTo(2);
        assertThat(values.get("tickets-open|all|DAY|2010-03-29").getValue()).isEqualTo(2);
        assertThat(values.get("tickets-open|all|DAY|2010-03-30").getState()).isEqualTo("PROVISIONAL");

        ticket("2010-03-29T08:00:00Z", -1);
        Map<String, KpiValue> after = published();
        assertThat(after).doesNotContainKey("tickets-open|all|DAY|2010-03-28");
        assertThat(after.get("tickets-open|all|DAY|2010-03-29").getValue()).isEqualTo(1);
        assertThat(after.get("tickets-open|all|DAY|2010-03-29").getRevision()).isEqualTo(2);
        assertThat(after.get("tickets-open|all|DAY|2010-03-30").getValue()).isEqualTo(1);
    }

    @Test
    void shouldCarryARunningTotalOnAfterItsFactsAreForgotten() {
        clock(MORNING);
        ticket("2010-03-28T08:00:00Z", 2);
        published();
        clock(MORNING.plus(Duration.ofDays(900)));
        published();
        restart();
        published();

        clock(MORNING.plus(Duration.ofDays(901)));

        assertThat(published().get("tickets-open|all|DAY|2012-09-14").getValue())
                .isEqualTo(2);
    }

    @Test
    void shouldCountCustomersOfAPeriodFromFactsOfThatKindOnly() {
        long start = Instant.parse("2010-02-28T23:00:00Z").toEpochMilli();
        facts.add(Measures.PERIOD_BUYERS.per(PeriodKind.MONTH), "all", "", start, 4);
        facts.add(Measures.PERIOD_REPEAT_BUYERS.per(PeriodKind.MONTH), "all", "", start, 1);
        send();
        clock(MORNING);

        Map<String, KpiValue> values = published();

        assertThat(values.get("rpr|all|MONTH|2010-03").getValue()).isEqualTo(25.0);
        assertThat(values).containsOnlyKeys("rpr|all|MONTH|2010-03", "rpr-days|all|MONTH|2010-03");
    }

    @Test
    void shouldDivideByTheWholeCohortWhateverTheMonth() {
        long march = Instant.parse("2010-02-28T23:00:00Z").toEpochMilli();
        long april = Instant.parse("2010-03-31T22:00:00Z").toEpochMilli();
        String active = Measures.COHORT_ACTIVE.per(PeriodKind.MONTH);
        String customers = Measures.COHORT_CUSTOMERS.per(PeriodKind.MONTH);
        facts.add(customers, "cohort", "2010-03", march, 4);
        facts.add(active, "cohort", "2010-03", march, 4);
        facts.add(active, "cohort", "2010-03", april, 1);
        send();
        clock(FINAL.plus(Duration.ofDays(90)));
        assertThat(published().get("cohort-repeat|cohort=2010-03|MONTH|2010-04").getValue())
                .isEqualTo(25.0);

        facts.add(customers, "cohort", "2010-03", march, 1);
        send();

        KpiValue corrected = published().get("cohort-repeat|cohort=2010-03|MONTH|2010-04");
        assertThat(corrected.getValue()).isEqualTo(20.0);
        assertThat(corrected.getRevision()).isEqualTo(2);
    }

    @Test
    void shouldHaveNoValueOfACurrencyWhereItWasNotSeen() {
        clock(MORNING);
        facts.add("leads", "all", "", MORNING.toEpochMilli(), 2);
        send();
        assertThat(published().keySet()).noneMatch(key -> key.startsWith("cpl"));

        facts.add("spend/EUR", "all", "", MORNING.minus(Duration.ofDays(1)).toEpochMilli(), 50);
        send();

        Map<String, KpiValue> values = published();
        assertThat(values).doesNotContainKey("cpl|all/EUR|DAY|2010-03-28");
        assertThat(values.get("cpl|all/EUR|DAY|2010-03-27").getValue()).isNull();
        assertThat(values.get("cpl|all/EUR|DAY|2010-03-27").getNumerator()).isEqualTo(50);
        assertThat(values.get("cpl|all/EUR|MONTH|2010-03").getValue()).isEqualTo(25.0);
    }

    @Test
    void shouldHaveAValueForEachModelWhereThereIsSpend() {
        clock(MORNING);
        facts.add("spend/EUR", "campaign", "k1", MORNING.toEpochMilli(), 50);
        facts.add("credit/EUR/linear", "campaign", "k1", MORNING.toEpochMilli(), 75);
        send();

        Map<String, KpiValue> values = published();

        assertThat(values.get("roas|campaign=k1/EUR/linear|DAY|2010-03-28").getValue())
                .isEqualTo(1.5);
        assertThat(values.get("roas|campaign=k1/EUR/first|DAY|2010-03-28").getValue())
                .isZero();
        assertThat(values.get("drr|campaign=k1/EUR/first|DAY|2010-03-28").getValue())
                .isNull();
        assertThat(values.get("drr|campaign=k1/EUR/first|DAY|2010-03-28").getNumerator())
                .isEqualTo(50);
    }

    @Test
    void shouldForgetDaysBeforeTheHistoryAndCountWhatStillComesForThem() {
        order(MORNING, 1);
        clock(MORNING.plus(Duration.ofDays(500)));
        published();
        rollUp.drain(rows);
        assertThat(rows.rows.keySet())
                .as("the last that counted, to say that there was one")
                .filteredOn(key -> key.startsWith("panes|CALENDAR_DAY"))
                .hasSize(1);

        order(MORNING, 1);

        assertThat(published()).isEmpty();
        assertThat(rollUp.beyondHistory()).isEqualTo(1);
    }

    @Test
    void shouldRefuseRowsOfAnotherZone() {
        order(MORNING, 1);
        rollUp.drain(rows);
        RollUp other = new RollUp(
                KpiCatalogue.standard(), 1, new CalendarRules(ZoneId.of("UTC"), RULES.grace(), RULES.history()));

        assertThatThrownBy(() -> other.restore(rows))
                .hasMessageContaining("Europe/Berlin")
                .hasMessageContaining("kpis.zone");
    }

    @Test
    void shouldPublishAtTheEndOfARunWhatIsNotFinal() {
        order(MORNING, 1);
        clock(FINAL);
        published();
        Instant until = FINAL.plusSeconds(30);

        rollUp.apply(new FactPartial(0, until.toEpochMilli(), true, "run-1", "", List.of()));

        assertThat(published()).containsOnlyKeys(MONTH);
        order(MORNING, 1);
        assertThat(published().get(MONTH).getAsOf()).isEqualTo(until);
    }

    private void order(String at, long count) {
        order(Instant.parse(at), count);
    }

    private void order(Instant at, long count) {
        facts.add("orders", "all", "", at.toEpochMilli(), count);
        send();
    }

    private void ticket(String at, long count) {
        facts.add("tickets-open", "all", "", Instant.parse(at).toEpochMilli(), count);
        send();
    }

    private void send() {
        facts.drain(0, 0).forEach(rollUp::apply);
    }

    private void clock(Instant now) {
        rollUp.apply(new FactPartial(0, now.toEpochMilli(), false, "", "", List.of()));
    }

    private void restart() {
        rollUp.drain(rows);
        rollUp = new RollUp(KpiCatalogue.standard(), 1, RULES);
        rollUp.restore(rows);
    }

    private Map<String, KpiValue> published() {
        Map<String, KpiValue> values = new TreeMap<>();
        gone.clear();
        rollUp.publish(new Publication() {
            @Override
            public void value(KpiValue value) {
                if (value.getPeriod() != null) {
                    assertThat(values.put(KpiKey.of(value), value)).isNull();
                }
            }

            @Override
            public void gone(KpiValue last) {
                if (last.getPeriod() != null) {
                    gone.add(KpiKey.of(last));
                }
            }
        });
        return values;
    }
}
