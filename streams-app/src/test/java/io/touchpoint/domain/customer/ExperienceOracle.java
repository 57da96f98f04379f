package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.MeasureOracle.bucket;
import static io.touchpoint.domain.customer.MeasureOracle.country;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketAuthor;
import io.touchpoint.records.TicketStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;

/** Surveys, invitations, tickets, contact data and journeys of one customer, recounted from the set of events. */
final class ExperienceOracle {

    private final DistinctEvents events;
    private final Map<String, Long> facts;

    ExperienceOracle(DistinctEvents events, Map<String, Long> facts) {
        this.events = events;
        this.facts = facts;
    }

    void count() {
        answers();
        invitations();
        tickets();
        profile();
        journey();
    }

    private void add(String measure, String segment, long at, long amount) {
        facts.merge(measure + "|" + segment + "|" + at, amount, Long::sum);
    }

    private void answers() {
        for (var kind : List.of(SurveyKind.CSAT, SurveyKind.CES)) {
            for (var event : events.standingAnswers(kind)) {
                var survey = (SurveyResponse) event.body();
                double range = survey.getScaleMax() - survey.getScaleMin();
                double x = (survey.getHigherIsBetter()
                                ? survey.getScore() - survey.getScaleMin()
                                : survey.getScaleMax() - survey.getScore())
                        / range;
                boolean good = kind == SurveyKind.CSAT ? x > 0.7499 : 1 + 6 * x > 5.9999;
                var name = kind == SurveyKind.CSAT ? "csat" : "ces";
                for (var segment : List.of(
                        "all=",
                        "touchpoint=" + survey.getTouchpoint(),
                        "channel=" + survey.getChannel(),
                        "country=" + country(survey.getCountry()))) {
                    add(name + "-answers", segment, event.occurredAt(), 1);
                    add(
                            name + (kind == SurveyKind.CSAT ? "-satisfied" : "-easy"),
                            segment,
                            event.occurredAt(),
                            good ? 1 : 0);
                    add(name + "-score", segment, event.occurredAt(), Math.round(x * 25_200_000_000.0));
                }
            }
        }
    }

    private void invitations() {
        var answered = new TreeSet<String>();
        for (var kind : SurveyKind.values()) {
            for (var event : events.standingAnswers(kind)) {
                var invitation = ((SurveyResponse) event.body()).getInvitationId();
                if (invitation != null) {
                    answered.add(invitation);
                }
            }
        }
        for (var event : events.distinct()) {
            if (event.body() instanceof SurveyInvitation invitation) {
                for (var segment : List.of(
                        "all=", "touchpoint=" + invitation.getTouchpoint(), "channel=" + invitation.getChannel())) {
                    add("invitations", segment, event.occurredAt(), 1);
                    if (answered.contains(invitation.getInvitationId())) {
                        add("invitations-answered", segment, event.occurredAt(), 1);
                    }
                }
            }
        }
    }

    private void tickets() {
        events.tickets().values().forEach(steps -> {
            for (var segment :
                    List.of("all=", "channel=" + support(steps.get(0)).getChannel())) {
                ticket(steps, segment);
            }
        });
    }

    private static SupportEvent support(CustomerEvent event) {
        return (SupportEvent) event.body();
    }

    private void ticket(List<CustomerEvent> steps, String segment) {
        long open = -1;
        boolean counted = false;
        for (int i = 0; i < steps.size(); i++) {
            var status = support(steps.get(i)).getStatus();
            boolean opens = status == TicketStatus.OPENED
                    || status == TicketStatus.REOPENED
                    || status == TicketStatus.REPLIED && i == 0;
            if (opens && open < 0) {
                open = steps.get(i).occurredAt();
                add("tickets-open", segment, open, 1);
                if (!counted) {
                    add("tickets-opened", segment, open, 1);
                    counted = true;
                }
            } else if (open >= 0 && (status == TicketStatus.RESOLVED || status == TicketStatus.CLOSED)) {
                add("tickets-open", segment, steps.get(i).occurredAt(), -1);
                open = -1;
            }
        }
        long opened = time(steps, TicketStatus.OPENED, -1, Math::min);
        long resolved = time(steps, TicketStatus.RESOLVED, -1, Math::max);
        if (opened >= 0) {
            steps.stream()
                    .filter(step -> support(step).getStatus() == TicketStatus.REPLIED)
                    .filter(step -> support(step).getAuthor() != TicketAuthor.CUSTOMER)
                    .mapToLong(CustomerEvent::occurredAt)
                    .filter(at -> at >= opened)
                    .min()
                    .ifPresent(at -> add("first-reply#" + bucket((at - opened) / 1_000), segment, at, 1));
            if (resolved >= opened) {
                add("resolution#" + bucket((resolved - opened) / 1_000), segment, resolved, 1);
            }
        }
        if (resolved >= 0) {
            add("resolved", segment, resolved, 1);
            add("reopened", segment, resolved, time(steps, TicketStatus.REOPENED, -1, Math::max) >= 0 ? 1 : 0);
        }
    }

    private static long time(List<CustomerEvent> steps, TicketStatus status, long none, LongBinaryOperator choice) {
        return steps.stream()
                .filter(step -> support(step).getStatus() == status)
                .mapToLong(CustomerEvent::occurredAt)
                .reduce(choice)
                .orElse(none);
    }

    private void profile() {
        add("profiles", "all=", events.all().get(0).occurredAt(), 1);
        boolean reachable = false;
        for (var record : events.contacts()) {
            boolean now = record.body() instanceof CustomerContact contact
                    && (contact.getEmails().stream().anyMatch(ExperienceOracle::usable)
                            || contact.getPhones().stream().anyMatch(phone -> phone.length() > 7));
            if (now != reachable) {
                add("contactable", "all=", record.occurredAt(), now ? 1 : -1);
            }
            reachable = now;
        }
    }

    private static boolean usable(String email) {
        return email.equals(AudienceOracle.HASHED)
                || email.contains("@") && !email.trim().contains(" ");
    }

    private void journey() {
        var topics = List.of("ad-click", "invitation", "order", "ticket", "survey");
        var steps = events.distinct().stream()
                .filter(event -> !DistinctEvents.contact(event))
                .sorted(Comparator.comparingLong(CustomerEvent::occurredAt)
                        .thenComparingInt(event -> topics.indexOf(
                                kind(event).startsWith("ad-click")
                                        ? "ad-click"
                                        : kind(event).split("-")[0]))
                        .thenComparing(CustomerEvent::eventId))
                .toList();
        for (int i = 1; i < steps.size(); i++) {
            long at = steps.get(i).occurredAt();
            long gap = at - steps.get(i - 1).occurredAt();
            if (gap <= MeasureOracle.MONTH) {
                for (var segment : List.of("all=", "step=" + kind(steps.get(i - 1)) + ">" + kind(steps.get(i)))) {
                    add("journey-steps", segment, at, 1);
                    add("journey-gap#" + bucket(gap / 1_000), segment, at, 1);
                }
            }
        }
    }

    private static String kind(CustomerEvent event) {
        if (event.body() instanceof OrderEvent order) {
            return "order-" + order.getStatus().name().toLowerCase(Locale.ROOT);
        }
        if (event.body() instanceof SupportEvent support) {
            return "ticket-" + support.getStatus().name().toLowerCase(Locale.ROOT);
        }
        if (event.body() instanceof SurveyResponse survey) {
            return "survey-" + survey.getKind().name().toLowerCase(Locale.ROOT);
        }
        return event.body() instanceof AdClick ? "ad-click" : "invitation";
    }
}
