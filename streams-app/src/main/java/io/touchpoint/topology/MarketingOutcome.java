package io.touchpoint.topology;

import io.touchpoint.records.Rejected;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.FactPartial;

/** What the marketing fold gives out. */
sealed interface MarketingOutcome {

    /** A record was refused; keyed by its origin. */
    record RecordRejected(Rejected rejected) implements MarketingOutcome {}

    /** Facts for the roll-up; keyed by dimension. */
    record FactsSummed(FactPartial partial) implements MarketingOutcome {}

    /** Everything before the end is told. */
    record Ended(EndMarker marker) implements MarketingOutcome {}
}
