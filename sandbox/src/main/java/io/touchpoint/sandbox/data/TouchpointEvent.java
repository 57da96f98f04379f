package io.touchpoint.sandbox.data;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Instant;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record on its way to an input topic. The order of events is that of a replay: by time, then topic, then identifier.
 *
 * @param key the record's key on the topic
 * @param eventId the event_id of the value
 */
public record TouchpointEvent(Topic<?> topic, String key, Instant occurredAt, String eventId, SpecificRecord value)
        implements Comparable<TouchpointEvent> {

    private static final Comparator<TouchpointEvent> ORDER = Comparator.comparing(TouchpointEvent::occurredAt)
            .thenComparing(event -> event.topic().name())
            .thenComparing(TouchpointEvent::eventId);

    /** A step of an order, for its topic. */
    public static TouchpointEvent of(OrderEvent order) {
        return new TouchpointEvent(
                Topics.ORDERS, order.getCustomerId(), order.getOccurredAt(), order.getEventId(), order);
    }

    /** An answer, for its topic. */
    public static TouchpointEvent of(SurveyResponse answer) {
        return new TouchpointEvent(
                Topics.SURVEYS, answer.getCustomerId(), answer.getOccurredAt(), answer.getEventId(), answer);
    }

    /** An invitation, for its topic. */
    public static TouchpointEvent of(SurveyInvitation invitation) {
        return new TouchpointEvent(
                Topics.INVITATIONS,
                invitation.getCustomerId(),
                invitation.getOccurredAt(),
                invitation.getEventId(),
                invitation);
    }

    /** A click, for its topic. */
    public static TouchpointEvent of(AdClick click) {
        return new TouchpointEvent(
                Topics.AD_CLICKS, click.getCustomerId(), click.getOccurredAt(), click.getEventId(), click);
    }

    /** A step of a ticket, for its topic. */
    public static TouchpointEvent of(SupportEvent step) {
        return new TouchpointEvent(Topics.SUPPORT, step.getCustomerId(), step.getOccurredAt(), step.getEventId(), step);
    }

    /** What a campaign cost on a day, for its topic. */
    public static TouchpointEvent of(AdSpend spend) {
        var key = spend.getPlatform() + "/" + spend.getCampaignId() + "/" + spend.getDay();
        return new TouchpointEvent(Topics.AD_SPEND, key, spend.getOccurredAt(), spend.getEventId(), spend);
    }

    /** A step of a lead, for its topic. */
    public static TouchpointEvent of(LeadEvent lead) {
        return new TouchpointEvent(Topics.LEADS, lead.getLeadId(), lead.getOccurredAt(), lead.getEventId(), lead);
    }

    /** Contact data, for its topic. */
    public static TouchpointEvent of(CustomerContact contact) {
        return new TouchpointEvent(
                Topics.CUSTOMERS, contact.getCustomerId(), contact.getOccurredAt(), contact.getEventId(), contact);
    }

    @Override
    public int compareTo(TouchpointEvent other) {
        return ORDER.compare(this, other);
    }
}
