package io.touchpoint.domain.customer;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Names what differs, of a great many sums. */
final class Differences {

    private Differences() {}

    static Map<String, String> of(Map<String, Long> told, Map<String, Long> expected) {
        var differences = new TreeMap<String, String>();
        told.forEach((fact, sum) -> differences.put(fact, "told " + sum + ", expected " + expected.get(fact)));
        expected.forEach((fact, sum) -> differences.put(fact, "told " + told.get(fact) + ", expected " + sum));
        differences.keySet().removeIf(fact -> Objects.equals(told.get(fact), expected.get(fact)));
        return differences;
    }
}
