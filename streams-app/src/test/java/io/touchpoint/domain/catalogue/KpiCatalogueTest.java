package io.touchpoint.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.touchpoint.domain.kpi.Buckets;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.domain.rollup.AllMeasures;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KpiCatalogueTest {
    private static final Instant NOON = Instant.parse("2017-06-01T12:00:00Z");
    private static final Segment ALL = new Segment("all", "");

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

        KpiValue value = read.over(RollingWindow.TOTAL, ALL, Variant.PLAIN, new FixedSums(measure -> 7L), NOON);

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
        KpiValue nps = kpi("nps")
                .over(
                        RollingWindow.THIRTY_DAYS,
                        new Segment(dimension, value),
                        Variant.PLAIN,
                        new FixedSums(measure -> 1L),
                        NOON);

        assertThat(KpiKey.of(nps)).isEqualTo(key);
        assertThat(KpiKey.decode(KpiKey.encode(value))).isEqualTo(value);
    }

    @Test
    void shouldAddCurrencyModelAndPeriodToKeys() {
        KpiValue value = kpi("roas")
                .over(
                        RollingWindow.THIRTY_DAYS,
                        new Segment("campaign", "k1"),
                        new Variant("EUR", "linear"),
                        new FixedSums(measure -> 1L),
                        NOON);
        assertThat(KpiKey.of(value)).isEqualTo("roas|campaign=k1/EUR/linear|P30D");

        value.setWindow("WEEK");
        value.setPeriod("2010-W01");
        assertThat(KpiKey.of(value)).isEqualTo("roas|campaign=k1/EUR/linear|WEEK|2010-W01");
    }

    @Test
    void shouldCountEveryMeasureInEveryDimensionOfIts() {
        for (Measure measure : AllMeasures.declared()) {
            for (String dimension : measure.dimensions()) {
                assertThat(catalogue.factKind(dimension, wireId(measure)).use().measure())
                        .isEqualTo(measure);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reason, nps-promoters",
        "all, nps-promoters/EUR",
        "all, nps-promoters#5",
        "all, nps-promoters@MONTH",
        "all, revenue",
        "all, revenue/eur",
        "all, revenue/EUR/linear",
        "all, credit/EUR/markov",
        "all, order-value/EUR",
        "all, order-value/EUR#",
        "all, order-value/EUR#x",
        "all, order-value/EUR#4000",
        "all, crr",
        "all, buyers@YEAR",
        "all, buyers@",
        "cohort, cohort-active@DAY",
        "cohort, cohort-active"
    })
    void shouldRefuseFactsThatNoKpiCounts(String dimension, String id) {
        assertThatThrownBy(() -> catalogue.factKind(dimension, id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellRollingFromPeriodCountsOfOneName() {
        assertThat(catalogue.factKind("all", "buyers").use().measure()).isEqualTo(Measures.BUYERS);
        assertThat(catalogue.factKind("all", "buyers@WEEK").use().measure()).isEqualTo(Measures.PERIOD_BUYERS);
    }

    @Test
    void shouldMeasureMeansFromTheLowestAnswer() {
        // 5, 3 and 1 of 1–5.
        Sums sums = new FixedSums(
                Map.of(Measures.CSAT_ANSWERS, 3L, Measures.CSAT_SCORE, Measures.SCORE_UNIT + Measures.SCORE_UNIT / 2));
        KpiValue mean = value("csat-mean", sums);

        assertThat(mean.getValue()).isEqualTo(3.0);
        assertThat(mean.getNumerator()).isEqualTo(9.0);
        assertThat(mean.getDenominator()).isEqualTo(3.0);
        assertThat(mean.getN()).isEqualTo(3);
    }

    @Test
    void shouldGiveTheWilsonIntervalOfAShare() {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        KpiValue csat = value("csat", new FixedSums(Map.of(Measures.CSAT_ANSWERS, 263L, Measures.CSAT_SATISFIED, 81L)));

        assertThat(csat.getValue()).isCloseTo(30.798, within(0.001));
        assertThat(csat.getLow()).isCloseTo(25.53, within(0.005));
        assertThat(csat.getHigh()).isCloseTo(36.62, within(0.005));

        KpiValue none = value("csat", new FixedSums(measure -> 0L));
        assertThat(none.getValue()).isNull();
        assertThat(none.getLow()).isNull();
    }

    @Test
    void shouldShowSpendWithoutRevenueAndNoShareOfIt() {
        KpiValue drr = value("drr", new FixedSums(Map.of(Measures.SPEND, 5_000L)));

        assertThat(drr.getValue()).isNull();
        assertThat(drr.getNumerator()).isEqualTo(5_000.0);
        assertThat(drr.getDenominator()).isZero();
    }

    @Test
    void shouldHaveNoReturnOnMarketingWhileACostIsUnknown() {
        Map<Measure, Long> sums = Map.of(Measures.CREDIT_MARGIN, 300L, Measures.SPEND, 200L);
        assertThat(value("romi", new FixedSums(sums)).getValue()).isEqualTo(50.0);

        assertThat(value(
                                "romi",
                                new FixedSums(Map.of(
                                        Measures.CREDIT_MARGIN, 300L,
                                        Measures.SPEND, 200L,
                                        Measures.CREDIT_UNCOSTED, 1L)))
                        .getValue())
                .isNull();
    }

    @Test
    void shouldTakeTheValueOfTheRankRoundedUp() {
        Histogram values = new Histogram();
        for (long value : List.of(100L, 200L, 300L, 400L)) {
            values.add(Buckets.index(Buckets.of(value)), 1);
        }
        KpiValue median = value("aov-median", new FixedSums(values));
        KpiValue p90 = value("aov-p90", new FixedSums(values));

        assertThat(median.getValue()).isCloseTo(200, withinPercentage(1));
        assertThat(median.getNumerator()).isEqualTo(2.0);
        assertThat(median.getDenominator()).isEqualTo(4.0);
        assertThat(p90.getValue()).isCloseTo(400, withinPercentage(1));
        assertThat(value("aov-p90", new FixedSums(new Histogram())).getValue()).isNull();
    }

    @Test
    void shouldAddUpRetentionAndChurn() {
        Sums sums = new FixedSums(Map.of(Measures.RETENTION_BASE, 8L, Measures.RETAINED, 3L));

        assertThat(month("crr", sums) + month("churn-rate", sums)).isEqualTo(100);
    }

    @Test
    void shouldRefuseAWindowThatDoesNotFitItsMeasure() {
        assertThatThrownBy(() -> Declaration.kpi("open", "count", "")
                        .is(Ratio.sum(Term.plus(Measures.TICKETS_OPEN)), List.of("all"))
                        .over(List.of(RollingWindow.ONE_HOUR))
                        .from(""))
                .hasMessageContaining("PT1H")
                .hasMessageContaining("tickets-open");
    }

    @Test
    void shouldRefuseADimensionThatAMeasureIsNotCountedBy() {
        assertThatThrownBy(() -> Declaration.kpi("cost", "minor units", "")
                        .is(Ratio.sum(Term.plus(Measures.SPEND)), List.of("channel"))
                        .from(""))
                .hasMessageContaining("spend")
                .hasMessageContaining("channel");
    }

    @Test
    void shouldRefuseTwoKpisOfOneId() {
        assertThatThrownBy(() -> new KpiCatalogue(Map.of("Surveys", List.of(kpi("nps"), kpi("nps")))))
                .hasMessageContaining("nps");
    }

    private static String wireId(Measure measure) {
        boolean perPeriod = measure.kind() == Measure.Kind.PER_PERIOD;
        return switch (measure.split()) {
            case NONE -> perPeriod ? measure.per(PeriodKind.MONTH) : measure.id();
            case CURRENCY -> perPeriod ? measure.per(PeriodKind.MONTH, "EUR") : measure.in("EUR");
            case MODEL -> measure.in("EUR", "linear");
            case BUCKET -> measure.bucket(7);
            case CURRENCY_BUCKET -> measure.bucket("EUR", 7);
        };
    }

    private KpiValue nps(long promoters, long passives, long detractors) {
        return value(
                "nps",
                new FixedSums(Map.of(
                        Measures.NPS_PROMOTERS, promoters,
                        Measures.NPS_PASSIVES, passives,
                        Measures.NPS_DETRACTORS, detractors)));
    }

    private KpiValue value(String id, Sums sums) {
        return kpi(id).over(RollingWindow.ONE_HOUR, ALL, Variant.PLAIN, sums, NOON);
    }

    private double month(String id, Sums sums) {
        return kpi(id).in(PeriodKind.MONTH, ALL, Variant.PLAIN, sums, NOON).getValue();
    }

    private Kpi kpi(String id) {
        return catalogue.kpis().stream()
                .filter(kpi -> kpi.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Sums as given; over all time the same. */
    private record FixedSums(ToLongFunction<Measure> sums, Histogram values) implements Sums {
        FixedSums(ToLongFunction<Measure> sums) {
            this(sums, new Histogram());
        }

        FixedSums(Map<Measure, Long> sums) {
            this(measure -> sums.getOrDefault(measure, 0L));
        }

        FixedSums(Histogram values) {
            this(measure -> values.total(), values);
        }

        @Override
        public long of(Measure measure) {
            return sums.applyAsLong(measure);
        }

        @Override
        public long ever(Measure measure) {
            return sums.applyAsLong(measure);
        }

        @Override
        public Histogram histogram(Measure measure) {
            return values;
        }
    }
}
