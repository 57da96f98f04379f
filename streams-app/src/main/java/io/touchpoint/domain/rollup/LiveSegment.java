package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.FactKind;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.kpi.Segment;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A segment that was admitted: its series, and the KPIs that have had facts in it. */
final class LiveSegment {
    private final Segment segment;
    private final KpiCatalogue catalogue;
    private final Births births;
    private final Map<String, Series> series = new HashMap<>();
    private final Map<String, LivePeriods> periods = new HashMap<>();
    private final Set<String> rolling = new HashSet<>();
    private final Set<String> seen = new HashSet<>();

    /** Makes and takes in what comes to life with the first facts of a kind. */
    interface Births {
        /** The KPI over windows. */
        void rolling(Kpi kpi, Segment segment, Variant variant, Series[] series);

        /** The KPI by period. */
        LivePeriods calendar(Kpi kpi, Segment segment, Variant variant);
    }

    LiveSegment(Segment segment, KpiCatalogue catalogue, Births births) {
        this.segment = segment;
        this.catalogue = catalogue;
        this.births = births;
    }

    Segment segment() {
        return segment;
    }

    /** The series it had facts of. */
    Set<String> seen() {
        return seen;
    }

    /** All series, also those without facts. */
    Collection<Series> all() {
        return series.values();
    }

    /** The KPI by period, null when it is not alive. */
    LivePeriods periods(String kpi, String variant) {
        return periods.get(kpi + '/' + variant);
    }

    /** Notes facts of a kind, which brings KPIs to life; returns whether they are the first. */
    boolean see(FactKind kind) {
        if (!seen.add(kind.series())) {
            return false;
        }
        for (Kpi kpi : kind.use().rolling()) {
            for (Variant variant : kind.variantsOf(kpi)) {
                if (rolling.add(kpi.id() + '/' + variant.text())) {
                    births.rolling(
                            kpi,
                            segment,
                            variant,
                            series(kpi.rolling().formula().measures(), variant, null));
                }
            }
        }
        for (Kpi kpi : kind.use().calendar()) {
            for (Variant variant : kind.variantsOf(kpi)) {
                periods.computeIfAbsent(kpi.id() + '/' + variant.text(), id -> calendar(kpi, variant));
            }
        }
        return true;
    }

    /** The series of facts. */
    Series series(FactKind kind) {
        Series known = series.get(kind.series());
        if (known != null) {
            return known;
        }
        Series made = new Series(kind.series(), segment, kind.use());
        series.put(kind.series(), made);
        return made;
    }

    private LivePeriods calendar(Kpi kpi, Variant variant) {
        LivePeriods live = births.calendar(kpi, segment, variant);
        for (PeriodKind kind : kpi.calendar().kinds()) {
            live.read(kind, series(kpi.calendar().formula().measures(), variant, kind));
        }
        return live;
    }

    private Series[] series(List<Measure> measures, Variant variant, PeriodKind kind) {
        Series[] theirs = new Series[measures.size()];
        for (int at = 0; at < theirs.length; at++) {
            String id = variant.series(measures.get(at), kind);
            theirs[at] = series(catalogue.seriesKind(segment.dimension(), id).orElseThrow());
        }
        return theirs;
    }
}
