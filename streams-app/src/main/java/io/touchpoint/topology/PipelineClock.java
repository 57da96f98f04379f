package io.touchpoint.topology;

/**
 * The time a fold task goes by. In mode EVENT it is the newest event. In mode LIVE it is the newest event until the task has caught up with its input, and the wall
 * clock from then on, so that last year's backlog behaves as last year did and a quiet night still fires what is due. It never runs backwards, also across restarts.
 *
 * <p>Caught up is who reads events of the last seconds, or who has found nothing to read for a while. An instant without input would
 * not do: the broker may be slow to hand out the next of a backlog, or its producer to publish it.
 */
final class PipelineClock {

    /** What the clock goes by. */
    enum Mode {
        /** Events alone: for replays. */
        EVENT,
        /** Events while catching up, the wall clock once caught up. */
        LIVE
    }

    private static final long NEAR_MILLIS = 10_000;
    private static final long BEHIND_MILLIS = 60_000;

    /** Not less: then whatever the broker last said about what waits, it said after the last event was read. */
    private static final long QUIET_MILLIS = InputLag.SAID_WITHIN.toMillis();

    private final Mode mode;
    private long streamTime;
    private long highWater;
    private boolean caughtUp;
    private boolean eventSinceTick;
    private long quietSince = Long.MAX_VALUE;

    PipelineClock(Mode mode, long stored) {
        this.mode = mode;
        this.highWater = stored;
    }

    /** An event of this time was read. */
    void observe(long occurredAt) {
        eventSinceTick = true;
        streamTime = Math.max(streamTime, occurredAt);
        highWater = Math.max(highWater, streamTime);
    }

    /**
     * Looks at the wall clock.
     *
     * @param wallClock epoch milliseconds
     * @param lag records that wait in the input, negative when that is not known
     */
    void tick(long wallClock, long lag) {
        if (mode == Mode.LIVE) {
            if (eventSinceTick || lag != 0 || wallClock < quietSince) {
                quietSince = wallClock;
            }
            boolean near = streamTime >= wallClock - NEAR_MILLIS;
            if (near || wallClock - quietSince >= QUIET_MILLIS) {
                caughtUp = true;
            } else if (lag != 0 && streamTime < wallClock - BEHIND_MILLIS) {
                caughtUp = false;
            }
            if (caughtUp) {
                highWater = Math.max(highWater, wallClock);
            }
        }
        eventSinceTick = false;
    }

    /** {@return epoch milliseconds, 0 before the first event} */
    long now() {
        return highWater;
    }

    boolean caughtUp() {
        return caughtUp;
    }
}
