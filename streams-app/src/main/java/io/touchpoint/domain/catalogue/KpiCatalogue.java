package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All KPIs, each declared once: what is not here is neither counted nor published. */
public final class KpiCatalogue {
    private final Map<String, List<Kpi>> chapters;
    private final Map<String, Map<String, Use>> uses = new HashMap<>();
    /** Of which these are some; empty when they are all. */
    private final Optional<KpiCatalogue> whole;

    /**
     * @param chapters the KPIs by title
     * @throws IllegalArgumentException when two KPIs have one id
     */
    KpiCatalogue(Map<String, List<Kpi>> chapters) {
        this(chapters, Optional.empty());
    }

    private KpiCatalogue(Map<String, List<Kpi>> chapters, Optional<KpiCatalogue> whole) {
        this.chapters = chapters;
        this.whole = whole;
        List<Kpi> kpis = kpis();
        if (kpis.stream().map(Kpi::id).distinct().count() != kpis.size()) {
            throw new IllegalArgumentException(
                    "KPI ids: " + kpis.stream().map(Kpi::id).toList() + " (expected: each once)");
        }
        kpis.forEach(this::serve);
    }

    /** The catalogue of the pipeline. */
    public static KpiCatalogue standard() {
        Map<String, List<Kpi>> chapters = new LinkedHashMap<>();
        chapters.put("Surveys", ExperienceKpis.surveys());
        chapters.put("Orders", SalesKpis.orders());
        chapters.put("Customers", SalesKpis.customers());
        chapters.put("Acquisition", MarketingKpis.acquisition());
        chapters.put("Return on advertising", MarketingKpis.returns());
        chapters.put("Waste", MarketingKpis.waste());
        chapters.put("Support", ExperienceKpis.support());
        chapters.put("Cohorts", SalesKpis.cohorts());
        chapters.put("Journey", ExperienceKpis.journey());
        chapters.put("Data quality", PipelineKpis.quality());
        return new KpiCatalogue(chapters);
    }

    /**
     * Only some KPIs. Facts that only others count are left out.
     *
     * @param ids of the KPIs
     */
    public KpiCatalogue counting(Collection<String> ids) {
        Map<String, List<Kpi>> some = new LinkedHashMap<>();
        chapters.forEach((title, kpis) -> {
            List<Kpi> theirs =
                    kpis.stream().filter(kpi -> ids.contains(kpi.id())).toList();
            if (!theirs.isEmpty()) {
                some.put(title, theirs);
            }
        });
        return new KpiCatalogue(some, Optional.of(this));
    }

    /** Whether any KPI rests on a measure. */
    public boolean counts(Measure measure) {
        return uses.values().stream().anyMatch(byKey -> byKey.containsKey(FactKind.key(measure)));
    }

    /** The same KPIs, with what it takes to compare some windows with the ones before them. */
    public KpiCatalogue comparing(Collection<WatchedWindow> watched) {
        KpiCatalogue same = new KpiCatalogue(chapters, whole);
        watched.stream().filter(WatchedWindow::compared).forEach(same::keepTheOneBefore);
        return same;
    }

    /** Only what it takes to look at some windows, and at the ones before them where they are compared. */
    public KpiCatalogue only(Collection<WatchedWindow> watched) {
        List<Kpi> some = new ArrayList<>();
        for (Kpi kpi : kpis()) {
            List<WatchedWindow> theirs =
                    watched.stream().filter(each -> each.kpi().equals(kpi.id())).toList();
            if (!theirs.isEmpty()) {
                some.add(kpi.over(
                        theirs.stream().map(WatchedWindow::window).distinct().toList(),
                        theirs.stream().map(WatchedWindow::dimension).distinct().toList()));
            }
        }
        return new KpiCatalogue(Map.of("Watched", some)).comparing(watched);
    }

    private void keepTheOneBefore(WatchedWindow watched) {
        Kpi kpi = kpis().stream()
                .filter(each -> each.id().equals(watched.kpi()))
                .findFirst()
                .orElseThrow();
        each(List.of(watched.dimension()), kpi.rolling().formula())
                .forEach(use -> use.window(watched.window().withTheOneBefore()));
    }

    /** The KPIs by title, in the order of the documentation. */
    public Map<String, List<Kpi>> chapters() {
        return chapters;
    }

    /** Every KPI, in the order of the documentation. */
    public List<Kpi> kpis() {
        return chapters.values().stream().flatMap(List::stream).toList();
    }

    /**
     * What the facts of an id are in a dimension.
     *
     * @throws IllegalArgumentException when no KPI counts them there, which is a mistake of the fold that sent them
     */
    public FactKind factKind(String dimension, String id) {
        FactKind kind = FactKind.parse(id, uses.getOrDefault(dimension, Map.of()));
        if (kind == null || kind.use().measure().split().bucketed() != (id.indexOf('#') >= 0)) {
            throw new IllegalArgumentException("Facts of measure '" + id + "' in dimension '" + dimension
                    + "': no KPI of the catalogue counts them");
        }
        return kind;
    }

    /**
     * The same; empty when only KPIs count them there that were not chosen.
     *
     * @throws IllegalArgumentException when no KPI counts them there, chosen or not
     */
    public Optional<FactKind> counted(String dimension, String id) {
        if (whole.isPresent() && FactKind.parse(id, uses.getOrDefault(dimension, Map.of())) == null) {
            whole.get().factKind(dimension, id);
            return Optional.empty();
        }
        return Optional.of(factKind(dimension, id));
    }

    /** The same of a series, which has no bucket; empty when no KPI counts it, as rows of another version may have it. */
    public Optional<FactKind> seriesKind(String dimension, String series) {
        return Optional.ofNullable(FactKind.parse(series, uses.getOrDefault(dimension, Map.of())));
    }

    private void serve(Kpi kpi) {
        if (!kpi.rolling().windows().isEmpty()) {
            each(kpi.rolling().dimensions(), kpi.rolling().formula()).forEach(use -> use.roll(kpi));
        }
        if (!kpi.calendar().kinds().isEmpty()) {
            each(kpi.calendar().dimensions(), kpi.calendar().formula()).forEach(use -> use.count(kpi));
        }
    }

    private Stream<Use> each(List<String> dimensions, Formula formula) {
        List<Use> all = new ArrayList<>();
        for (String dimension : dimensions) {
            for (Measure measure : formula.measures()) {
                all.add(uses.computeIfAbsent(dimension, key -> new HashMap<>())
                        .computeIfAbsent(FactKind.key(measure), key -> new Use(measure)));
            }
        }
        return all.stream();
    }
}
