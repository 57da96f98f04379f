package io.touchpoint.domain.catalogue;

import static io.touchpoint.domain.catalogue.Declaration.kpi;
import static io.touchpoint.domain.catalogue.Term.plus;
import static io.touchpoint.domain.kpi.Measures.ARRIVALS;
import static io.touchpoint.domain.kpi.Measures.ARRIVALS_REJECTED;
import static io.touchpoint.domain.kpi.Measures.CONTACTABLE;
import static io.touchpoint.domain.kpi.Measures.DELAY;
import static io.touchpoint.domain.kpi.Measures.PROFILES;
import static io.touchpoint.domain.kpi.Measures.RECORDS_DUPLICATE;
import static io.touchpoint.domain.kpi.Measures.RECORDS_FOLDED;
import static io.touchpoint.domain.kpi.Measures.RECORDS_READ;
import static io.touchpoint.domain.kpi.Measures.RECORDS_REJECTED;
import static io.touchpoint.domain.kpi.PeriodKind.DAY;
import static io.touchpoint.domain.kpi.PeriodKind.MONTH;
import static io.touchpoint.domain.kpi.PeriodKind.WEEK;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measure;
import java.util.List;

/** How good the data is, and what became of every record. */
final class PipelineKpis {
    private PipelineKpis() {}

    static List<Kpi> quality() {
        return List.of(
                kpi(
                                "contactable",
                                "percent",
                                "share of profiles with a usable e-mail address or phone; of a period, at its end")
                        .is(Ratio.of(CONTACTABLE, PROFILES).percent(), PROFILES.dimensions())
                        .total(DAY, WEEK, MONTH)
                        .from("the share"),
                kpi("rejected-share", "percent", "records refused, by reason / all records read")
                        .is(Ratio.of(RECORDS_REJECTED, RECORDS_READ).percent(), RECORDS_REJECTED.dimensions())
                        .total()
                        .from("the pipeline's own account"),
                kpi(
                                "rejected-rate",
                                "percent",
                                "the same by the time of arrival; not in a replay, which has no such time")
                        .is(Ratio.of(ARRIVALS_REJECTED, ARRIVALS).percent(), ARRIVALS_REJECTED.dimensions())
                        .from("the pipeline's own account"),
                delay("delay", "median", 50),
                delay("delay-p90", "90th percentile of the", 90),
                delay("delay-p99", "99th percentile of the", 99),
                count(RECORDS_READ, "records read from the input topics", List.of(Facts.ALL)),
                count(RECORDS_FOLDED, "records that a state took in", List.of(Facts.ALL)),
                count(RECORDS_DUPLICATE, "records that repeated one taken in before", List.of(Facts.ALL)),
                count(RECORDS_REJECTED, "records refused, each with its reason", RECORDS_REJECTED.dimensions()));
    }

    private static Kpi delay(String id, String which, int percent) {
        return kpi(
                        id,
                        "seconds",
                        which + " time from when an event of a customer occurred to when it was processed, once the"
                                + " pipeline had caught up; not in a replay")
                .is(new Quantile(DELAY, percent, 1_000), DELAY.dimensions())
                .from("Masson, Rim, Lee, DDSketch (2019), γ = 1.02");
    }

    /** A running total: the value is the numerator, the denominator 1, and n the total as well. */
    private static Kpi count(Measure measure, String text, List<String> dimensions) {
        return kpi(measure.id(), "count", text)
                .is(Ratio.sum(plus(measure)), dimensions)
                .total()
                .from("the pipeline's own account: read = folded + duplicate + rejected");
    }
}
