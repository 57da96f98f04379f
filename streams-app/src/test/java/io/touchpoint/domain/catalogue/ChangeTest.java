package io.touchpoint.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.domain.catalogue.Change.Verdict;
import io.touchpoint.records.KpiValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final Kpi NPS = kpi("nps");
    private static final Kpi CSAT = kpi("csat");

    @Test
    void shouldReproduceThePublishedIntervalOfADifferenceOfProportions() {
        var change = Change.between(share(48, 80), share(56, 70)).orElseThrow();

        assertThat(change.difference()).isCloseTo(20, within(1e-9));
        assertThat(change.low())
                .as("Newcombe 1998, table II, method 10, (56/70, 48/80)")
                .isCloseTo(5.24, within(0.005));
        assertThat(change.high()).isCloseTo(33.39, within(0.005));
        assertThat(change.verdict()).isEqualTo(Verdict.UP);
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
        assertThat(Change.between(new KpiValue(), score(10, 8, 6))).isEmpty();
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
        return Change.between(before, now).orElseThrow().verdict();
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
