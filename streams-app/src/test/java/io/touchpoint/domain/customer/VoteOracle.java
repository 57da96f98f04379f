package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The NPS votes of one person: in each segment the latest answer that stands and falls in it. */
final class VoteOracle {

    private VoteOracle() {}

    /** {@return one per vote, by measure, segment and time} */
    static Map<String, Long> votes(Collection<CustomerEvent> history) {
        var latest = new TreeMap<String, CustomerEvent>();
        for (var answer : new DistinctEvents(history).standingAnswers(SurveyKind.NPS)) {
            var survey = (SurveyResponse) answer.body();
            latest.put("all=", answer);
            latest.put("touchpoint=" + survey.getTouchpoint(), answer);
            latest.put("channel=" + survey.getChannel(), answer);
            latest.put("country=" + (survey.getCountry() == null ? "unknown" : survey.getCountry()), answer);
        }
        var votes = new TreeMap<String, Long>();
        latest.forEach((segment, answer) -> {
            int score = ((SurveyResponse) answer.body()).getScore();
            var measure = score >= 9 ? "nps-promoters" : score >= 7 ? "nps-passives" : "nps-detractors";
            votes.put(measure + "|" + segment + "|" + answer.occurredAt(), 1L);
        });
        return votes;
    }
}
