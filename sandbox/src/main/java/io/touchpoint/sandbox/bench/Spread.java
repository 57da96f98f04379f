package io.touchpoint.sandbox.bench;

import java.util.Collection;

/** The least, the middle and the greatest of several measurements. */
public record Spread(double min, double median, double max) {

    static Spread of(Collection<? extends Number> values) {
        var sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
