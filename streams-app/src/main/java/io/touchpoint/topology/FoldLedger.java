package io.touchpoint.topology;

import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.kpi.Facts;
import java.util.EnumMap;
import java.util.Map;

/** Counts what became of every record that was read, and hands the counts over as facts: read = folded + duplicate + rejected. */
final class FoldLedger {

    private long folded;
    private long duplicates;
    private final Map<Refusal.Reason, Long> rejected = new EnumMap<>(Refusal.Reason.class);

    void folded() {
        folded++;
    }

    void duplicate() {
        duplicates++;
    }

    void rejected(Refusal.Reason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    /** Moves the counts into the facts, at this time. */
    void moveInto(Facts facts, long at) {
        long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
        if (folded + duplicates + refused == 0) {
            return;
        }
        facts.add("records-read", Facts.ALL, "", at, folded + duplicates + refused);
        facts.add("records-folded", Facts.ALL, "", at, folded);
        facts.add("records-duplicate", Facts.ALL, "", at, duplicates);
        facts.add("records-rejected", Facts.ALL, "", at, refused);
        // Of every reason, so that its share has the records of all time below it, also of those before its first.
        for (var reason : Refusal.Reason.values()) {
            facts.add("records-read", "reason", reason.name(), at, folded + duplicates + refused);
        }
        rejected.forEach((reason, count) -> facts.add("records-rejected", "reason", reason.name(), at, count));
        folded = 0;
        duplicates = 0;
        rejected.clear();
    }
}
