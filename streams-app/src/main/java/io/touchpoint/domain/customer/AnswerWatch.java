package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.CustomerMeasures.AnswerProbe;
import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.KeptInvitation;

/** What a survey answer changes: satisfaction and effort, the invitation it answers, and the journey. */
final class AnswerWatch implements Watch {

    private final Watches watches;
    private final Customer customer;
    private final CustomerEvent event;
    private final SurveyResponse survey;
    private final AnswerProbe probe;
    private final JourneyStep step;
    /** The invitation the answer named so far, and the one it names now; null where there is none. */
    private final KeptInvitation namedBefore;

    private final KeptInvitation named;
    private final boolean answeredBefore;
    private final boolean answered;

    AnswerWatch(Watches watches, Customer customer, CustomerEvent event, SurveyResponse survey) {
        var state = customer.state();
        var answer = Answers.find(state, survey.getResponseId());
        this.watches = watches;
        this.customer = customer;
        this.event = event;
        this.survey = survey;
        this.probe = watches.measures().answerComes(answer);
        this.step = step(state);
        this.namedBefore = answer == null ? null : Invitations.find(state, answer.getInvitationId());
        this.named = Invitations.find(state, survey.getInvitationId());
        this.answeredBefore = namedBefore != null && Invitations.answered(state, namedBefore);
        this.answered = named != null && Invitations.answered(state, named);
    }

    /** {@return the version of this time as it is kept, null when there is none} */
    private JourneyStep step(CustomerState state) {
        var answer = Answers.find(state, survey.getResponseId());
        if (answer == null) {
            return null;
        }
        if (answer.getAt() == event.occurredAt()) {
            return step(answer.getEventId());
        }
        for (var version : answer.getOlderVersions()) {
            if (version.getAt() == event.occurredAt()) {
                return step(version.getEventId());
            }
        }
        return null;
    }

    private JourneyStep step(String eventId) {
        return new JourneyStep(event.occurredAt(), JourneyStep.survey(survey.getKind()), eventId);
    }

    @Override
    public void tell(Verdict verdict, Decisions out) {
        var state = customer.state();
        watches.journey(customer, step, verdict == Verdict.FOLDED ? step(event.eventId()) : step(state), verdict, out);
        watches.measures().answerCame(probe, Answers.find(state, survey.getResponseId()), out);
        tell(named, answered, out);
        if (namedBefore != named) {
            tell(namedBefore, answeredBefore, out);
        }
    }

    private void tell(KeptInvitation invitation, boolean before, Decisions out) {
        if (invitation != null) {
            boolean now = Invitations.answered(customer.state(), invitation);
            if (now != before) {
                watches.measures().answered(invitation, now ? 1 : -1, out);
            }
        }
    }
}
