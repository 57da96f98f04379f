package io.touchpoint.sandbox.traffic;

import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic that happens now, at an even rate. The caller asks what is due as often as it likes. Not for several threads
 * at once.
 */
public final class LiveTraffic {

    /** After a longer pause, as of a laptop that slept, the events of the pause are not made up for. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final TrafficMix mix;
    private final double nanosPerEvent;
    private final InstantSource clock;
    private Instant start;
    private long events;

    /**
     * @param perSecond events a second, more than 0
     * @param clock tells when an event is due
     * @throws IllegalArgumentException when the rate is not greater than 0
     */
    public LiveTraffic(TrafficMix mix, double perSecond, InstantSource clock) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("events a second: " + perSecond + " (expected: more than 0)");
        }
        this.mix = mix;
        this.nanosPerEvent = Duration.ofSeconds(1).toNanos() / perSecond;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** The events since the last call, in order, none later than the clock. */
    public List<TouchpointEvent> due() {
        var now = clock.instant();
        if (Duration.between(dueAt(events), now).compareTo(LONGEST_PAUSE) > 0) {
            start = now;
            events = 0;
        }
        var due = new ArrayList<TouchpointEvent>();
        while (!dueAt(events + 1).isAfter(now)) {
            events++;
            due.add(mix.next(dueAt(events)));
        }
        return due;
    }

    private Instant dueAt(long event) {
        return start.plusNanos((long) (event * nanosPerEvent));
    }
}
