package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.domain.measure.TicketOutline;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.state.Ticket;

/** What a step of a support ticket changes: the ticket's own figures, and the journey. */
final class TicketWatch implements Watch {

    private final Watches watches;
    private final Customer customer;
    private final CustomerEvent event;
    private final SupportEvent support;
    private final TicketOutline before;
    private final JourneyStep step;

    TicketWatch(Watches watches, Customer customer, CustomerEvent event, SupportEvent support) {
        var ticket = Tickets.find(customer.state(), support.getTicketId());
        this.watches = watches;
        this.customer = customer;
        this.event = event;
        this.support = support;
        this.before = ticket == null ? null : Tickets.outline(ticket);
        this.step = ticket == null ? null : step(ticket);
    }

    /** {@return the step as it is kept, null when it is not} */
    private JourneyStep step(Ticket ticket) {
        for (var mark : ticket.getMarks()) {
            if (mark.getStatus() == support.getStatus().ordinal() && mark.getAt() == event.occurredAt()) {
                return step(mark.getEventId());
            }
        }
        return null;
    }

    private JourneyStep step(String eventId) {
        return new JourneyStep(event.occurredAt(), JourneyStep.ticket(support.getStatus()), eventId);
    }

    @Override
    public void tell(Verdict verdict, Decisions out) {
        var ticket = Tickets.find(customer.state(), support.getTicketId());
        watches.measures().ticket(before, Tickets.outline(ticket), out);
        watches.journey(customer, step, verdict == Verdict.FOLDED ? step(event.eventId()) : step(ticket), verdict, out);
    }
}
