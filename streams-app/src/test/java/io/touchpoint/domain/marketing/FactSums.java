package io.touchpoint.domain.marketing;

import io.touchpoint.domain.kpi.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a fold added to its facts since the last look. */
final class FactSums {
    private FactSums() {}

    /** By {@code measure|dimension|value|time}. */
    static Map<String, Long> of(Facts facts) {
        Map<String, Long> sums = new TreeMap<>();
        for (var partial : facts.drain(0, 0)) {
            for (var entry : partial.getEntries()) {
                for (var sum : entry.getSums()) {
                    String key = String.join(
                            "|",
                            sum.getMeasure(),
                            partial.getDimension(),
                            entry.getValue(),
                            Instant.ofEpochMilli(entry.getNewest()).toString());
                    sums.merge(key, sum.getAmount(), Long::sum);
                }
            }
        }
        return sums;
    }
}
