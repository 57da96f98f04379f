package io.touchpoint.domain.alert;

import io.touchpoint.records.KpiValue;

/** Values of a share and of a score, by their counts. */
final class Answers {

    private Answers() {}

    static KpiValue share(long hits, long n) {
        var value = new KpiValue();
        value.setKpi("csat");
        value.setNumerator(hits);
        value.setDenominator(n);
        value.setN(n);
        value.setValue(n == 0 ? null : 100.0 * hits / n);
        return value;
    }

    static KpiValue score(long promoters, long passives, long detractors) {
        var value = share(promoters - detractors, promoters + passives + detractors);
        value.setKpi("nps");
        value.setPromoters(promoters);
        value.setPassives(passives);
        value.setDetractors(detractors);
        return value;
    }
}
