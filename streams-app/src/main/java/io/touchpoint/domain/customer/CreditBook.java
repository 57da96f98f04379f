package io.touchpoint.domain.customer;

import io.touchpoint.domain.attribution.AttributionModel;
import io.touchpoint.domain.attribution.Touch;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.CreditSink;
import io.touchpoint.records.AttributionCredit;
import java.time.Instant;

/** Makes records of the credits that follow from one event. */
final class CreditBook implements CreditSink {

    private static final String NO_TOUCH = "none";

    private final Customer customer;
    private final CustomerEvent cause;
    private final long at;
    private final Decisions out;

    CreditBook(Customer customer, CustomerEvent cause, Decisions out) {
        this.customer = customer;
        this.cause = cause;
        this.at = Math.max(customer.clock(), cause.occurredAt());
        this.out = out;
    }

    @Override
    public void credit(String orderId, AttributionModel model, Touch touch, long amount, String currency) {
        boolean click = touch != Touch.NONE;
        var record = new AttributionCredit(
                cause.customerId(),
                orderId,
                model.id(),
                click ? touch.clickId() : null,
                click ? touch.platform() : null,
                click ? touch.campaign() : null,
                amount,
                currency,
                cause.eventId(),
                Instant.ofEpochMilli(at));
        out.credit(key(orderId, model, click ? touch.clickId() : null), record, at);
    }

    /** An id may hold the separator, and a click may be called what stands for none. */
    private String key(String orderId, AttributionModel model, String clickId) {
        var touch = clickId == null ? NO_TOUCH : clickId.equals(NO_TOUCH) ? "%6Eone" : Standing.escaped(clickId);
        return Standing.escaped(orderId) + '|' + model.id() + '|' + touch + '|' + Standing.escaped(cause.eventId());
    }
}
