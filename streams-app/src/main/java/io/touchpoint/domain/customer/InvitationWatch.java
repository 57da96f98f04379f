package io.touchpoint.domain.customer;

import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.state.KeptInvitation;

/** What an invitation changes: itself, whether it is answered, and the journey. */
final class InvitationWatch implements Watch {

    private final Watches watches;
    private final Customer customer;
    private final String invitationId;
    private final KeptInvitation before;

    InvitationWatch(Watches watches, Customer customer, SurveyInvitation invitation) {
        this.watches = watches;
        this.customer = customer;
        this.invitationId = invitation.getInvitationId();
        this.before = Invitations.find(customer.state(), invitationId);
    }

    @Override
    public void tell(Verdict verdict, Decisions out) {
        var after = Invitations.find(customer.state(), invitationId);
        if (after == before) {
            return;
        }
        boolean answered = Invitations.answered(customer.state(), after);
        if (before != null) {
            tell(before, answered, -1, out);
        }
        tell(after, answered, 1, out);
        watches.journey(customer, before == null ? null : step(before), step(after), verdict, out);
    }

    private void tell(KeptInvitation invitation, boolean answered, int sign, Decisions out) {
        watches.measures().invitation(invitation, sign, out);
        if (answered) {
            watches.measures().answered(invitation, sign, out);
        }
    }

    private static JourneyStep step(KeptInvitation invitation) {
        return new JourneyStep(invitation.getAt(), JourneyStep.INVITATION, invitation.getEventId());
    }
}
