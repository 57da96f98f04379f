package io.touchpoint.domain.measure;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import java.util.Locale;

/**
 * One event on the way of a customer. Steps are ordered by time, then by the name of their topic, then by event.
 *
 * @param at epoch milliseconds
 * @param kind number of the kind; kinds of one topic follow each other, and the topics are in the order of their names
 * @param eventId the event
 */
public record JourneyStep(long at, int kind, String eventId) implements Comparable<JourneyStep> {

    public static final int CLICK = 0;
    public static final int INVITATION = 1;
    private static final int ORDER = 2;
    private static final int TICKET = ORDER + OrderStatus.values().length;
    private static final int SURVEY = TICKET + TicketStatus.values().length;
    static final int KINDS = SURVEY + SurveyKind.values().length;

    /** {@return the kind of a step of an order} */
    public static int order(OrderStatus status) {
        return ORDER + status.ordinal();
    }

    /** @param status ordinal of the status */
    static int order(int status) {
        return ORDER + status;
    }

    /** {@return the kind of a step of a ticket} */
    public static int ticket(TicketStatus status) {
        return TICKET + status.ordinal();
    }

    /** @param status ordinal of the status */
    static int ticket(int status) {
        return TICKET + status;
    }

    /** {@return the kind of a survey answer} */
    public static int survey(SurveyKind kind) {
        return SURVEY + kind.ordinal();
    }

    /** @param kind ordinal of the kind */
    static int survey(int kind) {
        return SURVEY + kind;
    }

    /** {@return the name of a kind, as it stands in the dimension of steps} */
    static String name(int kind) {
        if (kind == CLICK) {
            return "ad-click";
        }
        if (kind == INVITATION) {
            return "invitation";
        }
        if (kind < TICKET) {
            return "order-" + lower(OrderStatus.values()[kind - ORDER]);
        }
        return kind < SURVEY
                ? "ticket-" + lower(TicketStatus.values()[kind - TICKET])
                : "survey-" + lower(SurveyKind.values()[kind - SURVEY]);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static int topic(int kind) {
        return kind < ORDER ? kind : kind < TICKET ? ORDER : kind < SURVEY ? TICKET : SURVEY;
    }

    @Override
    public int compareTo(JourneyStep other) {
        return compare(other.at, other.kind, other.eventId);
    }

    int compare(long otherAt, int otherKind, String otherEventId) {
        if (at != otherAt) {
            return at < otherAt ? -1 : 1;
        }
        int byTopic = Integer.compare(topic(kind), topic(otherKind));
        return byTopic != 0 ? byTopic : eventId.compareTo(otherEventId);
    }
}
