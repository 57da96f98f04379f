package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.START;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/** A plausible history of one customer from a seed, in order of time, and the ways it may arrive. */
final class RandomHistory {

    private static final String[] SKUS = {"audio-1", "audio-2", "gifts-1", "coffee-1", "coffee-2", "plain"};

    private final Random random;
    private final long length;
    private final double named;
    private final List<CustomerEvent> events = new ArrayList<>();

    /** A history of up to 255 days. */
    RandomHistory(long seed) {
        this(seed, 5 + new Random(seed).nextInt(250), 1);
    }

    /**
     * @param days how long events happen
     * @param times how many times as many as usual
     */
    RandomHistory(long seed, int days, int times) {
        random = new Random(seed);
        length = days * DAY;
        // Over years a return without an order may mean one that was let go, and a withdrawal uncover an answer that
        // was.
        named = days > 400 ? 1 : 0.5;
        for (int order = times * pick(0, 1, 1, 2, 3, 5, 8); order > 0; order--) {
            order("o" + order);
        }
        if (chance(0.2) && named < 1) {
            events.add(returned(null, START + below(length), line(pick(SKUS), 1)));
        }
        for (int answer = times * pick(0, 0, 1, 2, 4, 7); answer > 0; answer--) {
            answer("r" + answer);
        }
        for (int ticket = times * pick(0, 0, 1, 2, 3); ticket > 0; ticket--) {
            ticket("t" + ticket);
        }
        for (int click = times * pick(0, 1, 4); click > 0; click--) {
            events.add(CustomerEvents.click("k" + click, START + below(length)));
        }
        for (int contact = pick(0, 0, 1, 3); contact > 0; contact--) {
            events.add(CustomerEvents.consent(pick(AdConsent.values()), START + below(length)));
        }
        if (chance(0.05)) {
            events.add(CustomerEvents.contactWithdrawal(START + below(length)));
        }
        if (chance(0.3) || events.isEmpty()) {
            events.add(CustomerEvents.invitation("i0", START + below(length)));
        }
        events.sort(DistinctEvents.BY_TIME);
    }

    private void order(String orderId) {
        long placed = START + below(length * 9 / 10);
        var lines = lines();
        var currency = chance(0.9) ? "EUR" : "GBP";
        if (chance(0.8)) {
            events.add(CustomerEvents.order(OrderStatus.PLACED, orderId, placed, currency, lines));
        }
        long paid = placed + below(HOUR);
        if (chance(0.92)) {
            events.add(CustomerEvents.order(OrderStatus.PAID, orderId, paid, currency, lines));
        }
        long delivered = paid + below(4 * DAY);
        if (chance(0.6)) {
            events.add(CustomerEvents.order(OrderStatus.DELIVERED, orderId, delivered, currency, lines));
        }
        if (chance(0.1)) {
            events.add(CustomerEvents.cancelled(orderId, placed - HOUR + below(8 * DAY)));
        }
        if (chance(0.1)) {
            var line = pick(lines);
            events.add(CustomerEvents.cancelled(orderId, placed + below(4 * DAY), line(line.getSku(), 1)));
        }
        for (int returns = pick(0, 0, 0, 1, 1, 2); returns > 0; returns--) {
            var line = pick(lines);
            var back = new OrderLine(
                    line.getSku(),
                    chance(0.8) ? line.getCategory() : null,
                    1 + random.nextInt(2),
                    line.getUnitPriceMinor() - random.nextInt(50),
                    null);
            events.add(returned(chance(named) ? orderId : null, paid - HOUR + below(100 * DAY), back));
        }
    }

    private static CustomerEvent returned(String orderId, long at, OrderLine line) {
        return CustomerEvents.order(OrderStatus.RETURNED, orderId, at, "EUR", line);
    }

    private OrderLine[] lines() {
        var lines = new OrderLine[1 + random.nextInt(3)];
        Arrays.setAll(lines, i -> line(pick(SKUS), 1 + random.nextInt(3)));
        return lines;
    }

    private OrderLine line(String sku, int quantity) {
        var category = sku.equals("plain") || chance(0.03) ? null : sku.substring(0, sku.indexOf('-'));
        return CustomerEvents.line(sku, category, quantity, 100 + random.nextInt(9_000));
    }

    private void answer(String responseId) {
        long at = START + below(length);
        var kind = pick(SurveyKind.NPS, SurveyKind.NPS, SurveyKind.CSAT, SurveyKind.CES);
        var touchpoint = pick("post-purchase", "support", "app");
        var channel = pick("email", "web");
        boolean higherIsBetter = kind == SurveyKind.NPS || chance(0.6);
        for (int version = pick(1, 1, 1, 2, 3); version > 0; version--) {
            events.add(CustomerEvents.survey(
                    kind,
                    responseId,
                    at,
                    kind == SurveyKind.NPS ? random.nextInt(11) : 1 + random.nextInt(kind == SurveyKind.CSAT ? 5 : 7),
                    kind == SurveyKind.NPS ? 0 : 1,
                    kind == SurveyKind.NPS ? 10 : kind == SurveyKind.CSAT ? 5 : 7,
                    higherIsBetter,
                    touchpoint,
                    channel,
                    named < 1 && chance(0.2)));
            at += below(chance(0.5) ? DAY : 40 * DAY);
        }
    }

    private void ticket(String ticketId) {
        long at = START + below(length);
        for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
            events.add(CustomerEvents.ticket(ticketId, pick(TicketStatus.values()), at));
            at += chance(0.2) ? 0 : below(chance(0.8) ? 3 * DAY : 20 * DAY);
        }
    }

    /** {@return the events in order of time} */
    List<CustomerEvent> orderly() {
        return events;
    }

    /** {@return the same with some events twice, and some told again by another system under an id of its own, a little earlier or later} */
    List<CustomerEvent> doubled() {
        var doubled = new ArrayList<CustomerEvent>();
        for (var event : events) {
            doubled.add(event);
            if (chance(0.2)) {
                doubled.add(event);
            }
            if (chance(0.15) && !DistinctEvents.contact(event)) {
                long shift = chance(0.4) ? 0 : below(2 * HOUR) - HOUR;
                doubled.add(
                        CustomerEvents.again(event, pick("a-", "z-") + event.eventId(), event.occurredAt() + shift));
            }
        }
        doubled.sort(DistinctEvents.BY_TIME);
        return doubled;
    }

    /** {@return events as they may arrive: each up to so many days late} */
    List<CustomerEvent> shuffled(List<CustomerEvent> orderly, int days) {
        var arrivals = new HashMap<Integer, Long>();
        for (int i = 0; i < orderly.size(); i++) {
            arrivals.put(i, orderly.get(i).occurredAt() + below(days * DAY));
        }
        return arrivals.entrySet().stream()
                .sorted(Comparator.comparingLong(java.util.Map.Entry::getValue))
                .map(arrival -> orderly.get(arrival.getKey()))
                .toList();
    }

    /** {@return an instant after every event} */
    long end() {
        return events.get(events.size() - 1).occurredAt() + 8 * DAY + below(200 * DAY);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** {@return a random long below the bound} */
    long below(long bound) {
        return (long) (random.nextDouble() * bound);
    }
}
