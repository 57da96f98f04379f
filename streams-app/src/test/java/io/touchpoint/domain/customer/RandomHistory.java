package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.START;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketAuthor;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.serdes.TrustedRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A plausible history of one customer from a seed, in order of time, and the ways it may arrive. */
final class RandomHistory {

    private static final String[] SKUS = {"audio-1", "audio-2", "gifts-1", "coffee-1", "coffee-2", "plain"};

    static {
        TrustedRecords.trust();
    }

    private final Random random;
    /** Of what the attributes of an event are. */
    private final Random other;
    /** Of where the customer is reached. */
    private final Random addresses;

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
        other = new Random(~seed);
        addresses = new Random(seed * 31);
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
            var again = CustomerEvents.invitation(
                    "i" + (named < 1 ? other.nextInt(2) : 1), START + other.nextInt((int) HOUR));
            events.add(CustomerEvents.again(again, "more-" + again.eventId(), again.occurredAt()));
        }
        moreClicks();
        // The steps of a ticket at one instant may be the same one; with another content it would be no such event.
        var ids = new HashSet<String>();
        events.removeIf(event -> !ids.add(event.eventId()));
        events.forEach(event -> vary(event.body()));
        events.sort(DistinctEvents.BY_TIME);
    }

    /** Clicks on the way to orders, and now and then one right at a payment or just too early for it. */
    private void moreClicks() {
        var times = new ArrayList<Long>();
        for (var event : events) {
            if (event.body() instanceof OrderEvent order && order.getStatus() == OrderStatus.PAID) {
                times.add(event.occurredAt());
            }
        }
        int click = 0;
        for (long paid : times) {
            for (int more = other.nextInt(4); more > 0; more--) {
                long before = other.nextInt(8) == 0
                        ? 30 * DAY + other.nextInt(2)
                        : other.nextInt(8) == 0 ? 0 : (long) (other.nextDouble() * 35 * DAY);
                events.add(CustomerEvents.click("m" + click++, paid - before));
            }
        }
    }

    /** Gives an event the attributes that the measures tell by. */
    private void vary(Object body) {
        if (body instanceof OrderEvent order) {
            order.setChannel(any("web", "store"));
            order.setCountry(any("DE", "FR", null));
            order.setPlatform(any("meta", "google", null));
            order.setCampaignId(order.getPlatform() == null ? null : any("k1", "k2"));
            for (var line : order.getLines()) {
                line.setUnitCostMinor(other.nextInt(10) == 0 ? null : line.getUnitPriceMinor() * 2 / 3);
            }
        } else if (body instanceof AdClick click) {
            click.setPlatform(any("meta", "google"));
            click.setCampaignId(any("k1", "k2", "k3"));
            click.setSku(any("audio-1", "gifts-1", "coffee-1", null));
            click.setCategory(any("audio", "coffee", null));
            click.setCostMinor(any(5L, 7L, null));
            click.setCurrency(any("EUR", "GBP"));
            click.setRetargeting(other.nextInt(3) > 0);
        } else if (body instanceof SurveyResponse survey) {
            survey.setCountry(any("DE", "FR", null));
            survey.setInvitationId(any("i0", "i1", null));
        } else if (body instanceof SurveyInvitation invitation) {
            invitation.setChannel(any("email", "web"));
            invitation.setTouchpoint(any("app", "support"));
        } else if (body instanceof SupportEvent support) {
            support.setChannel(any("chat", "phone"));
            support.setAuthor(any(TicketAuthor.AGENT, TicketAuthor.CUSTOMER, null));
        } else if (body instanceof CustomerContact contact) {
            contact.setEmails(any(List.of("c1@example.com"), List.of("nobody"), List.of()));
            contact.setPhones(any(List.of("+49 30 1234567"), List.of("12"), List.of()));
            varyAddresses(contact);
        }
    }

    /** Now and then another spelling, another address, one that is hashed, or a word on one platform. */
    private void varyAddresses(CustomerContact contact) {
        if (addresses.nextInt(3) == 0) {
            contact.setEmails(List.of(
                            List.of(" C1@Example.com", "nobody"),
                            List.of("C.1+news@gmail.com", "c1@example.com"),
                            List.of("c 1@example.com"),
                            List.of(AudienceOracle.HASHED))
                    .get(addresses.nextInt(4)));
        }
        if (addresses.nextInt(4) == 0) {
            contact.setPhones(List.of("030/1234567"));
        }
        var words = AdConsent.values();
        contact.setPlatformConsent(
                addresses.nextInt(3) > 0
                        ? Map.of()
                        : Map.of(addresses.nextBoolean() ? "meta" : "google", words[addresses.nextInt(words.length)]));
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[other.nextInt(values.length)];
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
                var again = CustomerEvents.again(event, pick("a-", "z-") + event.eventId(), event.occurredAt() + shift);
                doubled.add(other.nextBoolean() ? again : differing(again));
            }
        }
        doubled.sort(DistinctEvents.BY_TIME);
        return doubled;
    }

    /** {@return the same event as another system may tell it, with attributes of its own} */
    private CustomerEvent differing(CustomerEvent event) {
        if (event.body() instanceof SpecificRecord body) {
            var copy = SpecificData.get().deepCopy(body.getSchema(), body);
            vary(copy);
            return new CustomerEvent(event.eventId(), event.customerId(), event.occurredAt(), copy);
        }
        return event;
    }

    /** {@return events as they may arrive: each up to so many days late} */
    List<CustomerEvent> shuffled(List<CustomerEvent> orderly, int days) {
        var arrivals = new HashMap<Integer, Long>();
        for (int i = 0; i < orderly.size(); i++) {
            arrivals.put(i, orderly.get(i).occurredAt() + below(days * DAY));
        }
        return arrivals.entrySet().stream()
                .sorted(Comparator.comparingLong(Map.Entry::getValue))
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
