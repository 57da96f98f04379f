package io.touchpoint.domain.catalogue;

import io.touchpoint.records.KpiValue;

/** How sure a KPI is: adds the 95 % interval, and the counts it rests on, to a value. */
public interface Interval {
    /** No interval. */
    Interval NONE = new Interval() {
        @Override
        public String description() {
            return "none";
        }

        @Override
        public void fill(KpiValue value, Sums sums) {
            // A count is exact.
        }

        @Override
        public void bound(KpiValue value) {
            // A count is exact.
        }
    };

    /** For the documentation: the kind of interval. */
    String description();

    /** Sets the bounds, or leaves them absent when there are no observations. */
    void fill(KpiValue value, Sums sums);

    /** Sets the bounds by the counts that the value holds itself, or leaves them absent when it holds none. */
    void bound(KpiValue value);
}
