package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the active suppressions by what they suppress and why. Remembers only those that are active. */
final class SuppressionTally {
    private record Held(SuppressionScope scope, List<String> reasons) {}

    private final Map<String, Held> active = new HashMap<>();
    /** There are a few combinations and hundreds of thousands of suppressions, so these share them. */
    private final Map<Held, Held> combinations = new HashMap<>();

    private final Map<SuppressionScope, Long> byScope = new EnumMap<>(SuppressionScope.class);
    private final Map<SuppressionScope, SortedMap<String, Long>> byReason = new EnumMap<>(SuppressionScope.class);

    /** @param suppression what holds for the key now, null for nothing */
    void take(String key, Suppression suppression) {
        boolean holds = suppression != null && suppression.getState() == SuppressionState.ACTIVE;
        Held now = holds
                ? combinations.computeIfAbsent(
                        new Held(suppression.getScope(), List.copyOf(suppression.getReasons())), held -> held)
                : null;
        Held before = holds ? active.put(key, now) : active.remove(key);
        count(before, -1);
        count(now, 1);
    }

    private void count(Held held, long by) {
        if (held == null) {
            return;
        }
        byScope.merge(held.scope(), by, Long::sum);
        SortedMap<String, Long> reasons = byReason.computeIfAbsent(held.scope(), scope -> new TreeMap<>());
        held.reasons().forEach(reason -> reasons.merge(reason, by, Long::sum));
    }

    SortedMap<SuppressionScope, Summary.Suppressed> counts() {
        SortedMap<SuppressionScope, Summary.Suppressed> counts = new TreeMap<>();
        byScope.forEach((scope, number) ->
                counts.put(scope, new Summary.Suppressed(number, new TreeMap<>(byReason.get(scope)))));
        return counts;
    }
}
