package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The suppression of scope ALL at an instant: goes through time once per reason and notes every span in which it held. */
final class AllOracle {

    private static final long TOMBSTONE_AFTER = 30 * CustomerEvents.DAY;

    /** A span in which a reason held; {@code cause} is what holds it, {@code endedBy} what ended it; an open end is Long.MAX_VALUE. */
    private record Span(
            String reason, long from, long to, String lifted, long until, CustomerEvent cause, CustomerEvent endedBy) {}

    private final DistinctEvents events;
    private final long coolDown;

    AllOracle(DistinctEvents events, Policy policy) {
        this.events = events;
        this.coolDown = policy.suppression().detractorCoolDown().toMillis();
    }

    /** {@return the standing, null when consumers know of none} */
    String at(long clock) {
        var spans = new ArrayList<Span>();
        tickets(spans);
        consents(spans);
        detractions(spans);
        long revision = 2
                * (events.contacts().size()
                        + events.answers(SurveyKind.NPS).size()
                        + events.tickets().values().stream()
                                .mapToInt(List::size)
                                .sum());
        var holding = spans.stream().filter(span -> span.to() > clock).toList();
        if (!holding.isEmpty()) {
            var causes = new TreeMap<String, Span>();
            for (var span : holding) {
                causes.merge(
                        span.reason(),
                        span,
                        (a, b) -> DistinctEvents.BY_TIME.compare(a.cause(), b.cause()) > 0 ? a : b);
            }
            boolean dated = holding.stream().allMatch(span -> span.until() > 0);
            return SuppressionOracle.active(
                    List.copyOf(causes.keySet()),
                    holding.stream().mapToLong(Span::from).min().orElseThrow(),
                    dated ? holding.stream().mapToLong(Span::until).max().orElseThrow() : 0,
                    revision,
                    causes.values().stream()
                            .map(Span::cause)
                            .sorted(DistinctEvents.BY_TIME)
                            .map(CustomerEvent::eventId)
                            .distinct()
                            .toList());
        }
        var last = spans.stream()
                .max(Comparator.comparingLong(Span::to).thenComparing(Span::reason))
                .orElse(null);
        if (last == null || last.to() + TOMBSTONE_AFTER <= clock) {
            return null;
        }
        boolean expired = last.lifted().equals("EXPIRED");
        return SuppressionOracle.lifted(
                last.lifted(),
                expired ? last.to() : 0,
                revision + (expired ? 1 : 0),
                (expired ? last.cause() : last.endedBy()).eventId());
    }

    private void tickets(List<Span> spans) {
        for (var steps : events.tickets().values()) {
            CustomerEvent opened = null;
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                var status = ((SupportEvent) step.body()).getStatus();
                boolean opens = status == TicketStatus.OPENED
                        || status == TicketStatus.REOPENED
                        || status == TicketStatus.REPLIED && i == 0;
                boolean closes = status == TicketStatus.RESOLVED || status == TicketStatus.CLOSED;
                if (opens && opened == null) {
                    opened = step;
                } else if (closes && opened != null) {
                    spans.add(new Span(
                            "OPEN_TICKET", opened.occurredAt(), step.occurredAt(), "RESOLVED", 0, opened, step));
                    opened = null;
                }
            }
            if (opened != null) {
                spans.add(new Span("OPEN_TICKET", opened.occurredAt(), Long.MAX_VALUE, "", 0, opened, null));
            }
        }
    }

    private void consents(List<Span> spans) {
        CustomerEvent first = null;
        CustomerEvent newest = null;
        for (var contact : events.contacts()) {
            var word = contact.body() instanceof CustomerContact record ? record.getAdConsent() : AdConsent.DENIED;
            if (word == AdConsent.DENIED) {
                first = first == null ? contact : first;
                newest = contact;
            } else if (word == AdConsent.GRANTED && first != null) {
                spans.add(
                        new Span("OPTED_OUT", first.occurredAt(), contact.occurredAt(), "GRANTED", 0, newest, contact));
                first = null;
            }
        }
        if (first != null) {
            spans.add(new Span("OPTED_OUT", first.occurredAt(), Long.MAX_VALUE, "", 0, newest, null));
        }
    }

    /** After each version of an answer: if the latest one that stands is bad, it holds until its time is over or the next version changes that. */
    private void detractions(List<Span> spans) {
        var versions = events.answers(SurveyKind.NPS);
        var standing = new TreeMap<String, CustomerEvent>();
        CustomerEvent bad = null;
        for (var version : versions) {
            var survey = (SurveyResponse) version.body();
            if (survey.getWithdrawn()) {
                standing.remove(survey.getResponseId());
            } else {
                standing.put(survey.getResponseId(), version);
            }
            var latest = standing.values().stream()
                    .max(Comparator.comparingLong(CustomerEvent::occurredAt)
                            .thenComparing(answer -> ((SurveyResponse) answer.body()).getResponseId()))
                    .filter(answer -> ((SurveyResponse) answer.body()).getScore() <= 6)
                    .orElse(null);
            if (bad != null) {
                end(spans, bad, version);
            }
            bad = latest != null && latest.occurredAt() + coolDown > version.occurredAt() ? latest : null;
        }
        if (bad != null) {
            long until = bad.occurredAt() + coolDown;
            spans.add(new Span("DETRACTOR", bad.occurredAt(), until, "EXPIRED", until, bad, null));
        }
    }

    private void end(List<Span> spans, CustomerEvent bad, CustomerEvent version) {
        long until = bad.occurredAt() + coolDown;
        boolean expired = until <= version.occurredAt();
        spans.add(
                expired
                        ? new Span("DETRACTOR", bad.occurredAt(), until, "EXPIRED", until, bad, null)
                        : new Span("DETRACTOR", bad.occurredAt(), version.occurredAt(), "WITHDRAWN", 0, bad, version));
    }
}
