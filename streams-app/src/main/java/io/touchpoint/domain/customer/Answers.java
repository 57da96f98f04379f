package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.AllSuppression.Hold;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.Answer;
import io.touchpoint.records.state.AnswerVersion;
import io.touchpoint.records.state.CustomerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/** The survey answers of a customer: an edit replaces its answer and counts at its own time, a withdrawal takes it away. */
final class Answers {

    /** How many answers of one kind are kept, besides those that count in a segment of their own. */
    private static final int KEPT = 8;

    private static final int MAX_VERSIONS = 20;
    private static final int DETRACTOR_MAX = 6;

    static final Comparator<Answer> ANSWER_ORDER =
            Comparator.comparingLong(Answer::getAt).thenComparing(Answer::getResponseId);

    private Answers() {}

    static Verdict apply(CustomerState state, CustomerEvent event, SurveyResponse survey) {
        var answer = find(state, survey.getResponseId());
        if (answer == null) {
            if (event.occurredAt() <= state.getAnswersFloor()) {
                return Verdict.tooLate("the answer is no longer kept");
            }
            answer = new Answer();
            answer.setOlderVersions(new ArrayList<>(0));
            replace(answer, event, survey);
            state.getAnswers().add(answer);
            letGo(state, survey.getKind().ordinal());
            return Verdict.FOLDED;
        }
        return version(answer, event, survey);
    }

    private static Verdict version(Answer answer, CustomerEvent event, SurveyResponse survey) {
        if (event.occurredAt() == answer.getAt()) {
            if (event.eventId().compareTo(answer.getEventId()) < 0) {
                replace(answer, event, survey);
            }
            return Verdict.DUPLICATE;
        }
        var older = answer.getOlderVersions();
        if (event.occurredAt() > answer.getAt()) {
            older.add(new AnswerVersion(
                    answer.getAt(), answer.getEventId(), answer.getScore(), answer.getWithdrawn()));
            replace(answer, event, survey);
        } else {
            for (var version : older) {
                if (version.getAt() == event.occurredAt()) {
                    if (event.eventId().compareTo(version.getEventId()) < 0) {
                        version.setEventId(event.eventId());
                        version.setScore(survey.getScore());
                        version.setWithdrawn(survey.getWithdrawn());
                    }
                    return Verdict.DUPLICATE;
                }
            }
            older.add(new AnswerVersion(
                    event.occurredAt(), event.eventId(), survey.getScore(), survey.getWithdrawn()));
        }
        older.sort(Comparator.comparingLong(AnswerVersion::getAt));
        if (older.size() > MAX_VERSIONS) {
            older.remove(0);
        }
        return Verdict.FOLDED;
    }

    private static void replace(Answer answer, CustomerEvent event, SurveyResponse survey) {
        answer.setKind(survey.getKind().ordinal());
        answer.setResponseId(survey.getResponseId());
        answer.setEventId(event.eventId());
        answer.setAt(event.occurredAt());
        answer.setScore(survey.getScore());
        answer.setScaleMin(survey.getScaleMin());
        answer.setScaleMax(survey.getScaleMax());
        answer.setHigherIsBetter(survey.getHigherIsBetter());
        answer.setWithdrawn(survey.getWithdrawn());
        answer.setTouchpoint(survey.getTouchpoint());
        answer.setChannel(survey.getChannel());
        answer.setCountry(survey.getCountry());
    }

    private static Answer find(CustomerState state, String responseId) {
        for (var answer : state.getAnswers()) {
            if (answer.getResponseId().equals(responseId)) {
                return answer;
            }
        }
        return null;
    }

