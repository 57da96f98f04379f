package io.touchpoint.sandbox.data;

import java.time.Instant;
import java.util.stream.Stream;

/** A finite history of events. */
public interface EventSource {

    /** The events in their order, moved in time; new ones at each call. */
    Stream<TouchpointEvent> events(TimeShift shift);

    /** When the last of them occurred, before any shift. */
    Instant lastAt();
}
