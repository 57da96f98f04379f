package io.touchpoint.topology;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.customer.Decisions;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Suppression;

/** Takes decisions of which a test wants to know nothing. */
final class SilentDecisions implements Decisions {

    @Override
    public void suppression(String key, Suppression suppression, long at) {}

    @Override
    public void audience(String key, AudienceChange change, long at) {}

    @Override
    public void dropped(Platform platform, int addresses) {}

    @Override
    public void churn(String customerId, ChurnSignal signal, long at) {}

    @Override
    public void erased(String customerId, ErasureReceipt receipt, long at) {}

    @Override
    public void credit(String key, AttributionCredit credit, long at) {}

    @Override
    public void fact(String measure, String dimension, String value, long eventTime, long amount) {}
}
