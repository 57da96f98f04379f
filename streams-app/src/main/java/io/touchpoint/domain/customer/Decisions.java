package io.touchpoint.domain.customer;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.measure.FactSink;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Suppression;

/** Takes what the fold decides, in the order of decision. Times are customer time in epoch milliseconds. */
public interface Decisions extends FactSink {

    /**
     * @param key customer, scope and value
     * @param suppression the record to publish, null for a tombstone
     */
    void suppression(String key, Suppression suppression, long at);

    /**
     * @param key platform, customer, scope and value
     * @param change the record to publish, null when the key may be forgotten
     */
    void audience(String key, AudienceChange change, long at);

    /** Addresses of a contact record are of no use on a platform. */
    void dropped(Platform platform, int addresses);

    /**
     * @param signal the change of level, null to forget the customer
     */
    void churn(String customerId, ChurnSignal signal, long at);

    /** Everything known of the customer was forgotten; its profile is to be tombstoned. */
    void erased(String customerId, ErasureReceipt receipt, long at);

    /**
     * @param key order, model, touch and causing event
     * @param credit what a touch earned of an order, more or less than before
     */
    void credit(String key, AttributionCredit credit, long at);
}
