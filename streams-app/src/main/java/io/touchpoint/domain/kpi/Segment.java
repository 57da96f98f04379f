package io.touchpoint.domain.kpi;

/**
 * A part of the facts: those with one value of a dimension.
 *
 * @param dimension {@link Facts#ALL} or the name of a dimension
 * @param value of the dimension; "" for {@link Facts#ALL}
 */
public record Segment(String dimension, String value) {
    /** Where the values of a dimension go that came after the limit was reached. */
    public static final String OTHER = "other";
}
