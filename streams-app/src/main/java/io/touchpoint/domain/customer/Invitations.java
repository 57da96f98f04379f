package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.state.Answer;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.KeptInvitation;
import java.util.Comparator;

/** The invitations of a customer to answer a survey; an invitation is answered while an answer that names it stands. */
final class Invitations {

    /** How many are kept of one customer. */
    private static final int MOST = 200;

    private static final Comparator<KeptInvitation> BY_TIME =
            Comparator.comparingLong(KeptInvitation::getAt).thenComparing(KeptInvitation::getInvitationId);

    private Invitations() {}

    static Verdict apply(CustomerState state, CustomerEvent event, SurveyInvitation invitation) {
        var invitations = state.getInvitations();
        for (int i = 0; i < invitations.size(); i++) {
            var known = invitations.get(i);
            if (known.getInvitationId().equals(invitation.getInvitationId())) {
                if (event.occurredAt() < known.getAt()
                        || event.occurredAt() == known.getAt()
                                && event.eventId().compareTo(known.getEventId()) < 0) {
                    invitations.set(i, kept(event, invitation, known.getSettled()));
                }
                return Verdict.DUPLICATE;
            }
        }
        if (event.occurredAt() <= state.getInvitationsFloor()) {
            return Verdict.tooLate("invitations of that time are no longer kept");
        }
        invitations.add(kept(event, invitation, false));
        return Verdict.FOLDED;
    }

    private static KeptInvitation kept(CustomerEvent event, SurveyInvitation invitation, boolean settled) {
        return new KeptInvitation(
                invitation.getInvitationId(),
                event.eventId(),
                event.occurredAt(),
                SurveyKind.valueOf(invitation.getKind()).ordinal(),
                invitation.getTouchpoint(),
                invitation.getChannel(),
                settled);
    }

    /** {@return the invitation with this id; null when there is none, or for null} */
    static KeptInvitation find(CustomerState state, String invitationId) {
        if (invitationId != null) {
            for (var known : state.getInvitations()) {
                if (known.getInvitationId().equals(invitationId)) {
                    return known;
                }
            }
        }
        return null;
    }

    static boolean answered(CustomerState state, KeptInvitation invitation) {
        if (invitation.getSettled()) {
            return true;
        }
        for (var answer : state.getAnswers()) {
            if (!answer.getWithdrawn() && invitation.getInvitationId().equals(answer.getInvitationId())) {
                return true;
            }
        }
        return false;
    }

    /** An answer is let go: what it answered stays answered. */
    static void settle(CustomerState state, Answer gone) {
        var invitation = gone.getWithdrawn() ? null : find(state, gone.getInvitationId());
        if (invitation != null) {
            invitation.setSettled(true);
        }
    }

    /** Lets go the older half of too many. */
    static void trim(CustomerState state) {
        if (state.getInvitations().size() > MOST) {
            state.setCapped(true);
            halve(state);
        }
    }

    /** {@return whether there was any to let go} */
    static boolean halve(CustomerState state) {
        var invitations = state.getInvitations();
        if (invitations.isEmpty()) {
            return false;
        }
        var middle = invitations.stream()
                .sorted(BY_TIME)
                .skip(invitations.size() / 2)
                .findFirst()
                .orElseThrow();
        letGo(state, middle.getAt() + 1);
        return true;
    }

    /** Lets go those before an instant. */
    static void letGo(CustomerState state, long before) {
        if (state.getInvitations().removeIf(invitation -> invitation.getAt() < before)) {
            state.setInvitationsFloor(Math.max(state.getInvitationsFloor(), before - 1));
        }
    }
}
