package io.touchpoint.domain.kpi;

import static io.touchpoint.domain.kpi.Kpi.Term.minus;
import static io.touchpoint.domain.kpi.Kpi.Term.plus;
import static io.touchpoint.domain.kpi.RollingWindow.NINETY_DAYS;
import static io.touchpoint.domain.kpi.RollingWindow.ONE_DAY;
import static io.touchpoint.domain.kpi.RollingWindow.ONE_HOUR;
import static io.touchpoint.domain.kpi.RollingWindow.SEVEN_DAYS;
import static io.touchpoint.domain.kpi.RollingWindow.THIRTY_DAYS;
import static io.touchpoint.domain.kpi.RollingWindow.TOTAL;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All KPIs, each declared once: what is not here is neither counted nor published. */
public final class KpiCatalogue {
    public static final Measure NPS_PROMOTERS = Measures.NPS_PROMOTERS;
    public static final Measure NPS_PASSIVES = Measures.NPS_PASSIVES;
    public static final Measure NPS_DETRACTORS = Measures.NPS_DETRACTORS;
    public static final Measure RECORDS_READ = Measures.RECORDS_READ;
    public static final Measure RECORDS_FOLDED = Measures.RECORDS_FOLDED;
    public static final Measure RECORDS_DUPLICATE = Measures.RECORDS_DUPLICATE;
    public static final Measure RECORDS_REJECTED = Measures.RECORDS_REJECTED;

    public static final String TOUCHPOINT = "touchpoint";
    public static final String CHANNEL = "channel";
    public static final String REASON = "reason";

    private final List<Kpi> kpis;
    private final Map<String, Map<String, Use>> uses = new HashMap<>();

    /**
     * @throws IllegalArgumentException when two KPIs have one id, or one measure has two kinds
     */
    KpiCatalogue(List<Kpi> kpis) {
        this.kpis = List.copyOf(kpis);
        if (kpis.stream().map(Kpi::id).distinct().count() != kpis.size()) {
            throw new IllegalArgumentException(
                    "KPI ids: " + kpis.stream().map(Kpi::id).toList() + " (expected: each once)");
        }
        for (Kpi kpi : kpis) {
            kpi.dimensions()
                    .forEach(dimension -> kpi.measures()
                            .forEach(measure -> use(dimension, measure).serve(kpi)));
        }
    }

    /** The catalogue of the pipeline. */
    public static KpiCatalogue standard() {
        return new KpiCatalogue(List.of(
                netPromoterScore(),
                count(RECORDS_READ, "records read from the input topics", Set.of(Facts.ALL)),
                count(RECORDS_FOLDED, "records that a customer's state took in", Set.of(Facts.ALL)),
                count(RECORDS_DUPLICATE, "records that repeated one taken in before", Set.of(Facts.ALL)),
                count(RECORDS_REJECTED, "records refused, each with its reason", Set.of(Facts.ALL, REASON))));
    }

    /** Every KPI, in the order of the documentation. */
    public List<Kpi> kpis() {
        return kpis;
    }

    /**
     * How a measure is used in a dimension.
     *
     * @throws IllegalArgumentException when no KPI counts it there, which is a mistake of the fold that sent it
     */
    Use use(String dimension, String measureId) {
        Use use = uses.getOrDefault(dimension, Map.of()).get(measureId);
        if (use == null) {
            throw new IllegalArgumentException("Facts of measure '" + measureId + "' in dimension '" + dimension
                    + "': no KPI of the catalogue counts them");
        }
        return use;
    }

    /** Whether a KPI still counts the measure in the dimension; rows of an older version may hold others. */
    boolean knows(String dimension, String measureId) {
        return uses.getOrDefault(dimension, Map.of()).containsKey(measureId);
    }

    private Use use(String dimension, Measure measure) {
        Use use = uses.computeIfAbsent(dimension, key -> new HashMap<>())
                .computeIfAbsent(measure.id(), key -> new Use(measure));
        if (use.measure.kind() != measure.kind()) {
            throw new IllegalArgumentException("Measure '" + measure.id() + "' is declared as a flow and as a gauge");
        }
        return use;
    }

    private static Kpi netPromoterScore() {
        return new Kpi(
                "nps",
                "points, −100 to 100",
                "100 · (promoters − detractors) / answers; of each person the latest answer on 0–10 counts",
                List.of(plus(NPS_PROMOTERS), minus(NPS_DETRACTORS)),
                List.of(plus(NPS_PROMOTERS), plus(NPS_PASSIVES), plus(NPS_DETRACTORS)),
                100,
                Set.of(Facts.ALL, TOUCHPOINT, CHANNEL),
                List.of(ONE_HOUR, ONE_DAY, SEVEN_DAYS, THIRTY_DAYS, NINETY_DAYS),
                new NpsInterval(NPS_PROMOTERS, NPS_PASSIVES, NPS_DETRACTORS),
                "Reichheld, The One Number You Need to Grow (2003); interval: Rocks (2016)");
    }

    /** A running total: the value is the numerator, the denominator 1, and n the total as well. */
    private static Kpi count(Measure measure, String formula, Set<String> dimensions) {
        return new Kpi(
                measure.id(),
                "count",
                formula,
                List.of(plus(measure)),
                List.of(),
                1,
                dimensions,
                List.of(TOTAL),
                Interval.NONE,
                "the pipeline's own account: read = folded + duplicate + rejected");
    }

    /** What the KPIs of one dimension need of one measure. */
    static final class Use {
        private final Measure measure;
        private final List<Kpi> kpis = new ArrayList<>();
        private final Map<Resolution, List<Integer>> windows = new EnumMap<>(Resolution.class);

        private Use(Measure measure) {
            this.measure = measure;
        }

        private void serve(Kpi kpi) {
            kpis.add(kpi);
            for (RollingWindow window : kpi.windows()) {
                List<Integer> lengths = windows.computeIfAbsent(window.resolution(), key -> new ArrayList<>());
                if (!lengths.contains(window.panes())) {
                    lengths.add(window.panes());
                }
            }
        }

        Measure measure() {
            return measure;
        }

        /** The KPIs that rest on it. */
        List<Kpi> kpis() {
            return kpis;
        }

        /** The lengths of the windows to sum, in panes, by the width of a pane. */
        Map<Resolution, List<Integer>> windows() {
            return windows;
        }
    }
}
