package io.touchpoint.domain.customer;

import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.state.Answer;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One NPS vote per person and segment: of the answers that fall in a segment the latest counts there. Changed votes are taken back and cast anew. */
final class Votes {

    private Votes() {}

    static void recast(CustomerState state, Decisions out) {
        var votes = new ArrayList<Vote>();
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == SurveyKind.NPS.ordinal() && !answer.getWithdrawn()) {
                cast(votes, state, answer, "all", "");
                cast(votes, state, answer, "touchpoint", answer.getTouchpoint());
                cast(votes, state, answer, "channel", answer.getChannel());
            }
        }
        var before = state.getVotes();
        for (var old : before) {
            if (!votes.contains(old)) {
                fact(old, -1, out);
            }
        }
        for (var vote : votes) {
            if (!before.contains(vote)) {
                fact(vote, 1, out);
            }
        }
        state.setVotes(votes);
    }

    private static void cast(List<Vote> votes, CustomerState state, Answer answer, String dimension, String value) {
        for (var other : state.getAnswers()) {
            if (other.getKind() == SurveyKind.NPS.ordinal()
                    && !other.getWithdrawn()
                    && Answers.ANSWER_ORDER.compare(other, answer) > 0
                    && Objects.equals(value, valueOf(other, dimension))) {
                return;
            }
        }
        votes.add(new Vote(SurveyKind.NPS.ordinal(), dimension, value, answer.getAt(), answer.getScore()));
    }

    private static String valueOf(Answer answer, String dimension) {
        return switch (dimension) {
            case "touchpoint" -> answer.getTouchpoint();
            case "channel" -> answer.getChannel();
            default -> "";
        };
    }

    private static void fact(Vote vote, int amount, Decisions out) {
        var measure = vote.getScore() >= 9 ? "nps-promoters" : vote.getScore() >= 7 ? "nps-passives" : "nps-detractors";
        out.fact(measure, vote.getDimension(), vote.getValue(), vote.getAt(), amount);
    }
}
