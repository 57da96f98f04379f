package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.records.KpiValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers about KPIs: {@code /api/v1/kpis}, all of them with their values, and {@code /api/v1/kpis/{kpi}}, how one came about. */
final class KpiRoutes implements Routes {

    private static final Set<String> PERIODS =
            Arrays.stream(PeriodKind.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final int MOST_VALUES = 20_000;
    private static final String LAST = "9999";

    /** At the end of a segment: all that begin so. */
    private static final String ANY = "*";

    private final KpiBoard board;
    private final Map<String, List<Kpi>> chapters;
    private final Map<String, Kpi> kpis = new TreeMap<>();

    KpiRoutes(KpiCatalogue catalogue, KpiBoard board) {
        this.board = board;
        this.chapters = catalogue.chapters();
        catalogue.kpis().forEach(kpi -> kpis.put(kpi.id(), kpi));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/kpis", this::all);
        routes.get("/api/v1/kpis/{kpi}", this::one);
    }

    /** A KPI as it is declared. */
    record Declared(String kpi, String chapter, String unit, String text, List<String> windows, List<String> periods) {}

    /** How a KPI over a window came about. */
    record History(String key, List<Moment> points) {}

    /** A value at a time. */
    record Moment(String asOf, Double value, Double low, Double high, long n) {}

    private void all(Context request) {
        var segment = Parameters.text(request, "segment", "all");
        var declared = new ArrayList<Declared>();
        chapters.forEach((chapter, theirs) -> theirs.forEach(kpi -> declared.add(new Declared(
                kpi.id(),
                chapter,
                kpi.unit(),
                kpi.text(),
                kpi.rolling().windows().stream().map(window -> window.id()).toList(),
                kpi.calendar().kinds().stream().map(Enum::name).toList()))));
        var values = board.latest(null).stream()
                .filter(value -> segment.equals(ANY)
                        || segmentOf(value).equals(segment)
                        || baseOf(value).equals(segment))
                .sorted(Comparator.comparing(KpiKey::of))
                .limit(MOST_VALUES)
                .toList();
        request.contentType("application/json")
                .result("{\"kpis\":" + request.jsonMapper().toJsonString(declared, List.class) + ",\"values\":"
                        + json(values) + "}");
    }

    private void one(Context request) {
        var kpi = kpis.get(request.pathParam("kpi"));
        if (kpi == null) {
            throw new Problem.Raised(Problem.notFound("no KPI has that id (expected: one of /api/v1/kpis)"));
        }
        var segment = Parameters.text(request, "segment", "all");
        var period = Parameters.oneOf(request, "period", null, PERIODS);
        if (period != null) {
            var from = Parameters.text(request, "from", "");
            var to = Parameters.text(request, "to", LAST);
            var values = segment.endsWith(ANY)
                    ? board.periodsOfAll(
                            kpi.id() + "|" + segment.substring(0, segment.length() - 1), period, MOST_VALUES)
                    : board.periods(kpi.id() + "|" + segment + "|" + period, from, to);
            request.contentType("application/json").result("{\"values\":" + json(values) + "}");
            return;
        }
        var windows =
                kpi.rolling().windows().stream().map(window -> window.id()).collect(Collectors.toSet());
        if (windows.isEmpty()) {
            throw Parameters.wrong(
                    "period", "one of " + PERIODS.stream().sorted().toList() + ": this KPI has no windows");
        }
        var fallback = windows.contains("P30D") ? "P30D" : windows.iterator().next();
        var key = kpi.id() + "|" + segment + "|" + Parameters.oneOf(request, "window", fallback, windows);
        var points = board.history(key).stream()
                .map(point -> new Moment(
                        JsonRecordWriter.time(Instant.ofEpochMilli(point.asOf())),
                        point.value(),
                        point.low(),
                        point.high(),
                        point.n()))
                .toList();
        request.json(new History(key, points));
    }

    private static String segmentOf(KpiValue value) {
        return LiveEvent.segment(KpiKey.of(value));
    }

    /** {@return the segment without currency and model} */
    private static String baseOf(KpiValue value) {
        var segment = segmentOf(value);
        int slash = segment.indexOf('/');
        return slash < 0 ? segment : segment.substring(0, slash);
    }

    private static String json(Collection<KpiValue> values) {
        return values.stream().map(JsonRecordWriter::toJson).collect(Collectors.joining(",", "[", "]"));
    }
}
