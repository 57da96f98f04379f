package io.touchpoint.domain.kpi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes NPS and the counts of records from the list of all facts, for any clock, in the plainest way: no panes, no
 * sums kept, nothing shared with the roll-up.
 */
final class FactOracle {
    record Fact(String measure, String dimension, String value, long time, long amount) {}

    /** What is compared of a value. */
    record Line(Double value, double numerator, double denominator, long n, long asOf) {}

    private record Window(String id, long paneMillis, int panes) {}

    private static final List<Window> WINDOWS = List.of(
            new Window("PT1H", 60_000L, 60),
            new Window("PT24H", 3_600_000L, 24),
            new Window("P7D", 3_600_000L, 168),
            new Window("P30D", 86_400_000L, 30),
            new Window("P90D", 86_400_000L, 90));

    final List<Fact> facts = new ArrayList<>();

    /** Every live value by its key. */
    Map<String, Line> valuesAt(long clock) {
        Map<String, Line> lines = new TreeMap<>();
        for (Fact fact : facts) {
            String segment = fact.dimension().equals("all") ? "all" : fact.dimension() + "=" + fact.value();
            if (!fact.measure().startsWith("nps")) {
                lines.computeIfAbsent(fact.measure() + "|" + segment + "|PT0S", key -> total(fact));
            } else if (clock > 0) {
                WINDOWS.forEach(window ->
                        lines.computeIfAbsent("nps|" + segment + "|" + window.id(), key -> nps(fact, window, clock)));
            }
        }
        return lines;
    }

    private Line total(Fact like) {
        long total = 0;
        long newest = Long.MIN_VALUE;
        for (Fact fact : facts) {
            if (sameSegment(fact, like) && fact.measure().equals(like.measure())) {
                total += fact.amount();
                newest = Math.max(newest, fact.time());
            }
        }
        return new Line((double) total, total, 1, total, newest);
    }

    private Line nps(Fact like, Window window, long clock) {
        long end = (clock / window.paneMillis() + 1) * window.paneMillis();
        long start = end - window.panes() * window.paneMillis();
        long promoters = 0;
        long detractors = 0;
        long n = 0;
        long asOf = end - window.paneMillis();
        for (Fact fact : facts) {
            if (!sameSegment(fact, like) || !fact.measure().startsWith("nps") || fact.time() >= end) {
                continue;
            }
            asOf = Math.max(asOf, fact.time());
            if (fact.time() >= start) {
                n += fact.amount();
                promoters += fact.measure().equals("nps-promoters") ? fact.amount() : 0;
                detractors += fact.measure().equals("nps-detractors") ? fact.amount() : 0;
            }
        }
        Double value = n > 0 ? 100.0 * (promoters - detractors) / n : null;
        return new Line(value, promoters - detractors, n, n, asOf);
    }

    private static boolean sameSegment(Fact one, Fact other) {
        return one.dimension().equals(other.dimension()) && one.value().equals(other.value());
    }
}
