package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of the customer c1, each with an id that says what it is. Times are epoch milliseconds. */
final class CustomerEvents {

    static final String CUSTOMER = "c1";
    static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    static final long DAY = Duration.ofDays(1).toMillis();
    static final long HOUR = Duration.ofHours(1).toMillis();

    private CustomerEvents() {}

    /** {@return the instant so many days after the start} */
    static long day(double days) {
        return START + Math.round(days * DAY);
    }

    static OrderLine line(String sku, int quantity) {
        return line(sku, "audio", quantity, 1_000);
    }

    static OrderLine line(String sku, String category, int quantity, long price) {
        return new OrderLine(sku, category, quantity, price, null);
    }

    static CustomerEvent paid(String orderId, long at, OrderLine... lines) {
        return order(OrderStatus.PAID, orderId, at, "EUR", lines);
    }

    static CustomerEvent returned(String orderId, long at, OrderLine... lines) {
        return order(OrderStatus.RETURNED, orderId, at, "EUR", lines);
    }

    static CustomerEvent cancelled(String orderId, long at, OrderLine... lines) {
        return order(OrderStatus.CANCELLED, orderId, at, "EUR", lines);
    }

    static CustomerEvent order(OrderStatus status, String orderId, long at, String currency, OrderLine... lines) {
        var id = status.name().toLowerCase(java.util.Locale.ROOT) + "-" + orderId + at(at);
        return event(
                id,
                at,
                new OrderEvent(
                        id,
                        CUSTOMER,
                        instant(at),
                        "test",
                        orderId,
                        status,
                        List.of(lines),
                        currency,
                        "web",
                        null,
                        null,
                        null));
    }

    static CustomerEvent nps(String responseId, long at, int score) {
        return survey(SurveyKind.NPS, responseId, at, score, 0, 10, true, "post-purchase", "email", false);
    }

    static CustomerEvent withdrawn(String responseId, long at) {
        return survey(SurveyKind.NPS, responseId, at, 0, 0, 10, true, "post-purchase", "email", true);
    }

    static CustomerEvent survey(
            SurveyKind kind,
            String responseId,
            long at,
            int score,
            int min,
            int max,
            boolean higherIsBetter,
            String touchpoint,
            String channel,
            boolean withdrawn) {
        var id = "answer-" + responseId + at(at);
        return event(
                id,
                at,
                new SurveyResponse(
                        id,
                        CUSTOMER,
                        instant(at),
                        "test",
                        responseId,
                        kind,
                        score,
                        min,
                        max,
                        higherIsBetter,
                        touchpoint,
                        channel,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        withdrawn));
    }

    static CustomerEvent ticket(String ticketId, TicketStatus status, long at) {
        var id = "ticket-" + ticketId + "-" + status + at(at);
        return event(
                id,
                at,
                new SupportEvent(
                        id,
                        CUSTOMER,
                        instant(at),
                        "test",
                        ticketId,
                        status,
                        "delivery",
                        "NORMAL",
                        "chat",
                        null,
                        null,
                        null));
    }

    static CustomerEvent click(String clickId, long at) {
        var id = "click-" + clickId;
        return event(
                id,
                at,
                new AdClick(
                        id,
                        CUSTOMER,
                        instant(at),
                        "test",
                        clickId,
                        "meta",
                        "k1",
                        null,
                        "audio-1",
                        "audio",
                        5L,
                        "EUR",
                        null,
                        true));
    }

    static CustomerEvent consent(AdConsent consent, long at) {
        return contact(consent, at, List.of("c1@example.com"), List.of(), Map.of());
    }

    /** {@return a contact record of a customer in Germany} */
    static CustomerEvent contact(
            AdConsent consent, long at, List<String> emails, List<String> phones, Map<String, AdConsent> own) {
        var id = "contact-" + consent + at(at);
        return event(
                id,
                at,
                new CustomerContact(
                        id, CUSTOMER, instant(at), "test", emails, phones, "DE", consent, own, instant(START)));
    }

    static CustomerEvent contactWithdrawal(long at) {
        return event("withdrawal" + at(at), at, new CustomerEvent.ContactWithdrawal());
    }

    static CustomerEvent invitation(String invitationId, long at) {
        var id = "invitation-" + invitationId;
        return event(
                id,
                at,
                new SurveyInvitation(id, CUSTOMER, instant(at), "test", invitationId, "NPS", "post-purchase", "email"));
    }

    static CustomerEvent erasure(long at) {
        var id = "erasure" + at(at);
        return event(id, at, new ErasureRequest(id, CUSTOMER, instant(at), "test", "customer", "gdpr-art-17"));
    }

    /** {@return the same happening under another head} */
    static CustomerEvent again(CustomerEvent event, String eventId, long at) {
        return new CustomerEvent(eventId, event.customerId(), at, event.body());
    }

    private static CustomerEvent event(String id, long at, Object body) {
        return new CustomerEvent(id, CUSTOMER, at, body);
    }

    /** {@return the day of an event, or its millisecond where it is not the start of one} */
    private static String at(long at) {
        return (at - START) % DAY == 0 ? "@" + (at - START) / DAY : "+" + (at - START);
    }

    private static Instant instant(long at) {
        return Instant.ofEpochMilli(at);
    }
}
