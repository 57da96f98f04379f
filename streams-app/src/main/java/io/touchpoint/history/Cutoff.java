package io.touchpoint.history;

import java.time.Duration;
import java.time.Instant;

/**
 * Which events of a history take part: those up to a moment, and those so far ahead of the clock that the pipeline rejects them, so that
 * they show among the rejected instead of vanishing.
 *
 * @param until the last moment that takes part
 * @param now the clock when the history is read
 */
public record Cutoff(Instant until, Instant now) {
    /** From here on an event is from the future, for the pipeline as for us. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    /** Everything takes part. */
    public static Cutoff none(Instant now) {
        return new Cutoff(Instant.ofEpochMilli(Long.MAX_VALUE), now);
    }

    boolean keeps(long occurredAt) {
        return occurredAt <= until.toEpochMilli() || isFromTheFuture(occurredAt);
    }

    boolean isFromTheFuture(long occurredAt) {
        return occurredAt > now.plus(TOLERANCE).toEpochMilli();
    }
}
