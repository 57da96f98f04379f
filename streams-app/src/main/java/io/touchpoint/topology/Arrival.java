package io.touchpoint.topology;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.state.EndMarker;

/** What reaches the customer fold: a checked event, a record that was refused on the way, or the end of the input. */
sealed interface Arrival {

    /**
     * An event that keeps the rules.
     *
     * @param raw the bytes it came as, for the case that the fold must refuse it; null for a null value
     */
    record Event(CustomerEvent event, byte[] raw) implements Arrival {}

    /**
     * A record that breaks a rule.
     *
     * @param eventId the event, null when it could not be read
     * @param raw the bytes it came as, null for a null value
     */
    record Refused(Refusal refusal, String eventId, byte[] raw) implements Arrival {}

    /** Nothing follows. */
    record End(EndMarker marker) implements Arrival {}
}
