package io.touchpoint.cli;

import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.queries.LiveOutputs;
import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the current values of some KPIs as lines: name, value, interval, n, and a picture of how they came about; and what fires. */
final class WatchLines {

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int MOST_BARS = 32;

    /** Of one KPI, by currency and model. */
    private static final int MOST_LINES = 8;

    private static final Set<String> IN_MINOR_UNITS = KpiCatalogue.standard().kpis().stream()
            .filter(kpi -> kpi.unit().equals("minor units"))
            .map(Kpi::id)
            .collect(Collectors.toUnmodifiableSet());

    /** Values that have no windows stand under this one. */
    private static final String EVER = "PT0S";

    private final LiveOutputs outputs;
    private final Set<String> kpis;
    private final String segment;
    private final String window;

    WatchLines(LiveOutputs outputs, Set<String> kpis, String segment, String window) {
        this.outputs = outputs;
        this.kpis = kpis;
        this.segment = segment;
        this.window = window;
    }

    List<String> now() {
        var lines = new ArrayList<String>();
        lines.add(line("KPI in " + segment + ", " + window, "value", "95 %", "n", ""));
        for (var kpi : kpis) {
            var keys = keys(kpi);
            if (keys.isEmpty()) {
                lines.add(line(kpi, "none", "", "", ""));
            }
            keys.stream().limit(MOST_LINES).forEach(key -> lines.add(line(key, kpi)));
        }
        lines.addAll(alerts(outputs.openAlerts(), outputs.openAlerts(MOST_LINES)));
        return lines;
    }

    /** {@return what fires, a line each, below a line that says how many there are} */
    static List<String> alerts(int all, List<Alert> first) {
        var lines = new ArrayList<String>();
        if (all > 0) {
            lines.add("");
            lines.add(all == 1 ? "1 alert is open" : String.format(Locale.ROOT, "%,d alerts are open", all));
        }
        first.forEach(alert -> lines.add(String.format(
                Locale.ROOT,
                "! %-28s %-28s %s",
                alert.getRule(),
                alert.getSegment(),
                alert.getDetail() + ", since " + alert.getDecidedAt())));
        if (all > first.size()) {
            lines.add(String.format(Locale.ROOT, "  and %,d more", all - first.size()));
        }
        return lines;
    }

    private List<String> keys(String kpi) {
        var keys = outputs.keysOf(kpi, segment, window);
        return keys.isEmpty() ? outputs.keysOf(kpi, segment, EVER) : keys;
    }

    private String line(String key, String kpi) {
        var value = outputs.kpi(key).orElseThrow();
        var split = key.substring(kpi.length() + 1 + segment.length(), key.lastIndexOf('|'));
        return line(kpi + split, amount(kpi, value), interval(value), count(value), bars(outputs.history(key)));
    }

    /** {@return the value as people read it: money in the currency, which topics and files carry in minor units} */
    static String amount(String kpi, KpiValue value) {
        if (value.getValue() == null || value.getCurrency() == null || !IN_MINOR_UNITS.contains(kpi)) {
            return number(value.getValue());
        }
        int digits = Math.max(0, Currency.getInstance(value.getCurrency()).getDefaultFractionDigits());
        return String.format(Locale.ROOT, "%,." + digits + "f", value.getValue() / Math.pow(10, digits));
    }

    private static String line(String name, String value, String interval, String n, String bars) {
        return String.format(Locale.ROOT, "%-30s %16s  %-20s %12s  %s", name, value, interval, n, bars)
                .stripTrailing();
    }

    private static String number(Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String interval(KpiValue value) {
        return value.getLow() == null ? "" : number(value.getLow()) + " to " + number(value.getHigh());
    }

    private static String count(KpiValue value) {
        return String.format(Locale.ROOT, "%,d", value.getN());
    }

    /** {@return the newest values from the least to the greatest of them, a bar each} */
    static String bars(List<Double> values) {
        var known = values.stream().filter(Objects::nonNull).toList();
        known = known.subList(Math.max(0, known.size() - MOST_BARS), known.size());
        double least = known.stream().mapToDouble(value -> value).min().orElse(0);
        double most = known.stream().mapToDouble(value -> value).max().orElse(0);
        var bars = new StringBuilder();
        for (double value : known) {
            int step = most == least ? 0 : (int) Math.round((value - least) / (most - least) * (BARS.length() - 1));
            bars.append(BARS.charAt(step));
        }
        return bars.toString();
    }
}
