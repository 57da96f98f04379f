package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.AllSuppression.Hold;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.TicketOutline;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.TicketAuthor;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Mark;
import io.touchpoint.records.state.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The support tickets of a customer: a ticket is what its steps, in order of time, make of it. */
final class Tickets {

    private static final int MAX_MARKS = 64;
    private static final TicketStatus[] STATUSES = TicketStatus.values();

    /** Steps at the same instant are ordered by their rank, so that a courtesy reply never hides a resolution. */
    private static final Comparator<Mark> STEP_ORDER = Comparator.comparingLong(Mark::getAt)
            .thenComparingInt(mark -> rank(status(mark)))
            .thenComparing(Mark::getEventId);

    /** Tells the hashes of tickets from those of orders among what was forgotten. */
    private static final long TICKET = 1;

    private Tickets() {}

    /** The steps that opened and closed a ticket, in turn. */
    private record Course(List<Mark> turns) {
        boolean open() {
            return turns.size() % 2 == 1;
        }

        /** {@return the step that opened it last, null when none did} */
        Mark opened() {
            return turns.isEmpty() ? null : turns.get((turns.size() - 1) / 2 * 2);
        }

        /** {@return the step that closed it last, null when none did} */
        Mark ended() {
            return turns.size() < 2 ? null : turns.get(turns.size() / 2 * 2 - 1);
        }
    }

    /** {@return why an event of a ticket cannot be applied, whatever else is known; null when it can} */
    static Verdict refusal(CustomerState state, SupportEvent support) {
        return !state.getForgottenOrders().isEmpty()
                        && state.getForgottenOrders().contains(forgotten(support.getTicketId()))
                ? Verdict.tooLate("the ticket is no longer kept")
                : null;
    }

    /** {@return what is kept of a ticket that was let go} */
    static long forgotten(String ticketId) {
        return Hash64.mix(Hash64.of(ticketId), TICKET);
    }

    static Verdict apply(CustomerState state, CustomerEvent event, SupportEvent support) {
        var ticket = find(state, support.getTicketId());
        if (ticket == null) {
            if (event.occurredAt() <= state.getTicketsFloor()) {
                return Verdict.tooLate("the ticket is no longer kept");
            }
            ticket = new Ticket(
                    support.getTicketId(),
                    support.getTopic(),
                    support.getChannel(),
                    new ArrayList<>(2),
                    new ArrayList<>(0),
                    0);
            state.getTickets().add(ticket);
        }
        int status = support.getStatus().ordinal();
        for (var mark : ticket.getMarks()) {
            if (mark.getStatus() == status && mark.getAt() == event.occurredAt()) {
                if (event.eventId().compareTo(mark.getEventId()) < 0) {
                    ticket.setPage(0);
                    mark.setEventId(event.eventId());
                    describe(ticket, mark, support);
                }
                return Verdict.DUPLICATE;
            }
        }
        ticket.setPage(0);
        var mark = new Mark(status, event.occurredAt(), event.eventId());
        ticket.getMarks().add(mark);
        describe(ticket, mark, support);
        if (ticket.getMarks().size() > MAX_MARKS) {
            dropOne(ticket);
            state.setCapped(true);
        }
        return Verdict.FOLDED;
    }

    /** Topic and channel of a ticket are those of its first step, and who replied is kept with the time of the reply. */
    private static void describe(Ticket ticket, Mark mark, SupportEvent support) {
        if (ticket.getMarks().stream().allMatch(other -> STEP_ORDER.compare(mark, other) <= 0)) {
            ticket.setTopic(support.getTopic());
            ticket.setChannel(support.getChannel());
        }
        if (support.getStatus() == TicketStatus.REPLIED) {
            forgetReply(ticket, mark.getAt());
            if (support.getAuthor() == TicketAuthor.CUSTOMER) {
                ticket.getCustomerReplies().add(mark.getAt());
            }
        }
    }

    private static void forgetReply(Ticket ticket, long at) {
        if (ticket.getCustomerReplies().contains(at)) {
            var others = new ArrayList<>(ticket.getCustomerReplies());
            others.remove((Object) at);
            ticket.setCustomerReplies(others);
        }
    }

    /** {@return the ticket as the measures see it} */
    static TicketOutline outline(Ticket ticket) {
        long opened = TicketOutline.NEVER;
        long resolved = TicketOutline.NEVER;
        boolean reopened = false;
        for (var mark : ticket.getMarks()) {
            var status = status(mark);
            if (status == TicketStatus.OPENED && (opened == TicketOutline.NEVER || mark.getAt() < opened)) {
                opened = mark.getAt();
            }
            resolved = status == TicketStatus.RESOLVED ? Math.max(resolved, mark.getAt()) : resolved;
            reopened |= status == TicketStatus.REOPENED;
        }
        return new TicketOutline(
                ticket.getChannel(),
                course(ticket).turns().stream().map(Mark::getAt).toList(),
                opened,
                firstReply(ticket, opened),
                resolved,
                reopened);
    }

