package io.touchpoint.domain.rollup;

import io.touchpoint.records.KpiValue;

/** Takes what a {@link RollUp} publishes. */
@FunctionalInterface
public interface Publication {
    /** A value is this from now on. */
    void value(KpiValue value);

    /**
     * A window or a period has no value any more, all of its facts having been taken back.
     *
     * @param last names what is gone; its value is empty
     */
    default void gone(KpiValue last) {}
}
