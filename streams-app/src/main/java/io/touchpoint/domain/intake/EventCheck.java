package io.touchpoint.domain.intake;

import io.touchpoint.domain.intake.Refusal.Reason;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that an event must keep before it may touch a customer. Pure: the wall clock is an argument. */
public final class EventCheck {

    /** Events before this instant are taken for broken clocks. */
    public static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private static final int MAX_ID = 255;
    private static final int MAX_COMMENT = 100_000;
    private static final int MAX_ADDRESSES = 50;
    private static final int MAX_LINES = 1_000;
    private static final int MAX_QUANTITY = 1_000_000;
    private static final long MAX_PRICE = 1_000_000_000_000L;

    /** Far above any order, and so far below the range of a long that no sum over a customer's orders leaves it. */
    static final long MAX_TOTAL = 1_000_000_000_000_000L;

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
            return supportFault(support);
        }
        if (body instanceof SurveyInvitation invitation) {
            return invitationFault(invitation);
        }
        if (body instanceof CustomerContact contact) {
            return contactFault(contact);
        }
        // Withdrawals of contact data and erasures are never refused for what they say.
        return null;
    }

    private static String orderFault(OrderEvent order) {
        var fault = orderIdFault(order);
        if (fault != null) {
            return fault;
        }
        fault = currency(order.getCurrency());
        if (fault != null) {
            return fault;
        }
        if (order.getLines().isEmpty() && order.getStatus() != OrderStatus.CANCELLED) {
            return "no lines on " + order.getStatus() + " (expected: at least one; only CANCELLED may have none)";
        }
        if (order.getLines().size() > MAX_LINES) {
            return "lines: " + order.getLines().size() + " (expected: at most " + MAX_LINES + ")";
        }
        long total = 0;
        long cost = 0;
        for (int i = 0; i < order.getLines().size(); i++) {
            var line = order.getLines().get(i);
            fault = lineFault(line);
            if (fault != null) {
                return "lines[" + i + "]." + fault;
            }
            total += line.getQuantity() * line.getUnitPriceMinor();
            if (total > MAX_TOTAL) {
                return "lines worth more than " + MAX_TOTAL + " minor units (expected: at most that)";
            }
            cost += line.getUnitCostMinor() == null ? 0 : line.getQuantity() * line.getUnitCostMinor();
            if (cost > MAX_TOTAL) {
                return "lines that cost more than " + MAX_TOTAL + " minor units (expected: at most that)";
            }
        }
        return first(
                text("channel", order.getChannel()),
                text("country", order.getCountry()),
                text("platform", order.getPlatform()),
                text("campaign_id", order.getCampaignId()));
    }

    private static String orderIdFault(OrderEvent order) {
        if (order.getOrderId() != null) {
            return id("order_id", order.getOrderId());
        }
        return order.getStatus() == OrderStatus.RETURNED
                ? null
                : "no order_id on " + order.getStatus() + " (expected: only RETURNED may lack it)";
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
        return first(
                text("touchpoint", survey.getTouchpoint()),
                text("channel", survey.getChannel()),
                text("country", survey.getCountry()),
                text("invitation_id", survey.getInvitationId()),
                comment(survey.getComment()));
    }

    private static String supportFault(SupportEvent support) {
        return first(
                id("ticket_id", support.getTicketId()),
                text("topic", support.getTopic()),
                text("channel", support.getChannel()),
                comment(support.getComment()));
    }

    private static String invitationFault(SurveyInvitation invitation) {
        if (!KINDS.contains(invitation.getKind())) {
            return "kind is none of the known (expected: NPS, CSAT or CES)";
        }
        return first(
                id("invitation_id", invitation.getInvitationId()),
                text("touchpoint", invitation.getTouchpoint()),
                text("channel", invitation.getChannel()));
    }

    private static String contactFault(CustomerContact contact) {
        return first(
                text("country", contact.getCountry()),
                addresses("emails", contact.getEmails()),
                addresses("phones", contact.getPhones()),
                addresses("platform_consent", contact.getPlatformConsent().keySet()));
    }

    private static String addresses(String field, Collection<String> values) {
        if (values.size() > MAX_ADDRESSES) {
            return field + ": " + values.size() + " (expected: at most " + MAX_ADDRESSES + ")";
        }
        for (var value : values) {
            var fault = text(field, value);
            if (fault != null) {
                return fault;
            }
        }
        return null;
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
        return first(
                id("platform", click.getPlatform()),
                id("campaign_id", click.getCampaignId()),
                text("sku", click.getSku()),
                text("category", click.getCategory()),
                text("country", click.getCountry()),
                // Kept even where there is no cost.
                text("currency", click.getCurrency()));
    }

    static String first(String... faults) {
        for (var fault : faults) {
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    static String id(String field, String value) {
        return value.isBlank() ? field + " is blank (expected: an identifier)" : text(field, value);
    }

    /** Whatever is kept of a customer has a bound, or one record could outgrow the state. */
    static String text(String field, String value) {
        return value != null && value.length() > MAX_ID
                ? field + " of " + value.length() + " characters (expected: at most " + MAX_ID + ")"
                : null;
    }

    static String currency(String code) {
        return CURRENCIES.contains(code) ? null : "currency is no ISO 4217 code (expected: for example EUR)";
    }

    private static String comment(String value) {
        return value != null && value.length() > MAX_COMMENT
                ? "comment of " + value.length() + " characters (expected: at most " + MAX_COMMENT + ")"
                : null;
    }
}
