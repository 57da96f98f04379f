package io.touchpoint.domain.alert;

import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.domain.policy.InvalidPolicyException;
import java.util.List;

/**
 * Which segments a rule is about: {@code all}, {@code dimension=value}, or {@code dimension=*} for every value, each an incident of its own.
 * A currency and an attribution model may follow behind slashes; without them, or with {@code *}, it is about each.
 *
 * @param text as it was configured
 */
public record SegmentPattern(String text, String dimension, String value, List<String> variant) {
    private static final String ANY = "*";

    /**
     * @param dimensions by which the KPI is counted over windows
     * @throws InvalidPolicyException when it is no segment, or none of the KPI
     */
    static SegmentPattern of(String text, List<String> dimensions) {
        List<String> parts = List.of(text.split("/", -1));
        String base = parts.get(0);
        int equals = base.indexOf('=');
        String dimension = equals < 0 ? base : base.substring(0, equals);
        String value = equals < 0 ? "" : base.substring(equals + 1);
        boolean whole = dimension.equals(Facts.ALL);
        if (!dimensions.contains(dimension) || whole != (equals < 0) || whole != value.isEmpty() || parts.size() > 3) {
            throw new InvalidPolicyException(
                    "segment",
                    text,
                    "dimension=value, or dimension=* for all, with a dimension of " + String.join(", ", dimensions)
                            + "; all stands alone");
        }
        return new SegmentPattern(text, dimension, value, parts.subList(1, parts.size()));
    }

    boolean matches(Segment segment, Variant of) {
        return segment.dimension().equals(dimension)
                && (fits(value, KpiKey.encode(segment.value())) || dimension.equals(Facts.ALL))
                && fits(0, of.currency())
                && fits(1, of.model());
    }

    private boolean fits(int place, String found) {
        return variant.size() <= place || fits(variant.get(place), found == null ? "" : found);
    }

    private static boolean fits(String wanted, String found) {
        return wanted.equals(ANY) || wanted.equals(found);
    }

    /** The segment as it stands in keys. */
    static String of(Segment segment, Variant variant) {
        StringBuilder text = new StringBuilder(segment.dimension());
        if (!segment.dimension().equals(Facts.ALL)) {
            text.append('=').append(KpiKey.encode(segment.value()));
        }
        return text.append(variant.text().isEmpty() ? "" : "/")
                .append(variant.text())
                .toString();
    }
}
