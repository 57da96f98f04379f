package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.SurveyKind;
import io.touchpoint.sandbox.data.Invoice;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Invitations to the retail customers to say how it was, and the answers of some. */
final class GeneratedSurveys {

    private static final String CHANNEL = "email";

    private final String touchpoint;
    private final Dice dice;
    private int invitations;

    GeneratedSurveys(String touchpoint, long seed) {
        this.touchpoint = touchpoint;
        this.dice = new Dice(seed);
    }

    /** For 15 of 100 purchases an invitation a week or two later, to NPS or CSAT in turn; 30 of 100 answer. */
    Stream<TouchpointEvent> of(List<Invoice> invoices, TimeShift shift) {
        return invoices.stream()
                .filter(invoice -> !invoice.takesBack() && dice.happens(0.15))
                .flatMap(invoice -> {
                    var at = dice.after(shift.apply(invoice.at()), Duration.ofDays(7), Duration.ofDays(14));
                    var kind = dice.happens(0.5) ? SurveyKind.NPS : SurveyKind.CSAT;
                    return ask(invoice.customer(), at, kind, 0.3);
                });
    }

    /** An invitation, and in that share of cases an answer within three days. */
    Stream<TouchpointEvent> ask(String customer, Instant at, SurveyKind kind, double answering) {
        var id = touchpoint + "-invitation-" + ++invitations;
        var invitation = TouchpointEvent.of(GeneratedRecords.invitation(id, customer, at, kind, touchpoint, CHANNEL));
        if (!dice.happens(answering)) {
            return Stream.of(invitation);
        }
        var answer = GeneratedRecords.answer(
                touchpoint + "-answer-" + invitations,
                customer,
                dice.after(at, Duration.ofMinutes(2), Duration.ofDays(3)),
                kind,
                Scores.of(kind, dice),
                touchpoint,
                CHANNEL);
        answer.setInvitationId(id);
        return Stream.of(invitation, TouchpointEvent.of(answer));
    }
}
