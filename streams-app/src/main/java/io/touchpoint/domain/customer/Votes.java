package io.touchpoint.domain.customer;

import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.Answer;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Vote;
import java.util.ArrayList;
import java.util.List;

/** One NPS vote per person and segment: of the answers that fall in a segment the latest counts there. Changed votes are taken back and cast anew. */
final class Votes {

    private static final String ALL = "all";
    private static final String TOUCHPOINT = "touchpoint";
    private static final String CHANNEL = "channel";
    private static final String COUNTRY = "country";

    private Votes() {}

    /** {@return whether the votes may differ after this answer: an edit can also say that it was about something else} */
    static boolean mayRestOn(CustomerState state, SurveyResponse survey) {
        if (survey.getKind() == SurveyKind.NPS || state.getVotes().isEmpty()) {
            return survey.getKind() == SurveyKind.NPS;
        }
        var answer = Answers.find(state, survey.getResponseId());
        return answer != null && !answer.getOlderVersions().isEmpty();
    }

    static void recast(CustomerState state, Decisions out) {
        var votes = new ArrayList<Vote>(4);
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == SurveyKind.NPS.ordinal() && !answer.getWithdrawn()) {
                cast(votes, state, answer, ALL, "");
                cast(votes, state, answer, TOUCHPOINT, answer.getTouchpoint());
                cast(votes, state, answer, CHANNEL, answer.getChannel());
                cast(votes, state, answer, COUNTRY, valueOf(answer, COUNTRY));
            }
        }
        var before = state.getVotes();
        for (var old : before) {
            if (!contains(votes, old)) {
                fact(old, -1, out);
            }
        }
        for (var vote : votes) {
            if (!contains(before, vote)) {
                fact(vote, 1, out);
            }
        }
        state.setVotes(votes);
    }

    private static boolean contains(List<Vote> votes, Vote vote) {
        for (var other : votes) {
            if (other.getAt() == vote.getAt()
                    && other.getScore() == vote.getScore()
                    && other.getValue().equals(vote.getValue())
                    && other.getDimension().equals(vote.getDimension())) {
                return true;
            }
        }
        return false;
    }

    /** Lets go the votes that are not newer than an instant and rest on no answer that is kept; they stay cast. */
    static void letGo(CustomerState state, long upTo) {
        state.getVotes()
                .removeIf(vote -> vote.getAt() <= upTo
                        && state.getAnswers().stream()
                                .noneMatch(answer ->
                                        answer.getKind() == vote.getKind() && answer.getAt() == vote.getAt()));
    }

    private static void cast(List<Vote> votes, CustomerState state, Answer answer, String dimension, String value) {
        for (var other : state.getAnswers()) {
            if (other.getKind() == SurveyKind.NPS.ordinal()
                    && !other.getWithdrawn()
                    && Answers.ANSWER_ORDER.compare(other, answer) > 0
                    && value.equals(valueOf(other, dimension))) {
                return;
            }
        }
        votes.add(new Vote(SurveyKind.NPS.ordinal(), dimension, value, answer.getAt(), answer.getScore()));
    }

    private static String valueOf(Answer answer, String dimension) {
        return switch (dimension) {
            case TOUCHPOINT -> answer.getTouchpoint();
            case CHANNEL -> answer.getChannel();
            case COUNTRY -> CustomerMeasures.country(answer.getCountry());
            default -> "";
        };
    }

    private static void fact(Vote vote, int amount, Decisions out) {
        var measure = vote.getScore() >= 9 ? "nps-promoters" : vote.getScore() >= 7 ? "nps-passives" : "nps-detractors";
        out.fact(measure, vote.getDimension(), vote.getValue(), vote.getAt(), amount);
    }
}
