package io.touchpoint.domain.kpi;

/** The sums of the measures of one segment in one window. */
@FunctionalInterface
public interface Sums {
    /** The sum; 0 without facts. */
    long of(Measure measure);
}
