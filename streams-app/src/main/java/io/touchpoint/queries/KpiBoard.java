package io.touchpoint.queries;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.records.KpiValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values of all KPIs as they were published last, and how those over windows came to be so. Of days in other segments than {@code all} only
 * the newest five weeks are held, half a year of what is compared, and of what went before in a window so many points as a chart shows: what is older is on the topics. For several
 * threads.
 */
final class KpiBoard {

    private static final int POINTS = 360;
    private static final int POINTS_OF_A_SEGMENT = 60;
    private static final int DAYS_OF_A_SEGMENT = 35;

    /** Of what is compared with the window before: twice the longest. */
    private static final int DAYS_OF_A_COMPARED_SEGMENT = 185;

    private static final Set<String> COMPARED = Set.of("nps", "csat");

    /**
     * A value at a time.
     *
     * @param asOf epoch milliseconds
     */
    record Point(long asOf, Double value, Double low, Double high, long n) {}

    private final AlertBoard alerts = new AlertBoard();

    private record Rolling(KpiValue latest, Deque<Point> points) {}

    private final Map<String, Rolling> rolling = new HashMap<>();
    private final Map<String, TreeMap<String, Told>> calendar = new HashMap<>();
    /** Without currency and model. */
    private final Set<String> segments = new HashSet<>(Set.of(Facts.ALL));
    /** Each word once: hundreds of thousands of values are made of a few thousand. */
    private final Map<String, String> words = new HashMap<>();

    /** The value of a period with its text, which is kept where many ask for the same: of all customers. */
    static final class Told {
        private final KpiValue value;
        private volatile String json;

        private Told(KpiValue value) {
            this.value = value;
        }

        KpiValue value() {
            return value;
        }

        String json() {
            var text = json;
            if (text == null) {
                text = JsonRecordWriter.toJson(value);
                if (everywhere(value)) {
                    json = text;
                }
            }
            return text;
        }
    }

    /** {@return what the values have raised} */
    AlertBoard alerts() {
        return alerts;
    }

    /** A value over a window was published; null when there is none any more. */
    synchronized void rolling(String key, KpiValue value) {
        if (value == null) {
            rolling.remove(key);
            return;
        }
        note(value);
        var before = rolling.get(key);
        var points = before == null ? new ArrayDeque<Point>(4) : before.points();
        long asOf = value.getAsOf().toEpochMilli();
        if (!points.isEmpty() && points.getLast().asOf() == asOf) {
            points.removeLast();
        }
        points.addLast(new Point(asOf, value.getValue(), value.getLow(), value.getHigh(), value.getN()));
        if (points.size() > (everywhere(value) ? POINTS : POINTS_OF_A_SEGMENT)) {
            points.removeFirst();
        }
        rolling.put(key, new Rolling(value, points));
    }

    /** The value of a period was published; null when there is none any more. */
    synchronized void calendar(String key, KpiValue value) {
        int end = key.lastIndexOf('|');
        var series = calendar.computeIfAbsent(key.substring(0, end), name -> new TreeMap<>());
        var period = key.substring(end + 1);
        if (value == null) {
            series.remove(period);
            return;
        }
        note(value);
        shareWords(value);
        series.put(value.getPeriod(), new Told(value));
        if (value.getWindow().equals(PeriodKind.DAY.name())
                && !everywhere(value)
                && series.size()
                        > (COMPARED.contains(value.getKpi()) ? DAYS_OF_A_COMPARED_SEGMENT : DAYS_OF_A_SEGMENT)) {
            series.pollFirstEntry();
        }
    }

    private void note(KpiValue value) {
        if (!everywhere(value)) {
            segments.add(value.getSegmentDimension() + "=" + KpiKey.encode(value.getSegmentValue()));
        }
    }

    /** {@return whether any KPI ever had a value in a segment, given without currency and model} */
    synchronized boolean knows(String segment) {
        return segments.contains(segment);
    }

    private void shareWords(KpiValue value) {
        value.setKpi(word(value.getKpi()));
        value.setSegmentDimension(word(value.getSegmentDimension()));
        value.setSegmentValue(word(value.getSegmentValue()));
        value.setWindow(word(value.getWindow()));
        value.setPeriod(word(value.getPeriod()));
        value.setCurrency(word(value.getCurrency()));
        value.setModel(word(value.getModel()));
        value.setState(word(value.getState()));
    }

    private String word(String text) {
        return text == null ? null : words.computeIfAbsent(text, same -> same);
    }

    private static boolean everywhere(KpiValue value) {
        return value.getSegmentDimension().equals(Facts.ALL);
    }

    /**
     * {@return the newest value over each window}
     *
     * @param kpi an id, null for all
     */
    synchronized List<KpiValue> latest(String kpi) {
        return rolling.values().stream()
                .map(Rolling::latest)
                .filter(value -> kpi == null || value.getKpi().equals(kpi))
                .toList();
    }

    /** {@return the newest value of a key} */
    synchronized Optional<KpiValue> latestOf(String key) {
        return Optional.ofNullable(rolling.get(key)).map(Rolling::latest);
    }

    /** {@return the keys of a KPI in a segment over a window, one for each currency and model} */
    synchronized List<String> keysOf(String kpi, String segment, String window) {
        var start = kpi + "|" + segment;
        return rolling.keySet().stream()
                .filter(key -> key.startsWith(start) && key.endsWith("|" + window))
                .filter(key -> key.charAt(start.length()) == '|' || key.charAt(start.length()) == '/')
                .sorted()
                .toList();
    }

    /** {@return what a window was like, the oldest first; empty when nothing is known} */
    synchronized List<Point> history(String key) {
        var found = rolling.get(key);
        return found == null ? List.of() : List.copyOf(found.points());
    }

    /**
     * {@return the values by period, the oldest first}
     *
     * @param series {@code kpi|segment|period kind}
     * @param from the first period, by name
     * @param to the last
     */
    List<KpiValue> periods(String series, String from, String to) {
        return told(series, from, to).stream().map(Told::value).toList();
    }

    /** {@return the same with their texts} */
    synchronized List<Told> told(String series, String from, String to) {
        var found = calendar.get(series);
        if (found == null || from.compareTo(to) > 0) {
            return List.of();
        }
        return List.copyOf(found.subMap(from, true, to, true).values());
    }

    /**
     * {@return the values by period of all segments of a dimension, segment by segment}
     *
     * @param start {@code kpi|dimension=}
     * @param kind of period
     * @param most how many at most
     */
    synchronized List<Told> periodsOfAll(String start, String kind, int most) {
        return calendar.entrySet().stream()
                .filter(series ->
                        series.getKey().startsWith(start) && series.getKey().endsWith("|" + kind))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(series -> series.getValue().values().stream())
                .limit(most)
                .toList();
    }
}
