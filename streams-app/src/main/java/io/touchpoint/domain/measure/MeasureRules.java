package io.touchpoint.domain.measure;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What the measures of the pipeline may be configured by.
 *
 * @param zone the zone of calendar periods
 * @param lookback how long a click counts for the orders after it
 * @param halfLife after which the credit of a click is half as much, in the time-decay model
 */
public record MeasureRules(ZoneId zone, Duration lookback, Duration halfLife) {

    /** UTC, 30 days, and 7 days as in Google Ads. */
    public static final MeasureRules DEFAULT = in(ZoneOffset.UTC);

    /** {@return the usual rules, with the calendar of a zone} */
    public static MeasureRules in(ZoneId zone) {
        return new MeasureRules(zone, Duration.ofDays(30), Duration.ofDays(7));
    }

    /** @throws IllegalArgumentException when a duration is not greater than zero */
    public MeasureRules {
        if (lookback.isNegative() || lookback.isZero() || halfLife.isNegative() || halfLife.isZero()) {
            throw new IllegalArgumentException(
                    "lookback " + lookback + ", half-life " + halfLife + " (expected: both greater than zero)");
        }
    }
}
