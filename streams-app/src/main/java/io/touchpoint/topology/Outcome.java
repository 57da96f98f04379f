package io.touchpoint.topology;

import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.state.FactPartial;

/** What the customer fold gives out; each output topic takes one kind. A null record is a tombstone. */
sealed interface Outcome {

    /** A profile changed; keyed by customer. */
    record ProfileChanged(CustomerProfile profile) implements Outcome {}

    /** A suppression was decided; keyed by customer, scope and value. */
    record SuppressionDecided(Suppression suppression) implements Outcome {}

    /** A member of an audience comes or goes; keyed by platform, customer, scope and value. */
    record AudienceChanged(AudienceChange change) implements Outcome {}

    /** A churn level changed; keyed by customer. */
    record ChurnSignalled(ChurnSignal signal) implements Outcome {}

    /** A touch earned more or less of an order; keyed by order, model, touch and cause. */
    record CreditEarned(AttributionCredit credit) implements Outcome {}

    /** A customer was erased; keyed by the customer's hash. */
    record CustomerErased(ErasureReceipt receipt) implements Outcome {}

    /** A record was refused; keyed by its origin. */
    record RecordRejected(Rejected rejected) implements Outcome {}

    /** Facts, or a clock, for the roll-up; keyed by dimension, or by the partition of the roll-up. */
    record FactsSummed(FactPartial partial) implements Outcome {}
}
