package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class KpiBoardTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final KpiBoard board = new KpiBoard();

    @Test
    void shouldKeepHowAWindowCameToBeAndReplaceWhatIsRestated() {
        rolling("orders", "all", "", 0, 1);
        rolling("orders", "all", "", 60, 2);
        rolling("orders", "all", "", 60, 3);

        assertThat(board.history("orders|all|P30D"))
                .extracting(KpiBoard.Point::value)
                .containsExactly(1.0, 3.0);
        assertThat(board.latestOf("orders|all|P30D").orElseThrow().getValue()).isEqualTo(3.0);
        assertThat(board.latest("orders")).hasSize(1);
        assertThat(board.latest("nps")).isEmpty();
    }

    @Test
    void shouldHoldSoManyPointsAsAChartShows() {
        for (int at = 0; at < 1_000; at++) {
            rolling("orders", "all", "", at, at);
            rolling("orders", "channel", "web", at, at);
        }

        assertThat(board.history("orders|all|P30D")).hasSize(360).last().matches(point -> point.value() == 999);
        assertThat(board.history("orders|channel=web|P30D")).hasSize(60);
    }

    @Test
    void shouldTellPeriodsFromOneToAnother() {
        days("all", "", 5);
        board.calendar("orders|all|DAY|2024-01-03", null);

        assertThat(board.periods("orders|all|DAY", "2024-01-02", "2024-01-04"))
                .extracting(KpiValue::getPeriod)
                .containsExactly("2024-01-02", "2024-01-04");
        assertThat(board.periods("orders|all|DAY", "2024-01-04", "2024-01-02")).isEmpty();
        assertThat(board.periods("orders|all|WEEK", "", "9999")).isEmpty();
    }

    @Test
    void shouldHoldAllDaysOfAllCustomersAndTheNewestOfASegment() {
        days("all", "", 150);
        days("channel", "web", 150);

        assertThat(board.periods("orders|all|DAY", "", "9999")).hasSize(150);
        assertThat(board.periods("orders|channel=web|DAY", "", "9999"))
                .hasSize(35)
                .last()
                .matches(value -> value.getPeriod().equals("2024-05-29"));
    }

    @Test
    void shouldTellThePeriodsOfAllSegments() {
        days("channel", "web", 2);
        days("channel", "shop", 1);
        days("country", "FR", 1);

        assertThat(board.periodsOfAll("orders|channel=", "DAY", 10))
                .extracting(told -> told.value().getSegmentValue())
                .containsExactly("shop", "web", "web");
        assertThat(board.periodsOfAll("orders|channel=", "DAY", 2)).hasSize(2);
    }

    @Test
    void shouldTellOfAPeriodWhatWasPublishedLastAndMakeItsTextOnce() {
        days("all", "", 1);
        var first = board.told("orders|all|DAY", "", "9999").get(0);
        assertThat(first.json())
                .contains("\"period\":\"2024-01-01\",")
                .contains("\"value\":0.0,")
                .isSameAs(first.json());

        var restated = value("orders", "all", "", "DAY", 7);
        restated.setPeriod("2024-01-01");
        board.calendar("orders|all|DAY|2024-01-01", restated);

        assertThat(board.told("orders|all|DAY", "", "9999"))
                .extracting(KpiBoard.Told::json)
                .singleElement()
                .asString()
                .contains("\"value\":7.0,");
    }

    private void rolling(String kpi, String dimension, String segment, long second, double amount) {
        var value = value(kpi, dimension, segment, "P30D", amount);
        value.setAsOf(START.plusSeconds(second));
        board.rolling(KpiKey.of(value), value);
    }

    private void days(String dimension, String segment, int days) {
        for (int day = 0; day < days; day++) {
            var value = value("orders", dimension, segment, "DAY", day);
            value.setPeriod(LocalDate.parse("2024-01-01").plusDays(day).toString());
            board.calendar(KpiKey.of(value), value);
        }
    }

    private static KpiValue value(String kpi, String dimension, String segment, String window, double amount) {
        var value = new KpiValue();
        value.setKpi(kpi);
        value.setSegmentDimension(dimension);
        value.setSegmentValue(segment);
        value.setWindow(window);
        value.setValue(amount);
        value.setAsOf(START);
        return value;
    }
}
