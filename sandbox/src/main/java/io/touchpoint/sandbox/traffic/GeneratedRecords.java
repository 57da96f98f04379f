package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketAuthor;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.sandbox.data.RetailHistory;
import java.time.Instant;
import java.util.List;

/** Events that have no real source. Each says so in its {@code source}. */
final class GeneratedRecords {

    static final String SOURCE = "generator";

    private GeneratedRecords() {}

    /** A click; its cost is in pence. */
    static AdClick click(
            String id,
            String customer,
            Instant at,
            Campaign campaign,
            OrderLine product,
            long costPence,
            String country) {
        var click = new AdClick();
        click.setEventId(id);
        click.setCustomerId(customer);
        click.setOccurredAt(at);
        click.setSource(SOURCE);
        click.setClickId(id);
        click.setPlatform(campaign.platform());
        click.setCampaignId(campaign.id());
        click.setSku(product.getSku());
        click.setCategory(product.getCategory());
        click.setCostMinor(costPence);
        click.setCurrency(RetailHistory.CURRENCY);
        click.setCountry(country);
        click.setRetargeting(campaign.retargeting());
        return click;
    }

    /** A step of a ticket. */
    static SupportEvent step(
            String id, String customer, Instant at, String ticket, TicketStatus status, TicketAuthor author) {
        var step = new SupportEvent();
        step.setEventId(id);
        step.setCustomerId(customer);
        step.setOccurredAt(at);
        step.setSource(SOURCE);
        step.setTicketId(ticket);
        step.setStatus(status);
        step.setTopic("delivery");
        step.setPriority("NORMAL");
        step.setChannel("email");
        step.setAuthor(author);
        return step;
    }

    static SurveyInvitation invitation(
            String id, String customer, Instant at, SurveyKind kind, String touchpoint, String channel) {
        return new SurveyInvitation(id, customer, at, SOURCE, id, kind.name(), touchpoint, channel);
    }

    /** An answer on the usual scale of its kind: NPS 0–10, CSAT 1–5, CES 1–7. */
    static SurveyResponse answer(
            String id, String customer, Instant at, SurveyKind kind, int score, String touchpoint, String channel) {
        var answer = new SurveyResponse();
        answer.setEventId(id);
        answer.setCustomerId(customer);
        answer.setOccurredAt(at);
        answer.setSource(SOURCE);
        answer.setResponseId(id);
        answer.setKind(kind);
        answer.setScore(score);
        answer.setScaleMin(kind == SurveyKind.NPS ? 0 : 1);
        answer.setScaleMax(scaleMax(kind));
        answer.setHigherIsBetter(true);
        answer.setTouchpoint(touchpoint);
        answer.setChannel(channel);
        return answer;
    }

    static OrderEvent order(
            String id, String customer, Instant at, String order, OrderStatus status, List<OrderLine> lines) {
        var event = new OrderEvent();
        event.setEventId(id);
        event.setCustomerId(customer);
        event.setOccurredAt(at);
        event.setSource(SOURCE);
        event.setOrderId(order);
        event.setStatus(status);
        event.setLines(lines);
        event.setCurrency(RetailHistory.CURRENCY);
        event.setChannel("web");
        event.setCountry("GB");
        return event;
    }

    private static int scaleMax(SurveyKind kind) {
        return switch (kind) {
            case NPS -> 10;
            case CSAT -> 5;
            case CES -> 7;
        };
    }
}
