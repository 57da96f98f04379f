package io.touchpoint.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.state.Answer;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SurveyAnswerTest {

    @Test
    void shouldScoreOnAnyUsualScaleWithoutRounding() {
        for (int range = 1; range <= 10; range++) {
            for (int score = 0; score <= range; score++) {
                assertThat(SurveyAnswer.of(answer(SurveyKind.CSAT, score, 0, range, true))
                                        .score()
                                * range)
                        .isEqualTo(score * Measures.SCORE_UNIT);
            }
        }
        assertThat(SurveyAnswer.of(answer(SurveyKind.CSAT, 77, 0, 100, true)).score())
                .isEqualTo(Measures.SCORE_UNIT / 100 * 77);
    }

    @Test
    void shouldScoreOnTheWidestScaleThereCanBe() {
        var answer = answer(SurveyKind.CSAT, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, true);
        assertThat(SurveyAnswer.of(answer).score()).isEqualTo(Measures.SCORE_UNIT);
        answer.setScore(-1);
        assertThat(SurveyAnswer.of(answer).score()).isBetween(12_599_999_990L, 12_600_000_000L);
    }

    @Test
    void shouldTurnAScaleOnWhichLowerIsBetter() {
        assertThat(SurveyAnswer.of(answer(SurveyKind.CES, 2, 1, 7, false)))
                .isEqualTo(SurveyAnswer.of(answer(SurveyKind.CES, 6, 1, 7, true)));
    }

    @Test
    void shouldCallTheTopTwoOfFiveSatisfiedAndTheTopTwoOfSevenEasy() {
        for (int score = 1; score <= 5; score++) {
            assertThat(facts(answer(SurveyKind.CSAT, score, 1, 5, true)).containsKey("csat-satisfied"))
                    .isEqualTo(score >= 4);
        }
        for (int score = 1; score <= 7; score++) {
            assertThat(facts(answer(SurveyKind.CES, score, 1, 7, true)).containsKey("ces-easy"))
                    .isEqualTo(score >= 6);
        }
    }

    @Test
    void shouldCountNeitherNpsNorWhatWasWithdrawn() {
        var withdrawn = answer(SurveyKind.CSAT, 5, 1, 5, true);
        withdrawn.setWithdrawn(true);
        assertThat(SurveyAnswer.of(withdrawn)).isNull();
        assertThat(SurveyAnswer.of(answer(SurveyKind.NPS, 5, 0, 10, true))).isNull();
        assertThat(SurveyAnswer.of(null)).isNull();
    }

    private static Map<String, Long> facts(Answer answer) {
        var facts = new TreeMap<String, Long>();
        SurveyAnswer.of(answer).count(1, (measure, dimension, value, at, amount) -> {
            if (dimension.equals("all")) {
                facts.put(measure, amount);
            }
        });
        return facts;
    }

    private static Answer answer(SurveyKind kind, int score, int min, int max, boolean higherIsBetter) {
        return new Answer(
                kind.ordinal(),
                "r",
                "e",
                1L,
                score,
                min,
                max,
                higherIsBetter,
                false,
                "app",
                "web",
                null,
                new ArrayList<>(),
                null,
                0);
    }
}
