package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.Change.Verdict;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class KpiChangesTest {

    private static final Instant NOW = Instant.parse("2024-03-31T15:00:00Z");
    private static final Kpi NPS = KpiCatalogue.standard().kpis().stream()
            .filter(kpi -> kpi.id().equals("nps"))
            .findAny()
            .orElseThrow();

    private final KpiBoard board = new KpiBoard();
    private final KpiChanges changes = new KpiChanges(board, ZoneOffset.UTC);

    @Test
    void shouldCompareThirtyDaysWithTheThirtyBefore() {
        rolling("P30D", 500, 0, 500);
        day("2024-01-31", 0, 1_000);
        day("2024-02-01", 300, 0);
        day("2024-03-01", 300, 0);
        day("2024-03-02", 0, 1_000);

        var compared = changes.compare(NPS, "all", RollingWindow.THIRTY_DAYS);

        assertThat(compared.from()).isEqualTo("2024-02-01");
        assertThat(compared.to()).isEqualTo("2024-03-01");
        assertThat(compared.before().getN()).isEqualTo(600);
        assertThat(compared.before().getValue()).isEqualTo(100);
        assertThat(compared.change().orElseThrow().verdict()).isEqualTo(Verdict.DOWN);
    }

    @Test
    void shouldLeaveOutTheDayInWhichAWindowOfHoursBegins() {
        rolling("P7D", 500, 0, 500);

        var compared = changes.compare(NPS, "all", RollingWindow.SEVEN_DAYS);

        assertThat(compared.from()).isEqualTo("2024-03-17");
        assertThat(compared.to()).isEqualTo("2024-03-23");
        assertThat(compared.change()).isEmpty();
    }

    @Test
    void shouldHaveNothingToCompareBeforeTheFirstValue() {
        assertThat(changes.compare(NPS, "all", RollingWindow.THIRTY_DAYS).change())
                .isEmpty();
    }

    @Test
    void shouldKeepTheDaysOfASegmentThatTheLongestComparisonNeeds() {
        for (int day = 0; day < 180; day++) {
            var value = value("DAY", 1, 0, 0);
            value.setSegmentDimension("channel");
            value.setSegmentValue("web");
            value.setPeriod(LocalDate.parse("2024-03-31").minusDays(179 - day).toString());
            board.calendar(KpiKey.of(value), value);
        }
        var now = value("P90D", 45, 0, 45);
        now.setSegmentDimension("channel");
        now.setSegmentValue("web");
        board.rolling(KpiKey.of(now), now);

        assertThat(changes.compare(NPS, "channel=web", RollingWindow.NINETY_DAYS)
                        .before()
                        .getN())
                .isEqualTo(90);
    }

    private void rolling(String window, long promoters, long passives, long detractors) {
        var value = value(window, promoters, passives, detractors);
        board.rolling(KpiKey.of(value), value);
    }

    private void day(String day, long promoters, long detractors) {
        var value = value("DAY", promoters, 0, detractors);
        value.setPeriod(day);
        board.calendar(KpiKey.of(value), value);
    }

    private static KpiValue value(String window, long promoters, long passives, long detractors) {
        long n = promoters + passives + detractors;
        var value = new KpiValue();
        value.setKpi("nps");
        value.setSegmentDimension("all");
        value.setSegmentValue("");
        value.setWindow(window);
        value.setAsOf(NOW);
        value.setPromoters(promoters);
        value.setPassives(passives);
        value.setDetractors(detractors);
        value.setNumerator(promoters - detractors);
        value.setDenominator(n);
        value.setN(n);
        value.setValue(100.0 * (promoters - detractors) / n);
        NPS.interval().bound(value);
        return value;
    }
}
