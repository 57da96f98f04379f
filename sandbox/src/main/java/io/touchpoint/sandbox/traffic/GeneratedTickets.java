package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketAuthor;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.sandbox.data.Invoice;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Support tickets about the real purchases, and after them the question how easy it was. */
final class GeneratedTickets {

    private static final List<String> TOPICS = List.of("delivery", "damage", "return", "invoice", "product");
    private static final List<String> CHANNELS = List.of("email", "chat", "phone");
    private static final List<String> PRIORITIES = List.of("LOW", "NORMAL", "NORMAL", "NORMAL", "HIGH");

    private final Dice dice;
    private final GeneratedSurveys surveys;
    private int tickets;

    GeneratedTickets(long seed) {
        this.dice = new Dice(seed);
        this.surveys = new GeneratedSurveys("support", seed + 1);
    }

    /** A ticket for 6 of 100 purchases; one of 20 tickets stays open. */
    Stream<TouchpointEvent> of(List<Invoice> invoices, TimeShift shift) {
        return invoices.stream()
                .filter(invoice -> !invoice.takesBack() && dice.happens(0.06))
                .flatMap(invoice -> new Ticket(invoice).live(shift.apply(invoice.at())));
    }

    /** One ticket, step by step. */
    private final class Ticket {

        private final Invoice about;
        private final String id = "ticket-" + ++tickets;
        private final String topic = dice.anyOf(TOPICS);
        private final String channel = dice.anyOf(CHANNELS);
        private final String priority = dice.anyOf(PRIORITIES);
        private final List<SupportEvent> steps = new ArrayList<>();

        Ticket(Invoice about) {
            this.about = about;
        }

        Stream<TouchpointEvent> live(Instant bought) {
            var at = dice.after(bought, Duration.ofHours(2), Duration.ofDays(10));
            step(TicketStatus.OPENED, TicketAuthor.CUSTOMER, at);
            at = dice.after(at, Duration.ofMinutes(10), Duration.ofHours(30));
            step(TicketStatus.REPLIED, TicketAuthor.AGENT, at);
            if (dice.happens(0.3)) {
                at = dice.after(at, Duration.ofMinutes(20), Duration.ofHours(24));
                step(TicketStatus.REPLIED, TicketAuthor.CUSTOMER, at);
            }
            return dice.happens(0.05) ? events() : Stream.concat(resolve(at), events());
        }

        /** Adds the end of the ticket, and returns the survey about it. */
        private Stream<TouchpointEvent> resolve(Instant from) {
            var at = dice.after(from, Duration.ofHours(1), Duration.ofHours(72));
            step(TicketStatus.RESOLVED, TicketAuthor.AGENT, at);
            if (dice.happens(0.12)) {
                at = dice.after(at, Duration.ofHours(2), Duration.ofDays(4));
                step(TicketStatus.REOPENED, TicketAuthor.CUSTOMER, at);
                at = dice.after(at, Duration.ofHours(2), Duration.ofDays(4));
                step(TicketStatus.RESOLVED, TicketAuthor.AGENT, at);
            }
            var asked = dice.happens(0.4)
                    ? surveys.ask(about.customer(), at.plus(Duration.ofHours(1)), SurveyKind.CES, 0.35)
                    : Stream.<TouchpointEvent>empty();
            step(TicketStatus.CLOSED, TicketAuthor.AGENT, at.plus(Duration.ofDays(3)));
            return asked;
        }

        private void step(TicketStatus status, TicketAuthor author, Instant at) {
            var step = GeneratedRecords.step(id + "-" + (steps.size() + 1), about.customer(), at, id, status, author);
            step.setTopic(topic);
            step.setChannel(channel);
            step.setPriority(priority);
            step.setOrderId(about.number());
            steps.add(step);
        }

        private Stream<TouchpointEvent> events() {
            return steps.stream().map(TouchpointEvent::of);
        }
    }
}
