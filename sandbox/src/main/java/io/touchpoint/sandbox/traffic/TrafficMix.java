package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketAuthor;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Endless invented traffic: 40 % steps of orders, 40 % clicks, 10 % answers, 10 % steps of tickets. Orders are placed,
 * paid and now and then returned or cancelled; tickets are opened, answered, resolved and closed. The same seed makes
 * the same events. Not for several threads at once.
 */
public final class TrafficMix {

    private static final int REMEMBERED_ORDERS = 10_000;
    private static final int WAITING_ORDERS = 20;
    private static final int OPEN_TICKETS = 50;
    private static final SurveyKind[] KINDS = {SurveyKind.NPS, SurveyKind.CSAT, SurveyKind.CES};

    private record Order(String id, String customer, List<OrderLine> lines) {}

    private record Ticket(String id, String customer, TicketStatus status) {}

    private final String run;
    private final Population population;
    private final Dice dice;
    private final Deque<Order> placed = new ArrayDeque<>();
    private final Deque<Order> paid = new ArrayDeque<>();
    private final Deque<Ticket> tickets = new ArrayDeque<>();
    private long events;

    /**
     * @param run begins every identifier, so that a second run's events are not duplicates of the first's
     * @param population who acts, and on what
     * @param seed of chance
     */
    public TrafficMix(String run, Population population, long seed) {
        this.run = run;
        this.population = population;
        this.dice = new Dice(seed);
    }

    /** The next event, at that time. */
    public TouchpointEvent next(Instant at) {
        events++;
        return switch (dice.weighted(40, 40, 10, 10)) {
            case 0 -> TouchpointEvent.of(order(at));
            case 1 -> TouchpointEvent.of(click(at));
            case 2 -> TouchpointEvent.of(answer(at));
            default -> TouchpointEvent.of(step(at));
        };
    }

    private String id(String kind) {
        return run + "-" + kind + "-" + events;
    }

    private OrderEvent order(Instant at) {
        var chance = dice.fraction();
        if (chance < 0.05 && !paid.isEmpty()) {
            var order = paid.removeFirst();
            return event(order, OrderStatus.RETURNED, List.of(dice.anyOf(order.lines())), at);
        }
        if (chance < 0.07 && !paid.isEmpty()) {
            return event(paid.removeFirst(), OrderStatus.CANCELLED, List.of(), at);
        }
        if (placed.size() >= WAITING_ORDERS) {
            var order = placed.removeFirst();
            remember(order);
            return event(order, OrderStatus.PAID, order.lines(), at);
        }
        var order = new Order(id("order"), population.customer(dice), lines());
        placed.addLast(order);
        return event(order, OrderStatus.PLACED, order.lines(), at);
    }

    private OrderEvent event(Order order, OrderStatus status, List<OrderLine> lines, Instant at) {
        return GeneratedRecords.order(id("event"), order.customer(), at, order.id(), status, lines);
    }

    private void remember(Order order) {
        paid.addLast(order);
        if (paid.size() > REMEMBERED_ORDERS) {
            paid.removeFirst();
        }
    }

    private List<OrderLine> lines() {
        return IntStream.rangeClosed(0, dice.weighted(60, 25, 15))
                .mapToObj(i -> population.line(dice))
                .toList();
    }

    private AdClick click(Instant at) {
        var campaign = dice.anyOf(dice.happens(0.3) ? Campaign.RETARGETING : Campaign.PROSPECTING);
        return GeneratedRecords.click(
                id("click"),
                population.customer(dice),
                at,
                campaign,
                population.product(dice),
                dice.between(8, 120),
                "GB");
    }

    private SurveyResponse answer(Instant at) {
        var kind = KINDS[dice.weighted(60, 25, 15)];
        return GeneratedRecords.answer(
                id("answer"), population.customer(dice), at, kind, Scores.of(kind, dice), "post-purchase", "email");
    }

    private SupportEvent step(Instant at) {
        var opens = tickets.isEmpty() || tickets.size() < OPEN_TICKETS && dice.happens(0.5);
        var ticket = opens
                ? new Ticket(id("ticket"), population.customer(dice), TicketStatus.OPENED)
                : after(tickets.removeFirst());
        if (ticket.status() != TicketStatus.CLOSED) {
            tickets.addLast(ticket);
        }
        var author = ticket.status() == TicketStatus.OPENED ? TicketAuthor.CUSTOMER : TicketAuthor.AGENT;
        return GeneratedRecords.step(id("event"), ticket.customer(), at, ticket.id(), ticket.status(), author);
    }

    private static Ticket after(Ticket ticket) {
        var status = switch (ticket.status()) {
            case OPENED, REOPENED -> TicketStatus.REPLIED;
            case REPLIED -> TicketStatus.RESOLVED;
            case RESOLVED, CLOSED -> TicketStatus.CLOSED;
        };
        return new Ticket(ticket.id(), ticket.customer(), status);
    }
}
