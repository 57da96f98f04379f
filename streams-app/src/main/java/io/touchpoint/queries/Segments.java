package io.touchpoint.queries;

import io.javalin.http.Context;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.kpi.Facts;
import java.util.regex.Pattern;

/** Reads the segment that a question is about, as it stands in keys: {@code all} or {@code dimension=value}, then currency and model. */
final class Segments {

    /** At the end of a segment: all that begin so. */
    static final String ANY = "*";

    private static final String NAME = "segment";
    private static final Pattern FORM =
            Pattern.compile("(?<base>all|[a-z][a-z-]*=[^|/=]+)(?<currency>/[A-Z]{3})?(?:/[a-z][a-z-]*)?");
    private static final Pattern ALL_OF_A_DIMENSION = Pattern.compile("[a-z][a-z-]*=\\*");

    private Segments() {}

    /**
     * {@return the segment, {@code all} when none is given}
     *
     * @throws Problem.Raised when it has another form, or nothing is known of it
     */
    static String one(Context request, KpiBoard board, Kpi kpi) {
        var segment = Parameters.text(request, NAME, Facts.ALL);
        var parts = FORM.matcher(segment);
        if (!parts.matches()) {
            throw Parameters.wrong(
                    NAME, "all or dimension=value, as in the keys; for money then /EUR, for attribution then /linear");
        }
        if (kpi.unit().startsWith("minor") && kpi.byCurrency() && parts.group("currency") == null) {
            throw Parameters.wrong(NAME, "one with a currency, such as all/EUR: this KPI is an amount of money");
        }
        requireKnown(board, parts.group("base"));
        return segment;
    }

    /** {@return whether all segments of a dimension are asked for: {@code dimension=*}} */
    static boolean isWhole(Context request) {
        return ALL_OF_A_DIMENSION.matcher(Parameters.text(request, NAME, "")).matches();
    }

    /**
     * {@return the segment without currency, or {@code *}, for all KPIs; {@code all} when none is given}
     *
     * @throws Problem.Raised when nothing is known of it
     */
    static String ofAll(Context request, KpiBoard board) {
        var segment = Parameters.text(request, NAME, Facts.ALL);
        if (segment.equals(ANY)) {
            return segment;
        }
        var parts = FORM.matcher(segment);
        if (!parts.matches()) {
            throw Parameters.wrong(NAME, "all, dimension=value, or * for every segment");
        }
        requireKnown(board, parts.group("base"));
        return segment;
    }

    private static void requireKnown(KpiBoard board, String base) {
        if (!board.knows(base)) {
            throw new Problem.Raised(
                    Problem.notFound("no KPI has a value in that segment (expected: one of /api/v1/kpis?segment=*)"));
        }
    }
}
