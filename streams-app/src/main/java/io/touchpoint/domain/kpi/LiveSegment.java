package io.touchpoint.domain.kpi;

import io.touchpoint.domain.kpi.KpiCatalogue.Use;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A segment that was admitted: its series, and the KPIs that have had facts in it. */
final class LiveSegment {
    private final Segment segment;
    private final KpiCatalogue catalogue;
    private final Consumer<LiveKpi> queue;
    private final Consumer<LiveKpi> born;
    private final Map<String, Series> series = new HashMap<>();
    private final Map<String, LiveKpi> kpis = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * @param queue told when a KPI has something to publish
     * @param born told when a KPI has its first fact here
     */
    LiveSegment(Segment segment, KpiCatalogue catalogue, Consumer<LiveKpi> queue, Consumer<LiveKpi> born) {
        this.segment = segment;
        this.catalogue = catalogue;
        this.queue = queue;
        this.born = born;
    }

    Segment segment() {
        return segment;
    }

    /** The measures it had facts of. */
    Set<String> seen() {
        return seen;
    }

    /** Notes a fact of a measure, which brings its KPIs to life; returns whether it is the first. */
    boolean see(String measure) {
        if (!seen.add(measure)) {
            return false;
        }
        for (Kpi kpi : catalogue.use(segment.dimension(), measure).kpis()) {
            kpis.computeIfAbsent(kpi.id(), id -> live(kpi));
        }
        return true;
    }

    /** The series of a measure. */
    Series series(String measure) {
        Series known = series.get(measure);
        if (known != null) {
            return known;
        }
        Use use = catalogue.use(segment.dimension(), measure);
        Series made = new Series(use);
        series.put(measure, made);
        return made;
    }

    private LiveKpi live(Kpi kpi) {
        Map<Measure, Series> theirs =
                kpi.measures().stream().collect(Collectors.toMap(measure -> measure, measure -> series(measure.id())));
        LiveKpi live = new LiveKpi(kpi, segment, theirs, queue);
        born.accept(live);
        return live;
    }
}