    private static long firstReply(Ticket ticket, long opened) {
        long first = TicketOutline.NEVER;
        for (var mark : ticket.getMarks()) {
            if (status(mark) == TicketStatus.REPLIED
                    && mark.getAt() >= opened
                    && (first == TicketOutline.NEVER || mark.getAt() < first)
                    && !ticket.getCustomerReplies().contains(mark.getAt())) {
                first = mark.getAt();
            }
        }
        return opened == TicketOutline.NEVER ? TicketOutline.NEVER : first;
    }

    /** Lets go the step that matters least: the oldest reply but the first step and an agent's first reply, else the second step. */
    private static void dropOne(Ticket ticket) {
        var steps = ticket.getMarks();
        steps.sort(STEP_ORDER);
        long firstReply = outline(ticket).replied();
        for (int i = 1; i < steps.size() - 1; i++) {
            if (status(steps.get(i)) == TicketStatus.REPLIED && steps.get(i).getAt() != firstReply) {
                forgetReply(ticket, steps.get(i).getAt());
                steps.remove(i);
                return;
            }
        }
        steps.remove(1);
    }

    static Ticket find(CustomerState state, String ticketId) {
        for (var ticket : state.getTickets()) {
            if (ticket.getTicketId().equals(ticketId)) {
                return ticket;
            }
        }
        return null;
    }

    static int open(CustomerState state) {
        int open = 0;
        for (var ticket : state.getTickets()) {
            open += course(ticket).open() ? 1 : 0;
        }
        return open;
    }

    static boolean open(Ticket ticket) {
        return course(ticket).open();
    }

    static long newest(Ticket ticket) {
        long newest = 0;
        for (var mark : ticket.getMarks()) {
            newest = Math.max(newest, mark.getAt());
        }
        return newest;
    }

    /** {@return when the tickets that are open now were opened, or reopened} */
    static List<Long> openSince(CustomerState state) {
        var since = new ArrayList<Long>();
        for (var ticket : state.getTickets()) {
            var course = course(ticket);
            if (course.open()) {
                since.add(course.opened().getAt());
            }
        }
        return since;
    }

    /** {@return when a ticket was reopened last, 0 when none ever was} */
    static long reopenedAt(CustomerState state) {
        long at = 0;
        for (var ticket : state.getTickets()) {
            for (var mark : ticket.getMarks()) {
                at = status(mark) == TicketStatus.REOPENED ? Math.max(at, mark.getAt()) : at;
            }
        }
        return at;
    }

    /** {@return the newest time that open tickets held advertising, or null} */
    static Hold hold(CustomerState state) {
        long since = Long.MAX_VALUE;
        Mark opening = null;
        Course ended = null;
        for (var ticket : state.getTickets()) {
            var course = course(ticket);
            if (course.open()) {
                since = Math.min(since, course.opened().getAt());
                opening =
                        opening == null || STEP_ORDER.compare(course.opened(), opening) > 0 ? course.opened() : opening;
            } else if (course.ended() != null
                    && (ended == null || STEP_ORDER.compare(course.ended(), ended.ended()) > 0)) {
                ended = course;
            }
        }
        if (opening != null) {
            return hold(since, true, 0, opening);
        }
        return ended == null
                ? null
                : hold(ended.opened().getAt(), false, ended.ended().getAt(), ended.ended());
    }

    private static Hold hold(long since, boolean holding, long ended, Mark cause) {
        return new Hold(
                "OPEN_TICKET", "open-ticket", since, holding, 0, ended, "RESOLVED", cause.getAt(), cause.getEventId());
    }

    private static Course course(Ticket ticket) {
        var steps = ticket.getMarks();
        if (!inOrder(steps)) {
            steps = new ArrayList<>(steps);
            steps.sort(STEP_ORDER);
        }
        var turns = new ArrayList<Mark>(2);
        for (int i = 0; i < steps.size(); i++) {
            var opens = opens(status(steps.get(i)), i == 0);
            if (opens != null && opens == (turns.size() % 2 == 0)) {
                turns.add(steps.get(i));
            }
        }
        return new Course(turns);
    }

    private static boolean inOrder(List<Mark> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (STEP_ORDER.compare(steps.get(i - 1), steps.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a step leaves the ticket open; null when it leaves it as it was} */
    private static Boolean opens(TicketStatus status, boolean first) {
        return switch (status) {
            case OPENED, REOPENED -> Boolean.TRUE;
            case RESOLVED, CLOSED -> Boolean.FALSE;
            case REPLIED -> first ? Boolean.TRUE : null;
        };
    }

    private static int rank(TicketStatus status) {
        return switch (status) {
            case OPENED -> 0;
            case REPLIED -> 1;
            case RESOLVED -> 2;
            case CLOSED -> 3;
            case REOPENED -> 4;
        };
    }

    private static TicketStatus status(Mark mark) {
        return STATUSES[mark.getStatus()];
    }
}
