package io.touchpoint.domain.intake;

import io.touchpoint.domain.intake.Refusal.Reason;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that an event must keep before it may touch a customer. Pure: the wall clock is an argument. */
public final class EventCheck {

    /** Events before this instant are taken for broken clocks. */
    public static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private static final int MAX_ID = 255;
    private static final int MAX_LINES = 1_000;
    private static final int MAX_QUANTITY = 1_000_000;
    private static final long MAX_PRICE = 1_000_000_000_000L;
    private static final Set<String> KINDS =
            Set.of(SurveyKind.NPS.name(), SurveyKind.CSAT.name(), SurveyKind.CES.name());
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final long futureTolerance;

    /**
     * @param futureTolerance how far ahead of the wall clock an event may be
     */
    public EventCheck(Duration futureTolerance) {
        this.futureTolerance = futureTolerance.toMillis();
    }

    /**
     * @param key the record's key, null when there was none
     * @param event the event
     * @param wallClock epoch milliseconds now
     * @return why the event is refused, or null when it may be applied
     */
    public Refusal check(String key, CustomerEvent event, long wallClock) {
        if (key == null || !key.equals(event.customerId())) {
            return new Refusal(
                    Reason.WRONG_KEY,
                    key == null ? "no key (expected: the customer_id)" : "the key is not the customer_id");
        }
        if (event.occurredAt() > wallClock + futureTolerance) {
            return new Refusal(
                    Reason.FROM_THE_FUTURE,
                    "occurred_at " + at(event) + " (expected: at most " + Duration.ofMillis(futureTolerance)
                            + " ahead of the clock)");
        }
        var fault = fault(event);
        return fault == null ? null : new Refusal(Reason.INVALID, fault);
    }

    private static String fault(CustomerEvent event) {
        if (event.occurredAt() < EARLIEST.toEpochMilli()) {
            return "occurred_at " + at(event) + " (expected: " + EARLIEST + " or later)";
        }
        var fault = id("customer_id", event.customerId());
        if (fault == null) {
            fault = id("event_id", event.eventId());
        }
        return fault != null ? fault : bodyFault(event.body());
    }

    private static String at(CustomerEvent event) {
        return Instant.ofEpochMilli(event.occurredAt()).toString();
    }

    private static String bodyFault(Object body) {
        if (body instanceof OrderEvent order) {
            return orderFault(order);
        }
        if (body instanceof SurveyResponse survey) {
            return surveyFault(survey);
        }
        if (body instanceof AdClick click) {
            return clickFault(click);
        }
        if (body instanceof SupportEvent support) {
            return id("ticket_id", support.getTicketId());
        }
        if (body instanceof SurveyInvitation invitation) {
            return KINDS.contains(invitation.getKind())
                    ? id("invitation_id", invitation.getInvitationId())
                    : "kind is none of the known (expected: NPS, CSAT or CES)";
        }
        return null;
    }

    private static String orderFault(OrderEvent order) {
        var returned = order.getStatus() == OrderStatus.RETURNED;
        if (order.getOrderId() == null ? !returned : id("order_id", order.getOrderId()) != null) {
            return order.getOrderId() == null
                    ? "no order_id on " + order.getStatus() + " (expected: only RETURNED may lack it)"
                    : id("order_id", order.getOrderId());
        }
        if (!CURRENCIES.contains(order.getCurrency())) {
            return "currency is no ISO 4217 code (expected: for example EUR)";
        }
        if (order.getLines().isEmpty() && order.getStatus() != OrderStatus.CANCELLED) {
            return "no lines on " + order.getStatus() + " (expected: at least one; only CANCELLED may have none)";
        }
        if (order.getLines().size() > MAX_LINES) {
            return "lines: " + order.getLines().size() + " (expected: at most " + MAX_LINES + ")";
        }
        for (int i = 0; i < order.getLines().size(); i++) {
            var fault = lineFault(order.getLines().get(i));
            if (fault != null) {
                return "lines[" + i + "]." + fault;
            }
        }
        return null;
    }

    private static String lineFault(OrderLine line) {
        if (line.getQuantity() <= 0 || line.getQuantity() > MAX_QUANTITY) {
            return "quantity " + line.getQuantity() + " (expected: 1 to " + MAX_QUANTITY + ")";
        }
        if (line.getUnitPriceMinor() < 0 || line.getUnitPriceMinor() > MAX_PRICE) {
            return "unit_price_minor " + line.getUnitPriceMinor() + " (expected: 0 to " + MAX_PRICE + ")";
        }
        var cost = line.getUnitCostMinor();
        if (cost != null && (cost < 0 || cost > MAX_PRICE)) {
            return "unit_cost_minor " + cost + " (expected: 0 to " + MAX_PRICE + ")";
        }
        var fault = id("sku", line.getSku());
        return fault != null || line.getCategory() == null ? fault : id("category", line.getCategory());
    }

    private static String surveyFault(SurveyResponse survey) {
        var fault = id("response_id", survey.getResponseId());
        if (fault != null) {
            return fault;
        }
        if (survey.getKind() == SurveyKind.NPS
                && (survey.getScaleMin() != 0 || survey.getScaleMax() != 10 || !survey.getHigherIsBetter())) {
            return "NPS on a scale of " + survey.getScaleMin() + " to " + survey.getScaleMax()
                    + " (expected: 0 to 10, higher is better)";
        }
        if (survey.getScaleMin() >= survey.getScaleMax()) {
            return "scale_min " + survey.getScaleMin() + " (expected: less than scale_max " + survey.getScaleMax()
                    + ")";
        }
        if (survey.getScore() < survey.getScaleMin() || survey.getScore() > survey.getScaleMax()) {
            return "score " + survey.getScore() + " (expected: " + survey.getScaleMin() + " to " + survey.getScaleMax()
                    + ")";
        }
        var touchpoint = text("touchpoint", survey.getTouchpoint());
        return touchpoint != null ? touchpoint : text("channel", survey.getChannel());
    }

    private static String clickFault(AdClick click) {
        var fault = id("click_id", click.getClickId());
        if (fault != null) {
            return fault;
        }
        if (click.getCostMinor() != null) {
            if (click.getCostMinor() < 0 || click.getCostMinor() > MAX_PRICE) {
                return "cost_minor " + click.getCostMinor() + " (expected: 0 to " + MAX_PRICE + ")";
            }
            if (click.getCurrency() == null || !CURRENCIES.contains(click.getCurrency())) {
                return "currency of cost_minor is no ISO 4217 code (expected: for example EUR)";
            }
        }
        fault = id("platform", click.getPlatform());
        return fault != null ? fault : id("campaign_id", click.getCampaignId());
    }

    private static String id(String field, String value) {
        return value.isBlank() ? field + " is blank (expected: an identifier)" : text(field, value);
    }

    private static String text(String field, String value) {
        return value.length() > MAX_ID
                ? field + " of " + value.length() + " characters (expected: at most " + MAX_ID + ")"
                : null;
    }
}
