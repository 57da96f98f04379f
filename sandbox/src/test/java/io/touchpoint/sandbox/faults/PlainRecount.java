package io.touchpoint.sandbox.faults;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a history amounts to at an instant, counted anew from all its events the plain way: maps, no state, no timers. Takes
 * histories in which returns and cancellations name their order, and each order is taken back at most once.
 *
 * @param events those up to the instant
 */
record PlainRecount(List<TouchpointEvent> events, Instant until) {

    private static final Duration COOL_DOWN = Duration.ofDays(180);
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** A rolling window: so many panes of that width. */
    private record Window(String id, long pane, int panes) {}

    private static final List<Window> WINDOWS = List.of(
            new Window("PT1H", MINUTE, 60),
            new Window("PT24H", HOUR, 24),
            new Window("P7D", HOUR, 168),
            new Window("P30D", DAY, 30),
            new Window("P90D", DAY, 90));

    /** What is counted of a customer. */
    record Totals(long paidOrders, long gross, long returned, long clicks) {}

    /** NPS answers in a window. */
    record Votes(long promoters, long passives, long detractors) {

        double nps() {
            return 100.0 * (promoters - detractors) / (promoters + passives + detractors);
        }
    }

    static PlainRecount of(List<TouchpointEvent> history, Instant until) {
        return new PlainRecount(
                history.stream()
                        .filter(event -> !event.occurredAt().isAfter(until))
                        .toList(),
                until);
    }

    /** {@return totals of each customer who bought or clicked} */
    Map<String, Totals> totals() {
        var totals = new TreeMap<String, Totals>();
        all(AdClick.class).forEach(click -> add(totals, click.getCustomerId(), new Totals(0, 0, 0, 1)));
        for (var order : all(OrderEvent.class)) {
            if (order.getStatus() == OrderStatus.PAID) {
                add(totals, order.getCustomerId(), new Totals(1, worth(order.getLines()), 0, 0));
            } else if (taken(order) != null) {
                add(totals, order.getCustomerId(), new Totals(0, 0, worth(taken(order)), 0));
            }
        }
        return totals;
    }

    private static void add(Map<String, Totals> totals, String customer, Totals more) {
        totals.merge(
                customer,
                more,
                (a, b) -> new Totals(
                        a.paidOrders + b.paidOrders, a.gross + b.gross, a.returned + b.returned, a.clicks + b.clicks));
    }

    private static long worth(List<OrderLine> lines) {
        return lines.stream()
                .mapToLong(line -> line.getQuantity() * line.getUnitPriceMinor())
                .sum();
    }

    /** The lines that an event takes back, null when it takes nothing. */
    private List<OrderLine> taken(OrderEvent event) {
        return switch (event.getStatus()) {
            case RETURNED -> event.getLines();
            case CANCELLED -> paid(event.getOrderId()).getLines();
            case PLACED, PAID, SHIPPED, DELIVERED -> null;
        };
    }

    private OrderEvent paid(String orderId) {
        return all(OrderEvent.class).stream()
                .filter(order -> order.getStatus() == OrderStatus.PAID
                        && order.getOrderId().equals(orderId))
                .findFirst()
                .orElseThrow();
    }

    /** {@return until when each product is suppressed for its buyer, by key, where it still is} */
    Map<String, Instant> activeBySku() {
        var held = new HashMap<String, Long>();
        var active = new TreeMap<String, Instant>();
        var orders = all(OrderEvent.class);
        for (var order : orders) {
            if (order.getStatus() == OrderStatus.PAID) {
                order.getLines().forEach(line -> hold(held, order, line, 1));
            } else if (taken(order) != null) {
                taken(order).forEach(line -> hold(held, order, line, -1));
            }
        }
        for (var order : orders) {
            var end = order.getOccurredAt().plus(COOL_DOWN);
            if (order.getStatus() == OrderStatus.PAID && end.isAfter(until)) {
                for (var line : order.getLines()) {
                    if (held.get(order.getOrderId() + " " + line.getSku()) > 0) {
                        active.merge(
                                order.getCustomerId() + "|SKU|" + line.getSku(), end, (a, b) -> a.isAfter(b) ? a : b);
                    }
                }
            }
        }
        return active;
    }

    private static void hold(Map<String, Long> held, OrderEvent order, OrderLine line, int sign) {
        held.merge(order.getOrderId() + " " + line.getSku(), sign * (long) line.getQuantity(), Long::sum);
    }

    /** {@return the NPS answers that count, by the key of their KPI; windows without any are left out} */
    Map<String, Votes> votes() {
        var votes = new TreeMap<String, Votes>();
        count(votes, "all", answer -> "");
        count(votes, "touchpoint=", SurveyResponse::getTouchpoint);
        count(votes, "channel=", SurveyResponse::getChannel);
        count(votes, "country=", survey -> Objects.requireNonNullElse(survey.getCountry(), "unknown"));
        return votes;
    }

    private void count(Map<String, Votes> votes, String dimension, Function<SurveyResponse, String> value) {
        for (var counting : latestPerPersonAnd(value)) {
            for (var window : WINDOWS) {
                long pane = Math.floorDiv(counting.getOccurredAt().toEpochMilli(), window.pane);
                long newest = Math.floorDiv(until.toEpochMilli(), window.pane);
                if (pane > newest - window.panes) {
                    var key = "nps|" + dimension + value.apply(counting) + "|" + window.id;
                    votes.merge(
                            key,
                            vote(counting.getScore()),
                            (a, b) -> new Votes(
                                    a.promoters + b.promoters, a.passives + b.passives, a.detractors + b.detractors));
                }
            }
        }
    }

    private static Votes vote(int score) {
        return new Votes(score >= 9 ? 1 : 0, score == 7 || score == 8 ? 1 : 0, score <= 6 ? 1 : 0);
    }

    private List<SurveyResponse> latestPerPersonAnd(Function<SurveyResponse, String> value) {
        var standing = new LinkedHashMap<String, SurveyResponse>();
        all(SurveyResponse.class).stream()
                .filter(answer -> answer.getKind() == SurveyKind.NPS)
                .sorted(BY_TIME)
                .forEach(answer -> standing.put(answer.getResponseId(), answer));
        return List.copyOf(standing.values().stream()
                .filter(answer -> !answer.getWithdrawn())
                .sorted(BY_TIME)
                .collect(Collectors.toMap(
                        answer -> answer.getCustomerId() + " " + value.apply(answer),
                        Function.identity(),
                        (earlier, later) -> later))
                .values());
    }

    private static final Comparator<SurveyResponse> BY_TIME =
            Comparator.comparing(SurveyResponse::getOccurredAt).thenComparing(SurveyResponse::getResponseId);

    private <T> List<T> all(Class<T> type) {
        return events.stream()
                .map(TouchpointEvent::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