    /** Keeps the newest answers of a kind, and those that are the newest of their touchpoint or channel, since their vote still counts there. */
    private static void letGo(CustomerState state, int kind) {
        var ofKind = new ArrayList<Answer>();
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == kind) {
                ofKind.add(answer);
            }
        }
        if (ofKind.size() <= KEPT) {
            return;
        }
        ofKind.sort(ANSWER_ORDER.reversed());
        var kept = new HashSet<Answer>(ofKind.subList(0, KEPT));
        Set<String> segments = new HashSet<>();
        for (var answer : ofKind) {
            boolean first = segments.add("t" + answer.getTouchpoint()) | segments.add("c" + answer.getChannel());
            if (first && !answer.getWithdrawn() && kept.size() < MAX_VERSIONS + KEPT) {
                kept.add(answer);
            }
        }
        for (var answer : ofKind) {
            if (!kept.contains(answer)) {
                state.getAnswers().remove(answer);
                state.setAnswersFloor(Math.max(state.getAnswersFloor(), answer.getAt()));
            }
        }
    }

    /** {@return the newest answer of the kind that stands, or null} */
    static Answer latest(CustomerState state, SurveyKind kind) {
        Answer latest = null;
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == kind.ordinal()
                    && !answer.getWithdrawn()
                    && (latest == null || ANSWER_ORDER.compare(answer, latest) > 0)) {
                latest = answer;
            }
        }
        return latest;
    }

    /** {@return the score of an answer between 0 (worst) and 1 (best)} */
    static double share(Answer answer) {
        double x = (answer.getScore() - answer.getScaleMin())
                / (double) (answer.getScaleMax() - answer.getScaleMin());
        return answer.getHigherIsBetter() ? x : 1 - x;
    }

    /** {@return the newest time a bad NPS answer held advertising, or null; adds when it ends} */
    static Hold detractorHold(CustomerState state, long coolDown, Deadlines deadlines) {
        var latest = latest(state, SurveyKind.NPS);
        if (latest != null && latest.getScore() <= DETRACTOR_MAX) {
            long until = latest.getAt() + coolDown;
            deadlines.add(until);
            return hold(latest.getAt(), until > deadlines.now(), until, until, "EXPIRED", latest.getAt(), latest.getEventId());
        }
        return replay(state, coolDown);
    }

    private record Step(Answer answer, long at, String eventId, int score, boolean withdrawn) {}

    private record Standing(long at, String responseId, String eventId, int score) {}

    /** No bad answer stands now: goes through all versions in order of time for the last one that did, and what took it away. */
    private static Hold replay(CustomerState state, long coolDown) {
        var steps = new ArrayList<Step>();
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == SurveyKind.NPS.ordinal()) {
                steps.add(new Step(answer, answer.getAt(), answer.getEventId(), answer.getScore(), answer.getWithdrawn()));
                for (var old : answer.getOlderVersions()) {
                    steps.add(new Step(answer, old.getAt(), old.getEventId(), old.getScore(), old.getWithdrawn()));
                }
            }
        }
        steps.sort(Comparator.comparingLong(Step::at)
                .thenComparing(step -> step.answer().getResponseId())
                .thenComparing(Step::eventId));
        var standing = new HashMap<String, Standing>();
        Standing detractor = null;
        Hold last = null;
        for (var step : steps) {
            var id = step.answer().getResponseId();
            if (step.withdrawn()) {
                standing.remove(id);
            } else {
                standing.put(id, new Standing(step.at(), id, step.eventId(), step.score()));
            }
            var latest = standing.values().stream()
                    .max(Comparator.comparingLong(Standing::at).thenComparing(Standing::responseId))
                    .filter(answer -> answer.score() <= DETRACTOR_MAX)
                    .orElse(null);
            if (detractor != null && latest == null) {
                last = ended(detractor, coolDown, step);
            }
            detractor = latest;
        }
        return last;
    }

    private static Hold ended(Standing detractor, long coolDown, Step step) {
        long until = detractor.at() + coolDown;
        return until <= step.at()
                ? hold(detractor.at(), false, until, until, "EXPIRED", detractor.at(), detractor.eventId())
                : hold(detractor.at(), false, 0, step.at(), "WITHDRAWN", step.at(), step.eventId());
    }

    private static Hold hold(
            long since, boolean holding, long until, long ended, String lifted, long at, String eventId) {
        return new Hold("DETRACTOR", "detractor-cool-down", since, holding, until, ended, lifted, at, eventId);
    }
}
