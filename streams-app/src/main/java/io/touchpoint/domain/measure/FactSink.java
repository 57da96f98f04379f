package io.touchpoint.domain.measure;

/** Takes facts: signed amounts of measures, at the time of what they count. A retraction is the negative amount at the same time. */
@FunctionalInterface
public interface FactSink {

    /**
     * @param measure id of the measure, with its currency, bucket and period kind where it has them
     * @param dimension {@code all}, or the name of a dimension
     * @param value of the dimension, empty for {@code all}
     * @param eventTime epoch milliseconds
     */
    void fact(String measure, String dimension, String value, long eventTime, long amount);
}
