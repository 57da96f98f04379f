package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;

/** The sums of the measures of one segment in one window or period. */
public interface Sums {
    /** The sum of the amounts; of a measure in buckets the number of its values; 0 without facts. */
    long of(Measure measure);

    /** The sum over all time. */
    long ever(Measure measure);

    /** The values of a measure in buckets. */
    Histogram histogram(Measure measure);
}
