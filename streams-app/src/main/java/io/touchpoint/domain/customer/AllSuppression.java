package io.touchpoint.domain.customer;

import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.Consent;
import io.touchpoint.records.state.CustomerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a customer is spared all advertising: an open ticket, a bad NPS answer, or the customer's own wish. The reasons overlap; the suppression is lifted when the
 * last of them ends.
 */
final class AllSuppression {

    private static final Comparator<Consent> BY_TIME =
            Comparator.comparingLong(Consent::getAt).thenComparing(Consent::getEventId);

    /**
     * The newest time one reason held.
     *
     * @param since when it began
     * @param holding whether it still does
     * @param until when the clock will end it or did, 0 when only an event can
     * @param ended when it ended; meaningful when it no longer holds
     * @param lifted the reason of its end
     * @param at time of the event to name as the cause
     * @param eventId the event to name as the cause
     */
    record Hold(
            String reason,
            String rule,
            long since,
            boolean holding,
            long until,
            long ended,
            String lifted,
            long at,
            String eventId) {}

    private final long detractorCoolDown;
    private final long tombstoneAfter;

    AllSuppression(long detractorCoolDown, long tombstoneAfter) {
        this.detractorCoolDown = detractorCoolDown;
        this.tombstoneAfter = tombstoneAfter;
    }

    /** {@return the standing, or null when there is nothing to tell; adds all its deadlines} */
    Standing standing(CustomerState state, Deadlines deadlines) {
        var holds = new ArrayList<Hold>(3);
        add(holds, Tickets.hold(state));
        add(holds, Answers.detractorHold(state, detractorCoolDown, deadlines));
        add(holds, optedOut(state));
        if (holds.isEmpty()) {
            return null;
        }
        var holding = holds.stream().filter(Hold::holding).toList();
        return holding.isEmpty() ? lifted(state, holds, deadlines) : active(state, holding);
    }

    private static void add(List<Hold> holds, Hold hold) {
        if (hold != null) {
            holds.add(hold);
        }
    }

    private static Standing active(CustomerState state, List<Hold> holding) {
        var causes = holding.stream()
                .sorted(Comparator.comparingLong(Hold::at).thenComparing(Hold::eventId))
                .map(Hold::eventId)
                .distinct()
                .toList();
        var known = holding.stream().allMatch(hold -> hold.until() > 0);
        return new Standing(
                SuppressionScope.ALL,
                "",
                true,
                holding.stream().map(Hold::reason).sorted().toList(),
                holding.stream().mapToLong(Hold::since).min().orElseThrow(),
                known ? holding.stream().mapToLong(Hold::until).max().orElseThrow() : 0,
                state.getAllEvents(),
                false,
                causes,
                String.join(",", holding.stream().map(Hold::rule).sorted().toList()));
    }

    private Standing lifted(CustomerState state, List<Hold> holds, Deadlines deadlines) {
        var last = holds.stream()
                .max(Comparator.comparingLong(Hold::ended).thenComparing(Hold::reason))
                .orElseThrow();
        deadlines.add(last.ended() + tombstoneAfter);
        if (last.ended() + tombstoneAfter <= deadlines.now()) {
            return null;
        }
        return new Standing(
                SuppressionScope.ALL,
                "",
                false,
                List.of(last.lifted()),
                last.since(),
                last.until(),
                state.getAllEvents(),
                last.lifted().equals("EXPIRED"),
                List.of(last.eventId()),
                last.rule());
    }

    private static Hold optedOut(CustomerState state) {
        var consents = new ArrayList<>(state.getConsents());
        consents.sort(BY_TIME);
        Consent first = null;
        Consent newest = null;
        Consent granted = null;
        for (var consent : consents) {
            if (!consent.getDenied()) {
                granted = granted == null && first != null ? consent : granted;
            } else {
                first = first == null || granted != null ? consent : first;
                granted = null;
                newest = consent;
            }
        }
        if (first == null) {
            return null;
        }
        var cause = granted == null ? newest : granted;
        return new Hold(
                "OPTED_OUT",
                "opt-out",
                first.getAt(),
                granted == null,
                0,
                granted == null ? 0 : granted.getAt(),
                "GRANTED",
                cause.getAt(),
                cause.getEventId());
    }
}
