package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.domain.catalogue.Interval;
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

/** Answers about KPIs: {@code /api/v1/kpis}, all of them with their values, {@code /api/v1/kpis/{kpi}}, how one came about, and {@code …/change}, whether that is more than chance. */
final class KpiRoutes implements Routes {

    private static final Set<String> PERIODS =
            Arrays.stream(PeriodKind.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final int MOST_VALUES = 20_000;
    private static final String LAST = "9999";

    private final KpiBoard board;
    private final KpiChanges changes;
    private final Map<String, List<Kpi>> chapters;
    private final Map<String, Kpi> kpis = new TreeMap<>();

    KpiRoutes(KpiCatalogue catalogue, KpiBoard board, KpiChanges changes) {
        this.board = board;
        this.changes = changes;
        this.chapters = catalogue.chapters();
        catalogue.kpis().forEach(kpi -> kpis.put(kpi.id(), kpi));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/kpis", this::all);
        routes.get("/api/v1/kpis/{kpi}", this::one);
        routes.get("/api/v1/kpis/{kpi}/change", this::change);
    }

    /** A KPI as it is declared. */
    record Declared(String kpi, String chapter, String unit, String text, List<String> windows, List<String> periods) {}

    /** How a KPI over a window came about. */
    record History(String key, List<Moment> points) {}

    /** A value at a time. */
    record Moment(String asOf, Double value, Double low, Double high, long n) {}

    /** How a KPI moved. {@code verdict} is UNKNOWN where there is nothing to compare. */
    record Moved(String key, Side now, Before before, Difference difference, String verdict) {}

    /** A value with its interval. */
    record Side(Double value, Double low, Double high, long n) {
        static Side of(KpiValue value) {
            return value == null ? null : new Side(value.getValue(), value.getLow(), value.getHigh(), value.getN());
        }
    }

    /** The days before, the last one included; no side where nothing is known of them. */
    record Before(String from, String to, Side side) {}

    /** A difference with its interval. */
    record Difference(double value, double low, double high) {}

    private void change(Context request) {
        var kpi = named(request);
        var segment = Segments.one(request, board, kpi);
        var windows = kpi.rolling().windows().stream()
                .filter(window -> window.days() > 0)
                .collect(Collectors.toMap(window -> window.id(), window -> window));
        if (kpi.interval() == Interval.NONE || windows.isEmpty()) {
            throw new Problem.Raised(Problem.badRequest(
                    "this KPI has no interval to compare by" + " (expected: one whose values have low and high)"));
        }
        var window = windows.get(Parameters.oneOf(request, "window", "P30D", windows.keySet()));
        var compared = changes.compare(kpi, segment, window);
        var change = compared.change();
        request.json(new Moved(
                kpi.id() + "|" + segment + "|" + window.id(),
                Side.of(compared.now()),
                compared.from() == null
                        ? null
                        : new Before(compared.from().toString(), compared.to().toString(), Side.of(compared.before())),
                change.map(each -> new Difference(each.difference(), each.low(), each.high()))
                        .orElse(null),
                change.map(each -> each.verdict().name()).orElse("UNKNOWN")));
    }

    private Kpi named(Context request) {
        var kpi = kpis.get(request.pathParam("kpi"));
        if (kpi == null) {
            throw new Problem.Raised(Problem.notFound("no KPI has that id (expected: one of /api/v1/kpis)"));
        }
        return kpi;
    }

    private void all(Context request) {
        var segment = Segments.ofAll(request, board);
        var declared = new ArrayList<Declared>();
        chapters.forEach((chapter, theirs) -> theirs.forEach(kpi -> declared.add(new Declared(
                kpi.id(),
                chapter,
                kpi.unit(),
                kpi.text(),
                kpi.rolling().windows().stream().map(window -> window.id()).toList(),
                kpi.calendar().kinds().stream().map(Enum::name).toList()))));
        var found = board.latest(null).stream()
                .filter(value -> segment.equals(Segments.ANY)
                        || segmentOf(value).equals(segment)
                        || baseOf(value).equals(segment))
                .sorted(Comparator.comparing(KpiKey::of))
                .toList();
        int most = Parameters.whole(request, "limit", MOST_VALUES, 1, MOST_VALUES);
        var values = found.stream().limit(most).toList();
        request.contentType("application/json")
                .result("{\"kpis\":" + request.jsonMapper().toJsonString(declared, List.class) + ",\"values\":"
                        + json(values) + ",\"more\":" + (found.size() > most) + "}");
    }

    private void one(Context request) {
        var kpi = named(request);
        var period = Parameters.oneOf(request, "period", null, PERIODS);
        if (period != null) {
            periods(request, kpi, PeriodKind.valueOf(period));
        } else {
            history(request, kpi);
        }
    }

    private void periods(Context request, Kpi kpi, PeriodKind kind) {
        if (!kpi.calendar().kinds().contains(kind)) {
            throw Parameters.wrong("period", "one of " + kpi.calendar().kinds() + ", by which this KPI is counted");
        }
        if (request.queryParam("window") != null) {
            throw Parameters.wrong("window", "none beside a period");
        }
        var from = Parameters.period(request, "from", kind, "");
        var to = Parameters.period(request, "to", kind, LAST);
        int most = Parameters.whole(request, "limit", MOST_VALUES, 1, MOST_VALUES);
        List<KpiBoard.Told> found;
        if (Segments.isWhole(request)) {
            var segment = request.queryParam("segment");
            found = board.periodsOfAll(
                    kpi.id() + "|" + segment.substring(0, segment.length() - 1), kind.name(), MOST_VALUES);
            found = found.stream()
                    .filter(each -> each.value().getPeriod().compareTo(from) >= 0
                            && each.value().getPeriod().compareTo(to) <= 0)
                    .toList();
        } else {
            found = board.told(kpi.id() + "|" + Segments.one(request, board, kpi) + "|" + kind.name(), from, to);
        }
        // The newest, should there be more.
        var values = found.stream()
                .skip(Math.max(0, found.size() - most))
                .map(KpiBoard.Told::json)
                .collect(Collectors.joining(",", "[", "]"));
        request.contentType("application/json")
                .result("{\"values\":" + values + ",\"more\":" + (found.size() > most) + "}");
    }

    private void history(Context request, Kpi kpi) {
        var windows =
                kpi.rolling().windows().stream().map(window -> window.id()).collect(Collectors.toSet());
        if (windows.isEmpty()) {
            throw Parameters.wrong("period", "one of " + kpi.calendar().kinds() + ": this KPI has no windows");
        }
        var fallback = windows.contains("P30D") ? "P30D" : windows.iterator().next();
        var window = Parameters.oneOf(request, "window", fallback, windows);
        var key = kpi.id() + "|" + Segments.one(request, board, kpi) + "|" + window;
        var from = Parameters.instant(request, "from", Instant.MIN);
        var to = Parameters.instant(request, "to", Instant.MAX);
        var points = board.history(key).stream()
                .filter(point -> !Instant.ofEpochMilli(point.asOf()).isBefore(from)
                        && !Instant.ofEpochMilli(point.asOf()).isAfter(to))
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
        return JsonRecordWriter.toJson(values);
    }
}
