package io.touchpoint.domain.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KpiCatalogueTest {
    private static final long NOON = Instant.parse("2017-06-01T12:00:00Z").toEpochMilli();

    private final KpiCatalogue catalogue = KpiCatalogue.standard();

    /** Published: the data README's interval figures. */
    @ParameterizedTest
    @CsvSource({"50, 30, 20, 29.13, 15.08", "10, 0, 0, 76.92, 29.42", "5, 3, 2, 23.08, 42.13"})
    void shouldGiveThePublishedNpsIntervals(
            long promoters, long passives, long detractors, double centre, double margin) {
        KpiValue nps = nps(promoters, passives, detractors);

        double low = centre - margin;
        double high = Math.min(100, centre + margin);
        assertThat(nps.getLow()).isCloseTo(low, within(0.01));
        assertThat(nps.getHigh()).isCloseTo(high, within(0.01));
        assertThat(nps.getN()).isEqualTo(promoters + passives + detractors);
        assertThat(nps.getPromoters()).isEqualTo(promoters);
        assertThat(nps.getPassives()).isEqualTo(passives);
        assertThat(nps.getDetractors()).isEqualTo(detractors);
        assertThat(nps.getNumerator()).isEqualTo(promoters - detractors);
        assertThat(nps.getDenominator()).isEqualTo(promoters + passives + detractors);
    }

    @Test
    void shouldGiveThePublishedScoreOfTheAirport() {
        assertThat(nps(1_436, 968, 342).getValue()).isCloseTo(39.8398, within(0.00005));
    }

    @Test
    void shouldClipTheIntervalToTheScale() {
        assertThat(nps(10, 0, 0).getHigh()).isEqualTo(100);
        assertThat(nps(0, 0, 10).getLow()).isEqualTo(-100);
    }

    @Test
    void shouldHaveNoScoreWithoutAnswers() {
        KpiValue nps = nps(0, 0, 0);

        assertThat(nps.getValue()).isNull();
        assertThat(nps.getLow()).isNull();
        assertThat(nps.getHigh()).isNull();
        assertThat(nps.getN()).isZero();
        assertThat(nps.getNumerator()).isZero();
        assertThat(nps.getDenominator()).isZero();
        assertThat(nps.getPromoters()).isZero();
    }

    @Test
    void shouldGiveARunningTotalAsItsOwnNumerator() {
        Kpi read = kpi("records-read");

        KpiValue value = read.value(new Segment("all", ""), RollingWindow.TOTAL, measure -> 7, NOON);

        assertThat(value.getValue()).isEqualTo(7.0);
        assertThat(value.getNumerator()).isEqualTo(7.0);
        assertThat(value.getDenominator()).isEqualTo(1.0);
        assertThat(value.getN()).isEqualTo(7);
        assertThat(value.getLow()).isNull();
        assertThat(value.getPromoters()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "all, '', nps|all|P30D",
        "channel, web, nps|channel=web|P30D",
        "touchpoint, a|b/c=d%e, nps|touchpoint=a%7Cb%2Fc%3Dd%25e|P30D",
        "channel, ' Größe 5', nps|channel= Größe 5|P30D"
    })
    void shouldWriteKeysThatCanBeTakenApart(String dimension, String value, String key) {
        KpiValue nps = kpi("nps").value(new Segment(dimension, value), RollingWindow.THIRTY_DAYS, measure -> 1, NOON);

        assertThat(KpiKey.of(nps)).isEqualTo(key);
        assertThat(KpiKey.decode(KpiKey.encode(value))).isEqualTo(value);
    }

    @Test
    void shouldAddCurrencyAndPeriodToKeys() {
        KpiValue value = kpi("nps").value(new Segment("all", ""), RollingWindow.THIRTY_DAYS, measure -> 1, NOON);
        value.setKpi("revenue");
        value.setCurrency("EUR");
        value.setWindow("WEEK");
        value.setPeriod("2010-W01");

        assertThat(KpiKey.of(value)).isEqualTo("revenue|all/EUR|WEEK|2010-W01");
    }

    @Test
    void shouldRefuseAMeasureThatNoKpiCounts() {
        assertThatThrownBy(() -> catalogue.use("reason", "nps-promoters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nps-promoters")
                .hasMessageContaining("reason");
    }

    @Test
    void shouldRefuseAWindowThatDoesNotFitItsMeasure() {
        assertThatThrownBy(() -> new Kpi(
                        "open",
                        "count",
                        "",
                        List.of(Kpi.Term.plus(Measures.TICKETS_OPEN)),
                        List.of(),
                        1,
                        Set.of("all"),
                        List.of(RollingWindow.ONE_HOUR),
                        Interval.NONE,
                        ""))
                .hasMessageContaining("PT1H")
                .hasMessageContaining("tickets-open");
    }

    @Test
    void shouldRefuseTwoKpisOfOneId() {
        assertThatThrownBy(() -> new KpiCatalogue(List.of(kpi("nps"), kpi("nps"))))
                .hasMessageContaining("nps");
    }

    private KpiValue nps(long promoters, long passives, long detractors) {
        Map<Measure, Long> sums = Map.of(
                KpiCatalogue.NPS_PROMOTERS, promoters,
                KpiCatalogue.NPS_PASSIVES, passives,
                KpiCatalogue.NPS_DETRACTORS, detractors);
        return kpi("nps").value(new Segment("all", ""), RollingWindow.ONE_HOUR, sums::get, NOON);
    }

    private Kpi kpi(String id) {
        return catalogue.kpis().stream()
                .filter(kpi -> kpi.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
