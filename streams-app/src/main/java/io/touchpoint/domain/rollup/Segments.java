package io.touchpoint.domain.rollup;

import io.touchpoint.domain.kpi.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Admits the first values of each dimension, for good; the facts of all others go to {@link Segment#OTHER}. */
final class Segments {
    /** How many values a dimension may have besides {@link Segment#OTHER}. */
    static final int LIMIT = 1_000;

    private final Function<Segment, LiveSegment> make;
    private final Map<String, Map<String, LiveSegment>> admitted = new HashMap<>();
    private long refused;

    Segments(Function<Segment, LiveSegment> make) {
        this.make = make;
    }

    /** The segment that facts of the value go to. */
    LiveSegment of(String dimension, String value) {
        Map<String, LiveSegment> values = admitted.computeIfAbsent(dimension, key -> new HashMap<>());
        LiveSegment known = values.get(value);
        if (known != null) {
            return known;
        }
        int counted = values.size() - (values.containsKey(Segment.OTHER) ? 1 : 0);
        boolean full = counted >= LIMIT && !value.equals(Segment.OTHER);
        if (full) {
            refused++;
        }
        return full ? of(dimension, Segment.OTHER) : restore(new Segment(dimension, value));
    }

    /** The segment of exactly that value, if it was admitted. */
    Optional<LiveSegment> find(Segment segment) {
        return Optional.ofNullable(
                admitted.getOrDefault(segment.dimension(), Map.of()).get(segment.value()));
    }

    /** Every segment that was admitted. */
    Stream<LiveSegment> all() {
        return admitted.values().stream().flatMap(values -> values.values().stream());
    }

    /** Admits without asking how many there are. */
    LiveSegment restore(Segment segment) {
        return admitted.computeIfAbsent(segment.dimension(), key -> new HashMap<>())
                .computeIfAbsent(segment.value(), key -> make.apply(segment));
    }

    /** How many entries of partials went to {@link Segment#OTHER} since the start. */
    long refused() {
        return refused;
    }
}
