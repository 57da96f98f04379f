package io.touchpoint.topology;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events that keep every rule, to be broken one rule at a time. Ids are made of what the event is and when it was. */
final class Events {

    private static final String SOURCE = "test";

    private Events() {}

    static OrderLine line(String sku, int quantity) {
        return new OrderLine(sku, "audio", quantity, 1_000L, null);
    }

    static OrderEvent paid(String customer, String orderId, Instant at, OrderLine... lines) {
        return order(OrderStatus.PAID, customer, orderId, at, lines);
    }

    static OrderEvent order(OrderStatus status, String customer, String orderId, Instant at, OrderLine... lines) {
        return new OrderEvent(
                id(status + "-" + orderId, at),
                customer,
                at,
                SOURCE,
                orderId,
                status,
                List.of(lines),
                "EUR",
                "web",
                "DE",
                null,
                null);
    }

    static SurveyResponse nps(String customer, Instant at, int score) {
        return new SurveyResponse(
                id("nps", at),
                customer,
                at,
                SOURCE,
                id("response", at),
                SurveyKind.NPS,
                score,
                0,
                10,
                true,
                "post-purchase",
                "email",
                null,
                null,
                null,
                null,
                null,
                null,
                false);
    }

    static SupportEvent ticket(String customer, String ticketId, TicketStatus status, Instant at) {
        return new SupportEvent(
                id(ticketId + "-" + status, at),
                customer,
                at,
                SOURCE,
                ticketId,
                status,
                "delivery",
                "NORMAL",
                "chat",
                null,
                null,
                null);
    }

    static AdClick click(String customer, String clickId, Instant at) {
        var click = click(customer, at);
        click.setClickId(clickId);
        return click;
    }

    static AdClick click(String customer, Instant at) {
        return new AdClick(
                id("click", at),
                customer,
                at,
                SOURCE,
                id("click", at),
                "meta",
                "k1",
                null,
                "audio-1",
                "audio",
                5L,
                "EUR",
                "DE",
                true);
    }

    static CustomerContact contact(String customer, AdConsent consent, Instant at) {
        return new CustomerContact(
                id("contact", at),
                customer,
                at,
                SOURCE,
                List.of(customer + "@example.com"),
                List.of(),
                "DE",
                consent,
                Map.of(),
                at);
    }

    static SurveyInvitation invitation(String customer, Instant at) {
        return new SurveyInvitation(
                id("invitation", at), customer, at, SOURCE, id("invitation", at), "NPS", "post-purchase", "email");
    }

    static ErasureRequest erasure(String customer, Instant at) {
        return new ErasureRequest(id("erasure", at), customer, at, SOURCE, "customer", "gdpr-art-17");
    }

    private static String id(String what, Instant at) {
        return what + "-" + Long.toString(at.toEpochMilli(), Character.MAX_RADIX);
    }
}
