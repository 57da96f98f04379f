package io.touchpoint.domain.kpi;

/**
 * Something that facts count.
 *
 * @param id lower-case, hyphenated; as it stands in the facts
 * @param kind how it ages
 */
public record Measure(String id, Kind kind) {
    /** How a measure ages. */
    public enum Kind {
        /** Happens at a time and leaves a window when that time does. */
        FLOW,
        /** A running total that never ages. */
        GAUGE
    }

    static Measure flow(String id) {
        return new Measure(id, Kind.FLOW);
    }

    static Measure gauge(String id) {
        return new Measure(id, Kind.GAUGE);
    }
}
