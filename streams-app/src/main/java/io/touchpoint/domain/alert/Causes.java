package io.touchpoint.domain.alert;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import java.util.Set;

/** Of which measures it is known when what led to their facts took place. */
final class Causes {
    /**
     * Of customers, what a deadline changes is told when the clock has come to it or when the next event does, whichever the machine
     * does first; spend and leads come by another way than the clock; and the pipeline's own account is of the machine.
     */
    private static final Set<Measure> UNKNOWN = Set.of(
            Measures.CHURN_LEVEL,
            Measures.SPEND,
            Measures.LEADS,
            Measures.LEADS_WON,
            Measures.RECORDS_READ,
            Measures.RECORDS_FOLDED,
            Measures.RECORDS_DUPLICATE,
            Measures.RECORDS_REJECTED,
            Measures.ARRIVALS,
            Measures.ARRIVALS_REJECTED,
            Measures.DELAY);

    private Causes() {}

    static boolean areKnown(Measure measure) {
        return !UNKNOWN.contains(measure);
    }
}
