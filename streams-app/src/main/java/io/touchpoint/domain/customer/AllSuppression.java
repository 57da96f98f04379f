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

    private static final Comparator<Hold> BY_CAUSE =
            Comparator.comparingLong(Hold::at).thenComparing(Hold::eventId);

    private final long detractorCoolDown;
    private final long tombstoneAfter;

    AllSuppression(long detractorCoolDown, long tombstoneAfter) {
        this.detractorCoolDown = detractorCoolDown;
        this.tombstoneAfter = tombstoneAfter;
    }

    /**
     * How it stands until its next deadline, unless an event comes.
     *
     * @param standing null when there is nothing to tell
     * @param last its newest deadline that has passed, 0 when there is none
     * @param next its next deadline, {@link Deadlines#NEVER} when there is none
     */
    record Run(Standing standing, long last, long next) {

        void addTo(Deadlines deadlines) {
            deadlines.add(last);
            deadlines.add(next);
        }
    }

    /** {@return how it runs, seen from an instant} */
    Run run(CustomerState state, long now) {
        var deadlines = new Deadlines(now);
        var holding = new ArrayList<Hold>(3);
        var last = sort(Answers.detractorHold(state, detractorCoolDown, deadlines), holding, null);
        last = sort(Tickets.hold(state), holding, last);
        last = sort(optedOut(state), holding, last);
        var standing =
                !holding.isEmpty() ? active(state, holding) : last == null ? null : lifted(state, last, deadlines);
        return new Run(standing, deadlines.last(), deadlines.next());
    }

    /** Takes the holds in the order of their reasons; of those that ended at the same instant the last one counts. */
    private static Hold sort(Hold hold, List<Hold> holding, Hold last) {
        if (hold == null) {
            return last;
        }
        if (hold.holding()) {
            holding.add(hold);
            return last;
        }
        return last == null || hold.ended() >= last.ended() ? hold : last;
    }

    private static Standing active(CustomerState state, List<Hold> holding) {
        var reasons = new ArrayList<String>(holding.size());
        var rules = new StringBuilder();
        long since = Long.MAX_VALUE;
        long until = 0;
        boolean dated = true;
        for (var hold : holding) {
            reasons.add(hold.reason());
            rules.append(rules.isEmpty() ? "" : ",").append(hold.rule());
            since = Math.min(since, hold.since());
            until = Math.max(until, hold.until());
            dated &= hold.until() > 0;
        }
        return new Standing(
                SuppressionScope.ALL,
                "",
                true,
                reasons,
                since,
                dated ? until : 0,
                state.getAllEvents(),
                false,
                causes(holding),
                rules.toString());
    }

    private static List<String> causes(List<Hold> holding) {
        holding.sort(BY_CAUSE);
        var causes = new ArrayList<String>(holding.size());
        for (var hold : holding) {
            if (!causes.contains(hold.eventId())) {
                causes.add(hold.eventId());
            }
        }
        return causes;
    }

    private Standing lifted(CustomerState state, Hold last, Deadlines deadlines) {
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
        if (state.getConsents().isEmpty()) {
            return null;
        }
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
