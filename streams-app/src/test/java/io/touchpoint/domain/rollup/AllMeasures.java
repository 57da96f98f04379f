package io.touchpoint.domain.rollup;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** The measures that {@link Measures} declares. */
public final class AllMeasures {
    private AllMeasures() {}

    /** Every one of them. */
    public static List<Measure> declared() {
        return Arrays.stream(Measures.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Measure.class)
                .map(field -> {
                    try {
                        return (Measure) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
