package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.SuppressionScope;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A summary as lines of at most 79 characters, few enough for the smallest terminal, in ASCII. */
public final class SummaryText {
    private static final int WIDTH = 79;
    private static final int TOUCHPOINTS = 4;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private SummaryText() {}

    /** {@return how the demo stands} */
    public static List<String> lines(DemoState state) {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%s UTC   %,d events read   %,.0f/s   lag %,d",
                TIME.format(state.at()), state.folded(), state.perSecond(), state.lag()));
        addRecords(state.summary().records(), lines);
        lines.add("");
        addNps(state.summary().nps(), lines);
        lines.add("");
        addSuppressions(state.summary().suppressions(), lines);
        lines.add("");
        addChurn(state.summary(), lines);
        return lines.stream()
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) : line)
                .toList();
    }

    private static void addRecords(Summary.Records records, List<String> lines) {
        lines.add(text(
                "read %,d = folded %,d + duplicate %,d + rejected %,d",
                records.read(), records.folded(), records.duplicate(), records.rejected()));
    }

    private static void addNps(List<Summary.Nps> nps, List<String> lines) {
        lines.add(text("%-15s %-32s%s", "Rolling NPS", "last 30 days, 95 %", "last 90 days, 95 %"));
        nps.stream()
                .limit(1 + TOUCHPOINTS)
                .map(each -> text("  %-13s %-32s%s", name(each), value(each.month()), value(each.quarter())))
                .forEach(lines::add);
    }

    private static String name(Summary.Nps nps) {
        return nps.touchpoint().isEmpty() ? "all" : nps.touchpoint();
    }

    private static String value(Optional<KpiValue> kpi) {
        return kpi.filter(value -> value.getValue() != null)
                .map(value -> text(
                        "%6.1f  %5.1f to %5.1f  n %,d",
                        value.getValue(), value.getLow(), value.getHigh(), value.getN()))
                .orElse("     -");
    }

    private static void addSuppressions(
            SortedMap<SuppressionScope, Summary.Suppressed> suppressions, List<String> lines) {
        long active = suppressions.values().stream()
                .mapToLong(Summary.Suppressed::active)
                .sum();
        lines.add(text("Active suppressions %,d", active));
        suppressions.forEach(
                (scope, held) -> lines.add(text("  %-13s %,9d   %s", scope, held.active(), reasons(held))));
    }

    private static String reasons(Summary.Suppressed held) {
        return held.reasons().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> text("%s %,d", reason.getKey(), reason.getValue()))
                .collect(Collectors.joining("   "));
    }

    private static void addChurn(Summary summary, List<String> lines) {
        Summary.Customers customers = summary.customers();
        lines.add(text("Churn levels of customers who bought %,d", customers.buyers()));
        lines.add("  "
                + Stream.of(ChurnLevel.values())
                        .map(level -> text("%s %,d", level, customers.levels().getOrDefault(level.name(), 0L)))
                        .collect(Collectors.joining("   ")));
        lines.add("Newest churn signals");
        summary.newest().forEach(signal -> lines.add("  " + line(signal)));
    }

    private static String line(ChurnSignal signal) {
        String reasons = signal.getReasons().stream()
                .map(reason -> text("%s %.2f", reason.getCode(), reason.getWeight()))
                .collect(Collectors.joining(", "));
        return text(
                "%s  %-6s %s to %s: %s",
                MINUTE.format(signal.getDecidedAt()),
                signal.getCustomerId(),
                signal.getPreviousLevel(),
                signal.getLevel(),
                reasons);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
