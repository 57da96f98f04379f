package io.touchpoint.topology;

import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.kpi.Buckets;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what became of every record that was read, and hands the counts over as facts: read = folded + duplicate + rejected. */
final class FoldLedger {

    /** There is no time of arrival: what is read is a history. */
    static final long NO_ARRIVAL = -1;

    private static final String REASON = "reason";

    private long folded;
    private long duplicates;
    private final Map<Refusal.Reason, Long> rejected = new EnumMap<>(Refusal.Reason.class);
    private final Map<Integer, Long> delays = new HashMap<>();

    void folded() {
        folded++;
    }

    void duplicate() {
        duplicates++;
    }

    void rejected(Refusal.Reason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    /** An event was processed so many milliseconds after it occurred; fewer than none when its clock is ahead. */
    void delayed(long millis) {
        delays.merge(Buckets.indexOf(millis), 1L, Long::sum);
    }

    /** Tells what became of the records, before they are moved on. */
    void tell(FoldMetrics metrics) {
        metrics.folded(folded, duplicates);
        delays.forEach((bucket, count) -> metrics.delayed(Buckets.middle(bucket), count));
    }

    /**
     * Moves the counts into the facts.
     *
     * @param at when the totals change, epoch milliseconds
     * @param arrivedAt when the records arrived, or {@link #NO_ARRIVAL}
     */
    void moveInto(Facts facts, long at, long arrivedAt) {
        long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
        long read = folded + duplicates + refused;
        if (read == 0) {
            return;
        }
        facts.add(Measures.RECORDS_FOLDED.id(), Facts.ALL, "", at, folded);
        facts.add(Measures.RECORDS_DUPLICATE.id(), Facts.ALL, "", at, duplicates);
        account(Measures.RECORDS_READ.id(), Measures.RECORDS_REJECTED.id(), read, refused, at, facts);
        if (arrivedAt != NO_ARRIVAL) {
            account(Measures.ARRIVALS.id(), Measures.ARRIVALS_REJECTED.id(), read, refused, arrivedAt, facts);
            delays.forEach((bucket, count) ->
                    facts.add(Measures.DELAY.id() + '#' + Buckets.at(bucket), Facts.ALL, "", arrivedAt, count));
        }
        folded = 0;
        duplicates = 0;
        rejected.clear();
        delays.clear();
    }

    /** Of every reason, so that its share has all records below it, also those of the time before its first. */
    private void account(String ofRead, String ofRejected, long read, long refused, long at, Facts facts) {
        facts.add(ofRead, Facts.ALL, "", at, read);
        facts.add(ofRejected, Facts.ALL, "", at, refused);
        for (var reason : Refusal.Reason.values()) {
            facts.add(ofRead, REASON, reason.name(), at, read);
        }
        rejected.forEach((reason, count) -> facts.add(ofRejected, REASON, reason.name(), at, count));
    }
}
