package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.SuppressionScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the output topics say at one moment.
 *
 * @param nps of all answers first, then of the touchpoints, the one with the most answers first
 * @param newest the newest churn signals, the newest first
 */
public record Summary(
        Records records,
        List<Nps> nps,
        SortedMap<SuppressionScope, Suppressed> suppressions,
        Customers customers,
        List<ChurnSignal> newest) {

    /** The pipeline's own account of what it read. */
    public record Records(long read, long folded, long duplicate, long rejected) {}

    /**
     * The rolling NPS of one segment.
     *
     * @param touchpoint empty for all answers
     * @param month over the last 30 days, where published
     * @param quarter over the last 90 days, where published
     */
    public record Nps(String touchpoint, Optional<KpiValue> month, Optional<KpiValue> quarter) {
        /** Answers of the last 90 days. */
        long answers() {
            return quarter.map(KpiValue::getN).orElse(0L);
        }
    }

    /**
     * Active suppressions of one scope.
     *
     * @param reasons how many are held by each reason; one may be held by several
     */
    public record Suppressed(long active, SortedMap<String, Long> reasons) {}

    /**
     * The customers who ever paid for an order.
     *
     * @param repeat those with two orders or more
     * @param grossMinor paid lines by currency, in minor units
     * @param levels how many stand at each churn level
     */
    public record Customers(
            long buyers, long repeat, long paidOrders, SortedMap<String, Long> grossMinor, Map<String, Long> levels) {}

    /** {@return the NPS of one touchpoint, if it has one} */
    public Optional<Nps> npsOf(String touchpoint) {
        return nps.stream().filter(each -> each.touchpoint().equals(touchpoint)).findFirst();
    }
}
