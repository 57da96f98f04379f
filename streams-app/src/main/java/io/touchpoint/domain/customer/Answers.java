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

    /** How many answers of one kind are kept, besides the newest and those that count in a segment of their own. */
    private static final int KEPT = 8;

    /** How many answers of one kind are kept at most. */
    private static final int MOST = 64;

    private static final int MAX_VERSIONS = 20;
    private static final int DETRACTOR_MAX = 6;

    /** Tells the hashes of answers from those of orders and tickets among what was forgotten. */
    private static final long ANSWER = 2;

    static final Comparator<Answer> ANSWER_ORDER =
            Comparator.comparingLong(Answer::getAt).thenComparing(Answer::getResponseId);

    private Answers() {}

    /** {@return why an event of an answer cannot be applied, whatever else is known; null when it can} */
    static Verdict refusal(CustomerState state, SurveyResponse survey) {
        return !state.getForgottenOrders().isEmpty()
                        && state.getForgottenOrders().contains(forgotten(survey.getResponseId()))
                ? Verdict.tooLate("the answer is no longer kept")
                : null;
    }

    private static long forgotten(String responseId) {
        return Hash64.mix(Hash64.of(responseId), ANSWER);
    }

    static Verdict apply(CustomerState state, CustomerEvent event, SurveyResponse survey) {
        var answer = find(state, survey.getResponseId());
        if (answer == null) {
            if (event.occurredAt() <= state.getAnswersFloor() && maybeForgotten(state, survey)) {
                return Verdict.tooLate("the answer is no longer kept");
            }
            answer = new Answer();
            answer.setOlderVersions(new ArrayList<>(0));
            replace(answer, event, survey);
            state.getAnswers().add(answer);
            return Verdict.FOLDED;
        }
        return version(state, answer, event, survey);
    }

    /** Of satisfaction and effort it is known which answers were let go: the others are new, however old the newest of those is. */
    private static boolean maybeForgotten(CustomerState state, SurveyResponse survey) {
        return survey.getKind() == SurveyKind.NPS || Retention.forgotSome(state);
    }

    private static Verdict version(CustomerState state, Answer answer, CustomerEvent event, SurveyResponse survey) {
        if (event.occurredAt() == answer.getAt()) {
            if (event.eventId().compareTo(answer.getEventId()) < 0) {
                replace(answer, event, survey);
            }
            return Verdict.DUPLICATE;
        }
        var older = answer.getOlderVersions();
        answer.setPage(0);
        if (event.occurredAt() > answer.getAt()) {
            older.add(new AnswerVersion(answer.getAt(), answer.getEventId(), answer.getScore(), answer.getWithdrawn()));
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
            if (older.size() >= MAX_VERSIONS
                    && event.occurredAt() < older.get(0).getAt()) {
                return Verdict.tooLate("versions of the answer of that time are no longer kept");
            }
            older.add(new AnswerVersion(event.occurredAt(), event.eventId(), survey.getScore(), survey.getWithdrawn()));
        }
        older.sort(Comparator.comparingLong(AnswerVersion::getAt));
        if (older.size() > MAX_VERSIONS) {
            state.setCapped(true);
            older.remove(0);
        }
        return Verdict.FOLDED;
    }

    private static void replace(Answer answer, CustomerEvent event, SurveyResponse survey) {
        answer.setPage(0);
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
        answer.setInvitationId(survey.getInvitationId());
    }

    static Answer find(CustomerState state, String responseId) {
        for (var answer : state.getAnswers()) {
            if (answer.getResponseId().equals(responseId)) {
                return answer;
            }
        }
        return null;
    }

    /**
     * Keeps the newest answers of a kind, of NPS also those that are the newest of a segment, since their vote still counts there.
     *
     * @param settled the time up to which no event is expected to come in any order
     */
    static void letGo(CustomerState state, int kind, long settled) {
        int usual = kind == SurveyKind.NPS.ordinal() ? KEPT : MOST;
        var ofKind = new ArrayList<Answer>();
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == kind) {
                ofKind.add(answer);
            }
        }
        if (ofKind.size() <= usual) {
            return;
        }
        ofKind.sort(ANSWER_ORDER.reversed());
        Set<String> segments = new HashSet<>();
        for (int i = 0; i < ofKind.size(); i++) {
            var answer = ofKind.get(i);
            boolean counts = !answer.getWithdrawn()
                    && (segments.add("t" + answer.getTouchpoint())
                            | segments.add("c" + answer.getChannel())
                            | segments.add("k" + answer.getCountry()));
            if (i >= MOST || i >= usual && !counts && answer.getAt() <= settled) {
                state.setCapped(state.getCapped() || i >= MOST);
                remove(state, answer);
                state.setAnswersFloor(Math.max(state.getAnswersFloor(), answer.getAt()));
            }
        }
    }

    private static void remove(CustomerState state, Answer gone) {
        var answers = state.getAnswers();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) == gone) {
                answers.remove(i);
                forget(state, gone);
                return;
            }
        }
    }

    /** Lets go what is not newer than an instant, but for the answers that still stand as the latest of their kind. */
    static boolean letGo(CustomerState state, long upTo) {
        if (state.getAnswers().stream().noneMatch(answer -> answer.getAt() <= upTo)) {
            return false;
        }
        var latest = new ArrayList<Answer>();
        for (var kind : SurveyKind.values()) {
            latest.add(latest(state, kind));
        }
        var gone = state.getAnswers().stream()
                .filter(answer -> answer.getAt() <= upTo && latest.stream().noneMatch(kept -> kept == answer))
                .toList();
        if (gone.isEmpty()) {
            return false;
        }
        gone.forEach(answer -> remove(state, answer));
        state.setAnswersFloor(Math.max(state.getAnswersFloor(), upTo));
        return true;
    }

    /** Of an answer that stays counted by itself, no edit may be taken for a new one. */
    private static void forget(CustomerState state, Answer gone) {
        if (gone.getKind() != SurveyKind.NPS.ordinal()) {
            Retention.forget(state, forgotten(gone.getResponseId()));
        }
        Invitations.settle(state, gone);
    }

    /** Lets go all versions that were replaced. */
    static boolean letGoVersions(CustomerState state) {
        boolean changed = false;
        for (var answer : state.getAnswers()) {
            if (!answer.getOlderVersions().isEmpty()) {
                answer.setPage(0);
                answer.setOlderVersions(new ArrayList<>(0));
                changed = true;
            }
        }
        return changed;
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
        double range = (double) answer.getScaleMax() - answer.getScaleMin();
        // From the worse end, so that a score and its mirror image on a turned scale give the very same number.
        return answer.getHigherIsBetter()
                ? ((double) answer.getScore() - answer.getScaleMin()) / range
                : ((double) answer.getScaleMax() - answer.getScore()) / range;
    }

    /** {@return the newest time a bad NPS answer held advertising, or null; adds when it ends} */
    static Hold detractorHold(CustomerState state, long coolDown, Deadlines deadlines) {
        var latest = latest(state, SurveyKind.NPS);
        if (latest != null && latest.getScore() <= DETRACTOR_MAX) {
            long until = latest.getAt() + coolDown;
            deadlines.add(until);
            if (until > deadlines.now()) {
                return new Step(latest).hold(true, until, until, "EXPIRED");
            }
        }
        return everBad(state) ? replay(state, coolDown) : null;
    }

    private static boolean everBad(CustomerState state) {
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == SurveyKind.NPS.ordinal()) {
                if (!answer.getWithdrawn() && answer.getScore() <= DETRACTOR_MAX) {
                    return true;
                }
                for (var old : answer.getOlderVersions()) {
                    if (!old.getWithdrawn() && old.getScore() <= DETRACTOR_MAX) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** One version of an answer. */
    private record Step(String responseId, long at, String eventId, int score, boolean withdrawn) {

        private static final Comparator<Step> ORDER = Comparator.comparingLong(Step::at)
                .thenComparing(Step::responseId)
                .thenComparing(Step::eventId);

        Step(Answer answer) {
            this(answer.getResponseId(), answer.getAt(), answer.getEventId(), answer.getScore(), answer.getWithdrawn());
        }

        Step(Answer answer, AnswerVersion old) {
            this(answer.getResponseId(), old.getAt(), old.getEventId(), old.getScore(), old.getWithdrawn());
        }

        Hold hold(boolean holding, long until, long ended, String lifted) {
            return new Hold("DETRACTOR", "detractor-cool-down", at, holding, until, ended, lifted, at, eventId);
        }

        Hold endedBy(Step next) {
            return new Hold(
                    "DETRACTOR", "detractor-cool-down", at, false, 0, next.at, "WITHDRAWN", next.at, next.eventId);
        }
    }

    /** Nothing holds now: goes through all versions in order of time for the last bad one that did, and what ended it. */
    private static Hold replay(CustomerState state, long coolDown) {
        var steps = new ArrayList<Step>();
        for (var answer : state.getAnswers()) {
            if (answer.getKind() == SurveyKind.NPS.ordinal()) {
                steps.add(new Step(answer));
                answer.getOlderVersions().forEach(old -> steps.add(new Step(answer, old)));
            }
        }
        steps.sort(Step.ORDER);
        var standing = new HashMap<String, Step>();
        Step bad = null;
        Hold last = null;
        for (var step : steps) {
            if (bad != null) {
                last = ended(bad, coolDown, step);
            }
            if (step.withdrawn()) {
                standing.remove(step.responseId());
            } else {
                standing.put(step.responseId(), step);
            }
            var latest = standing.values().stream().max(Step.ORDER).orElse(null);
            boolean holds = latest != null && latest.score() <= DETRACTOR_MAX && latest.at() + coolDown > step.at();
            bad = holds ? latest : null;
        }
        return bad == null ? last : bad.hold(false, bad.at() + coolDown, bad.at() + coolDown, "EXPIRED");
    }

    private static Hold ended(Step bad, long coolDown, Step next) {
        long until = bad.at() + coolDown;
        return until <= next.at() ? bad.hold(false, until, until, "EXPIRED") : bad.endedBy(next);
    }
}
