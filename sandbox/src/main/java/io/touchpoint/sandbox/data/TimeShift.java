package io.touchpoint.sandbox.data;

import java.time.Duration;
import java.time.Instant;

/**
 * Moves a history to another time, by whole days of 24 hours: the time of day in UTC stays, the day of the week may
 * change.
 *
 * @param days how many days later; negative for earlier
 */
public record TimeShift(long days) {

    /** Leaves every time as it was. */
    public static final TimeShift NONE = new TimeShift(0);

    /** The shift after which {@code last} is at most a day before {@code now} and not after it. */
    public static TimeShift toEndAt(Instant last, Instant now) {
        return new TimeShift(Math.floorDiv(
                Duration.between(last, now).getSeconds(), Duration.ofDays(1).getSeconds()));
    }

    /** The moved instant. */
    public Instant apply(Instant instant) {
        return instant.plus(Duration.ofDays(days));
    }
}
