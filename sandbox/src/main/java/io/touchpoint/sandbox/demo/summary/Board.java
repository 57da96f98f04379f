package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Suppression;

/** What the outputs add up to so far. Written by the one who reads the topics, read by the one who shows it. */
final class Board {
    private final KpiTable kpis = new KpiTable();
    private final SuppressionTally suppressions = new SuppressionTally();
    private final CustomerTally customers = new CustomerTally();
    private final NewestSignals signals = new NewestSignals();

    synchronized void kpi(String key, KpiValue value) {
        if (value != null) {
            kpis.take(value);
        }
    }

    synchronized void suppression(String key, Suppression suppression) {
        suppressions.take(key, suppression);
    }

    synchronized void profile(String customer, CustomerProfile profile) {
        customers.take(customer, profile);
    }

    synchronized void signal(String customer, ChurnSignal signal) {
        signals.take(signal);
    }

    synchronized Summary summary() {
        return new Summary(kpis.records(), kpis.nps(), suppressions.counts(), customers.sums(), signals.newestFirst());
    }
}
