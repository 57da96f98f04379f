package io.touchpoint.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.domain.catalogue.Change.Verdict;
import io.touchpoint.records.KpiValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {

    private static final Kpi NPS = kpi("nps");
    private static final Kpi CSAT = kpi("csat");

    /** R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
    @ParameterizedTest
    @CsvSource({"56, 70, 48, 80, 5.24, 33.39", "9, 10, 3, 10, 17.05, 80.90", "6, 7, 2, 7, 5.82, 80.62"})
    void shouldHaveThePublishedIntervalOfTwoShares(
            int hits, int n, int hitsBefore, int before, double low, double high) {
        var change =
                Change.between(share(hitsBefore, before), share(hits, n), 0.95).orElseThrow();

        assertThat(change.difference()).isCloseTo(100.0 * hits / n - 100.0 * hitsBefore / before, within(1e-9));
        assertThat(change.low()).isCloseTo(low, within(0.006));
        assertThat(change.high()).isCloseTo(high, within(0.006));
        assertThat(change.verdict()).isEqualTo(Verdict.UP);
    }

    /** By the multinomial variance P(1 − P) + D(1 − D) + 2PD, and by thousandths. */
    @Test
    void shouldHaveTheIntervalOfTwoScoresByTheMultinomialVariance() {
        var change = Change.between(score(120, 50, 30), score(50, 30, 20), 0.95).orElseThrow();

        double p1 = 50.75 / 103;
        double d1 = 20.75 / 103;
        double p2 = 120.75 / 203;
        double d2 = 30.75 / 203;
        double v1 = (p1 * (1 - p1) + d1 * (1 - d1) + 2 * p1 * d1) / 103;
        double v2 = (p2 * (1 - p2) + d2 * (1 - d2) + 2 * p2 * d2) / 203;
        double centre = 100 * (p1 - d1 - p2 + d2);
        double margin = 100 * 1.959964 * Math.sqrt(v1 + v2);
        assertThat(change.difference()).isCloseTo(-15, within(1e-9));
        assertThat(change.low()).isCloseTo(centre - margin, within(1e-4));
        assertThat(change.high()).isCloseTo(centre + margin, within(1e-4));
    }

    @Test
    void shouldBeWiderTheSurerItIs() {
        var narrow = Change.between(share(60, 100), share(40, 100), 0.8).orElseThrow();
        var wide = Change.between(share(60, 100), share(40, 100), 0.999).orElseThrow();

        assertThat(narrow.low()).isGreaterThan(wide.low());
        assertThat(narrow.high()).isLessThan(wide.high());
        assertThat(narrow.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(wide.verdict()).isEqualTo(Verdict.NOISE);
    }

    @Test
    void shouldCallNoiseWhatAFewAnswersMayDoAndAMoveWhatManyDo() {
        assertThat(verdict(score(10, 8, 6), score(8, 8, 8))).isEqualTo(Verdict.NOISE);
        assertThat(verdict(score(1_000, 800, 600), score(800, 800, 800))).isEqualTo(Verdict.DOWN);
        assertThat(verdict(score(800, 800, 800), score(1_000, 800, 600))).isEqualTo(Verdict.UP);
        assertThat(verdict(score(5, 5, 5), score(5, 5, 5))).isEqualTo(Verdict.NOISE);
    }

    @Test
    void shouldSayNothingWhereOneSideHasNoAnswers() {
        assertThat(Change.between(new KpiValue(), score(10, 8, 6), 0.95)).isEmpty();
        assertThat(Change.pooled(NPS, List.of())).isEmpty();
        assertThat(Change.pooled(kpi("orders"), List.of(share(1, 2)))).isEmpty();
    }

    @Test
    void shouldTakeDaysTogetherAsOneCountOfTheirAnswersWould() {
        var pooled = Change.pooled(NPS, List.of(score(7, 2, 1), score(0, 0, 4), score(3, 3, 0)))
                .orElseThrow();
        var whole = score(10, 5, 5);

        assertThat(pooled.getValue()).isEqualTo(whole.getValue());
        assertThat(pooled.getLow()).isEqualTo(whole.getLow());
        assertThat(pooled.getHigh()).isEqualTo(whole.getHigh());
        assertThat(pooled.getN()).isEqualTo(20);
        assertThat(Change.pooled(CSAT, List.of(share(3, 4), share(0, 1)))).hasValueSatisfying(value -> {
            assertThat(value.getValue()).isEqualTo(60);
            assertThat(value.getLow()).isEqualTo(share(3, 5).getLow());
        });
    }

    private static Verdict verdict(KpiValue before, KpiValue now) {
        return Change.between(before, now, Change.USUAL_CONFIDENCE)
                .orElseThrow()
                .verdict();
    }

    private static KpiValue score(long promoters, long passives, long detractors) {
        var value = new KpiValue();
        value.setPromoters(promoters);
        value.setPassives(passives);
        value.setDetractors(detractors);
        return bounded(NPS, value, promoters - detractors, promoters + passives + detractors);
    }

    private static KpiValue share(long hits, long all) {
        return bounded(CSAT, new KpiValue(), hits, all);
    }

    private static KpiValue bounded(Kpi kpi, KpiValue value, long numerator, long denominator) {
        value.setNumerator(numerator);
        value.setDenominator(denominator);
        value.setN(denominator);
        value.setValue(100.0 * numerator / denominator);
        kpi.interval().bound(value);
        return value;
    }

    private static Kpi kpi(String id) {
        return KpiCatalogue.standard().kpis().stream()
                .filter(kpi -> kpi.id().equals(id))
                .findAny()
                .orElseThrow();
    }
}
