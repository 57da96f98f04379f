package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;

/**
 * One of the values that a KPI has in a segment: one for each currency, and for each attribution model, that its facts are of.
 *
 * @param currency ISO 4217, null where amounts play no part
 * @param model null where attribution plays no part
 */
public record Variant(String currency, String model) {
    static final Variant PLAIN = new Variant(null, null);

    /**
     * The id under which the facts of a measure that this variant needs are kept, buckets together.
     *
     * @param kind of the period, null over windows
     */
    public String series(Measure measure, PeriodKind kind) {
        StringBuilder series = new StringBuilder(measure.id());
        if (measure.split().currency()) {
            series.append('/').append(currency);
        }
        if (measure.split() == Measure.Split.MODEL) {
            series.append('/').append(model);
        }
        if (measure.kind() == Measure.Kind.PER_PERIOD) {
            series.append('@').append(kind.name());
        }
        return series.toString();
    }

    /** {@code EUR}, {@code EUR/linear}, or nothing; for keys. */
    public String text() {
        return (currency == null ? "" : currency) + (model == null ? "" : "/" + model);
    }
}
