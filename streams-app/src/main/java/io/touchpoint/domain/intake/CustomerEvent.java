package io.touchpoint.domain.intake;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyResponse;

/**
 * Something that happened to one customer, with the head that all such events share.
 *
 * @param eventId identifier of the event, unique within its topic
 * @param customerId the customer
 * @param occurredAt epoch milliseconds at which it happened
 * @param body the record, or a {@link ContactWithdrawal}
 */
public record CustomerEvent(String eventId, String customerId, long occurredAt, Object body) {

    /** A null value on the customers topic: contact data and consent are withdrawn. */
    public record ContactWithdrawal() {}

    /**
     * Reads the head of a record.
     *
     * @throws IllegalArgumentException when the record is none that is keyed by customer
     */
    public static CustomerEvent of(Object body) {
        if (body instanceof OrderEvent e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        if (body instanceof AdClick e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        if (body instanceof SurveyResponse e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        if (body instanceof SupportEvent e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        if (body instanceof CustomerContact e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        if (body instanceof SurveyInvitation e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        if (body instanceof ErasureRequest e) {
            return new CustomerEvent(e.getEventId(), e.getCustomerId(), millis(e.getOccurredAt()), e);
        }
        throw new IllegalArgumentException(
                "no event of a customer: " + body.getClass().getSimpleName());
    }

    private static long millis(java.time.Instant instant) {
        return instant.toEpochMilli();
    }
}
