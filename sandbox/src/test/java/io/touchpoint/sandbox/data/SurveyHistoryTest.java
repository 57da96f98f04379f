package io.touchpoint.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyHistoryTest {

    @Test
    void shouldReproduceThePublishedNps() {
        var scores = scores(2017, SurveyKind.NPS);
        var detractors = scores.stream().filter(score -> score <= 6).count();
        var promoters = scores.stream().filter(score -> score >= 9).count();

        assertThat(scores).hasSize(2_746);
        assertThat(detractors).isEqualTo(342);
        assertThat(scores.size() - detractors - promoters).isEqualTo(968);
        assertThat(promoters).isEqualTo(1_436);
        assertThat(100.0 * (promoters - detractors) / scores.size()).isCloseTo(39.8398, within(5e-5));
    }

    @ParameterizedTest
    @CsvSource({"2014, 78.857, 5e-4", "2015, 80.0, 5e-2", "2016, 80.987, 5e-4", "2017, 82.068, 5e-4"})
    void shouldReproduceThePublishedSatisfaction(int year, double published, double precision) {
        var scores = scores(year, SurveyKind.CSAT);
        var satisfied = scores.stream().filter(score -> score >= 4).count();

        assertThat(100.0 * satisfied / scores.size()).isCloseTo(published, within(precision));
    }

    @Test
    void shouldCountEveryQuestionOfEveryRespondent() {
        var survey = SurveyHistory.wave(2017);

        assertThat(survey.respondents()).isEqualTo(2_831);
        assertThat(survey.unanswered()).containsEntry("nps", 85).containsEntry("csat", 143);
        var unanswered = survey.unanswered().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(survey.events(TimeShift.NONE).count()).isEqualTo(5L * 2_831 - unanswered);
    }

    @Test
    void shouldKeepTheDayOfTheInterview() {
        var first = answers(2017).stream()
                .filter(answer -> answer.getCustomerId().equals("sfo-2017-1"))
                .findFirst()
                .orElseThrow();

        assertThat(first.getOccurredAt()
                        .atZone(ZoneId.of("America/Los_Angeles"))
                        .toLocalDate())
                .isEqualTo(LocalDate.of(2017, 5, 13));
    }

    @Test
    void shouldComeInOrder() {
        assertThat(SurveyHistory.wave(2016).events(TimeShift.NONE)).isSorted();
    }

    @Test
    void shouldEndWithinTheLastDayWhenMovedToNow() {
        var now = Instant.parse("2026-03-01T12:00:00Z");
        var survey = SurveyHistory.wave(2017);

        var shift = TimeShift.toEndAt(survey.lastAt(), now);

        assertThat(shift.apply(survey.lastAt())).isBetween(now.minusSeconds(86_400), now);
        assertThat(survey.events(shift)).allMatch(event -> !event.occurredAt().isAfter(now));
    }

    @Test
    void shouldRefuseAYearWithoutSurvey() {
        assertThatThrownBy(() -> SurveyHistory.wave(2013)).hasMessage("survey year: 2013 (expected: 2014 to 2017)");
    }

    private static List<Integer> scores(int year, SurveyKind kind) {
        return answers(year).stream()
                .filter(answer -> answer.getKind() == kind)
                .map(SurveyResponse::getScore)
                .toList();
    }

    private static List<SurveyResponse> answers(int year) {
        return SurveyHistory.wave(year)
                .events(TimeShift.NONE)
                .map(event -> (SurveyResponse) event.value())
                .toList();
    }
}
