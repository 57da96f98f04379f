package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of one customer by business identity: of those that share one, the one with the least (occurred_at, event_id). */
final class DistinctEvents {

    static final Comparator<CustomerEvent> BY_TIME =
            Comparator.comparingLong(CustomerEvent::occurredAt).thenComparing(CustomerEvent::eventId);

    private final List<CustomerEvent> all;
    private final Map<String, CustomerEvent> distinct = new LinkedHashMap<>();

    DistinctEvents(Collection<CustomerEvent> events) {
        all = events.stream().sorted(BY_TIME).toList();
        all.forEach(event -> distinct.putIfAbsent(identity(event), event));
    }

    private static String identity(CustomerEvent event) {
        if (event.body() instanceof OrderEvent order) {
            return order.getStatus() == OrderStatus.CANCELLED || order.getStatus() == OrderStatus.RETURNED
                    ? "take " + event.eventId()
                    : "order " + order.getOrderId() + " " + order.getStatus();
        }
        if (event.body() instanceof SurveyResponse survey) {
            return "answer " + survey.getResponseId() + " " + event.occurredAt();
        }
        if (event.body() instanceof SupportEvent support) {
            return "ticket " + support.getTicketId() + " " + support.getStatus() + " " + event.occurredAt();
        }
        if (event.body() instanceof AdClick click) {
            return "click " + click.getClickId();
        }
        if (event.body() instanceof SurveyInvitation invitation) {
            return "invitation " + invitation.getInvitationId();
        }
        return (contact(event) ? "contact " : event.body().getClass().getSimpleName()) + event.eventId();
    }

    static boolean contact(CustomerEvent event) {
        return event.body() instanceof CustomerContact || event.body() instanceof CustomerEvent.ContactWithdrawal;
    }

    /** {@return every event, duplicates included, by time} */
    List<CustomerEvent> all() {
        return all;
    }

    /** {@return one event per identity, by time} */
    List<CustomerEvent> distinct() {
        return List.copyOf(distinct.values());
    }

    /** {@return the orders that reached a status, by time} */
    List<CustomerEvent> orders(OrderStatus status) {
        return distinct.values().stream()
                .filter(event -> event.body() instanceof OrderEvent order && order.getStatus() == status)
                .toList();
    }

    /** {@return returns and cancellations, by time} */
    List<CustomerEvent> takes() {
        var takes = new ArrayList<>(orders(OrderStatus.CANCELLED));
        takes.addAll(orders(OrderStatus.RETURNED));
        takes.sort(BY_TIME);
        return takes;
    }

    /** {@return all versions of the answers of a kind, in the order in which they count} */
    List<CustomerEvent> answers(SurveyKind kind) {
        return distinct.values().stream()
                .filter(event -> event.body() instanceof SurveyResponse survey && survey.getKind() == kind)
                .sorted(Comparator.comparingLong(CustomerEvent::occurredAt)
                        .thenComparing(event -> ((SurveyResponse) event.body()).getResponseId()))
                .toList();
    }

    /** {@return the standing version of each answer of a kind, in the order in which they count} */
    List<CustomerEvent> standingAnswers(SurveyKind kind) {
        var newest = new LinkedHashMap<String, CustomerEvent>();
        for (var version : answers(kind)) {
            var id = ((SurveyResponse) version.body()).getResponseId();
            newest.remove(id);
            newest.put(id, version);
        }
        return newest.values().stream()
                .filter(version -> !((SurveyResponse) version.body()).getWithdrawn())
                .toList();
    }

    /** {@return the steps of each ticket, in the order in which they count} */
    Map<String, List<CustomerEvent>> tickets() {
        var tickets = new LinkedHashMap<String, List<CustomerEvent>>();
        var ranks = List.of("OPENED", "REPLIED", "RESOLVED", "CLOSED", "REOPENED");
        for (var event : distinct.values()) {
            if (event.body() instanceof SupportEvent support) {
                tickets.computeIfAbsent(support.getTicketId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        tickets.values()
                .forEach(steps -> steps.sort(Comparator.comparingLong(CustomerEvent::occurredAt)
                        .thenComparingInt(step -> ranks.indexOf(
                                ((SupportEvent) step.body()).getStatus().name()))
                        .thenComparing(CustomerEvent::eventId)));
        return tickets;
    }

    /** {@return contact records and their withdrawals, by time} */
    List<CustomerEvent> contacts() {
        return distinct.values().stream().filter(DistinctEvents::contact).toList();
    }
}
