package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Buckets;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.kpi.PeriodKind;
import java.util.List;
import java.util.Map;

/**
 * What the id of a fact says: {@code measure[/currency[/model]][#bucket][@period kind]}.
 *
 * @param use what the measure is needed for
 * @param series the id but for the bucket: what is kept together
 * @param bucket {@link Buckets#index}; 0 without buckets
 * @param variant currency and model
 * @param period null but for measures that are counted per period
 */
public record FactKind(Use use, String series, int bucket, Variant variant, PeriodKind period) {

    /** Under what the use of a measure is found. */
    static String key(Measure measure) {
        return measure.kind() == Measure.Kind.PER_PERIOD ? measure.id() + '@' : measure.id();
    }

    /** Null when none of the uses is meant. */
    static FactKind parse(String id, Map<String, Use> uses) {
        int at = id.indexOf('@');
        String beforePeriod = at < 0 ? id : id.substring(0, at);
        int hash = beforePeriod.indexOf('#');
        String[] parts = (hash < 0 ? beforePeriod : beforePeriod.substring(0, hash)).split("/", -1);
        Use use = uses.get(at < 0 ? parts[0] : parts[0] + '@');
        if (use == null) {
            return null;
        }
        PeriodKind period = at < 0 ? null : period(id.substring(at + 1));
        if (at >= 0 && (period == null || !counted(use, period))) {
            return null;
        }
        // A row of the store names a series, which has no bucket.
        boolean bucketFits = hash < 0 || use.measure().split().bucketed();
        if (!bucketFits || !fits(use.measure().split(), parts)) {
            return null;
        }
        Variant variant = new Variant(parts.length > 1 ? parts[1] : null, parts.length > 2 ? parts[2] : null);
        String series = hash < 0 ? id : id.substring(0, hash) + id.substring(beforePeriod.length());
        return new FactKind(
                use, series, hash < 0 ? 0 : Buckets.index(beforePeriod.substring(hash + 1)), variant, period);
    }

    /** The variants of a KPI that these facts bring to life. */
    public List<Variant> variantsOf(Kpi kpi) {
        if (!kpi.byCurrency()) {
            return List.of(Variant.PLAIN);
        }
        if (variant.currency() == null) {
            return List.of();
        }
        if (!kpi.byModel()) {
            return List.of(new Variant(variant.currency(), null));
        }
        return variant.model() != null
                ? List.of(variant)
                : Measures.MODELS.stream()
                        .map(model -> new Variant(variant.currency(), model))
                        .toList();
    }

    private static boolean counted(Use use, PeriodKind period) {
        return use.calendar().stream().anyMatch(kpi -> kpi.calendar().kinds().contains(period));
    }

    private static PeriodKind period(String name) {
        for (PeriodKind kind : PeriodKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return null;
    }

    private static boolean fits(Measure.Split split, String[] parts) {
        int qualifiers = parts.length - 1;
        if (qualifiers > 0 && !parts[1].matches("[A-Z]{3}")) {
            return false;
        }
        return switch (split) {
            case NONE, BUCKET -> qualifiers == 0;
            case CURRENCY, CURRENCY_BUCKET -> qualifiers == 1;
            case MODEL -> qualifiers == 2 && Measures.MODELS.contains(parts[2]);
        };
    }
}
