package io.touchpoint.domain.attribution;

/**
 * How often a path of channels was walked.
 *
 * @param conversions how often an order stood at its end
 * @param nulls how often nothing did
 */
public record PathCount(long conversions, long nulls) {

    /** @throws IllegalArgumentException when a number is below 0 */
    public PathCount {
        if (conversions < 0 || nulls < 0) {
            throw new IllegalArgumentException(
                    "conversions " + conversions + ", nulls " + nulls + " (expected: 0 or more)");
        }
    }

    /** {@return both counts together} */
    public PathCount plus(PathCount other) {
        return new PathCount(conversions + other.conversions, nulls + other.nulls);
    }
}
