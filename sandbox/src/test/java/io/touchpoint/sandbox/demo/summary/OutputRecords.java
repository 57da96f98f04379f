package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.Cause;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnReason;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Revenue;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records as the pipeline writes them, as far as the demo looks at them. */
final class OutputRecords {

    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private OutputRecords() {}

    static Suppression suppressed(SuppressionScope scope, String... reasons) {
        return suppression(scope, SuppressionState.ACTIVE, reasons);
    }

    static Suppression lifted(SuppressionScope scope, String... reasons) {
        return suppression(scope, SuppressionState.LIFTED, reasons);
    }

    private static Suppression suppression(SuppressionScope scope, SuppressionState state, String... reasons) {
        var cause = new Cause(List.of(), "rule", "policy");
        return new Suppression("a", scope, "", state, List.of(reasons), NOON, null, 2L, cause);
    }

    static CustomerProfile profile(int paidOrders, long grossMinor, String level) {
        var profile = new CustomerProfile();
        profile.setPaidOrders(paidOrders);
        profile.setRevenue(paidOrders == 0 ? List.of() : List.of(new Revenue("GBP", grossMinor, 0L, grossMinor)));
        profile.setChurnLevel(level);
        return profile;
    }

    static KpiValue nps(String dimension, String value, String window, long n) {
        var kpi = kpi("nps", dimension, value, window);
        kpi.setN(n);
        kpi.setValue(39.84);
        kpi.setLow(37.2);
        kpi.setHigh(42.4);
        return kpi;
    }

    static KpiValue total(String kpi, String dimension, String value, long total) {
        var counted = kpi(kpi, dimension, value, "PT0S");
        counted.setNumerator(total);
        return counted;
    }

    private static KpiValue kpi(String kpi, String dimension, String value, String window) {
        var made = new KpiValue();
        made.setKpi(kpi);
        made.setSegmentDimension(dimension);
        made.setSegmentValue(value);
        made.setWindow(window);
        return made;
    }

    static ChurnSignal churn(String customer, int minute) {
        var signal = new ChurnSignal();
        signal.setCustomerId(customer);
        signal.setPreviousLevel(ChurnLevel.HEALTHY);
        signal.setLevel(ChurnLevel.WATCH);
        signal.setReasons(List.of(new ChurnReason("SILENCE", 0.4), new ChurnReason("DETRACTOR", 0.15)));
        signal.setDecidedAt(NOON.plus(Duration.ofMinutes(minute)));
        return signal;
    }
}
