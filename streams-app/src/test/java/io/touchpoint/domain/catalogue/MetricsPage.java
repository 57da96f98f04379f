package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.rollup.AllMeasures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes docs/metrics.md from the catalogue. */
final class MetricsPage {
    private final StringBuilder page = new StringBuilder();

    private MetricsPage() {}

    static String text(KpiCatalogue catalogue) {
        MetricsPage page = new MetricsPage();
        page.introduction();
        catalogue.chapters().forEach((title, kpis) -> {
            page.line("## " + title);
            page.line("");
            kpis.forEach(page::kpi);
        });
        page.measures();
        return page.page.toString();
    }

    private void introduction() {
        page.append("""
                <!-- Generated from the declarations in io.touchpoint.domain.catalogue; do not edit. -->
                # Metrics

                Every KPI, as it is declared in the code and published. Shares are in percent, money in minor units of its currency,
                durations in seconds. A value whose denominator is 0 is absent, never 0; its numerator is there all the same. Each value
                says on how many observations it rests (`n`: the denominator; of a sum, the sum itself unless said otherwise).

                `touchpoint.kpis.rolling.v1` has values over windows that move with the clock, under `kpi|segment|window`:
                `nps|all|P30D`, `aov|channel=web/EUR|P30D`, `roas|campaign=k1/EUR/linear|P30D`. The segment is `all` or `dimension=value`;
                where money plays a part its currency follows, and where attribution does, the model: `first`, `last`, `linear`,
                `time-decay`, `position-based`. Currencies never meet in one sum. A window is so many whole panes in UTC, the one
                that holds the clock and those before it: `PT1H` is 60 minutes, `PT24H` and `P7D` are hours, `P30D` and `P90D` days, and `PT0S` is a
                running total that never ages. `as_of` is the newest fact, or when the window last aged. A dimension has at most 1,000 values;
                what comes after them is in the value `other`. A segment keeps its values
                when its windows are empty again; where all its facts were taken back they are withdrawn, by a record without a value under each key.

                `touchpoint.kpis.calendar.v1` has values by day, ISO week and month of the zone `kpis.zone`, under
                `kpi|segment|kind|period`: `orders|all|DAY|2010-01-05`, `orders|all|WEEK|2010-W01`, `orders|all|MONTH|2010-01`. A value is
                `PROVISIONAL`, revision 0, until its period and `kpis.calendar-grace` are over, and what matures later has
                done so; then it is `FINAL`, revision 1. Whatever changes it after that, a late event or a return that counts at the time of its order,
                is published under the next revision, for as long as the history reaches. A warehouse keeps the newest record of each key. A value whose facts are all taken
                back is withdrawn: a record without a value deletes its key. Of a period that has not begun nothing is said, though it may have facts already.

                The erasure of a customer takes nothing back of what happened: orders, answers, `ltv` and all values of the time before it stay.
                `profiles`, `contactable`, `tickets-open`, `churn-level` and `audience-members`, which count what is there, fall with it, at its time; so does
                `clv` in the months that end later. Who comes back after it is a new customer.

                `clv` is an expectation at the end of a month, by what happened before that: what is returned later leaves it as it was, and what
                turns out to have happened earlier restates it. Of the month under way it says what it will be if nobody does anything.

                """);
    }

    private void kpi(Kpi kpi) {
        line("### " + kpi.id());
        line("");
        line(sentence(kpi.text()));
        line("");
        line("| | |");
        line("| --- | --- |");
        row("unit", kpi.unit());
        Formula rolling = kpi.rolling().formula();
        Formula calendar = kpi.calendar().formula();
        boolean one = rolling.equals(calendar)
                || kpi.rolling().windows().isEmpty()
                || kpi.calendar().kinds().isEmpty();
        formula("", kpi.rolling().windows().isEmpty() ? calendar : rolling);
        if (!one) {
            formula(", by period", calendar);
        }
        if (!kpi.rolling().windows().isEmpty()) {
            row(
                    "windows",
                    kpi.rolling().windows().stream().map(RollingWindow::id).collect(Collectors.joining(", ")) + "; by "
                            + names(kpi.rolling().dimensions()));
        }
        if (!kpi.calendar().kinds().isEmpty()) {
            row(
                    "periods",
                    kpi.calendar().kinds().stream().map(PeriodKind::name).collect(Collectors.joining(", ")) + "; by "
                            + names(kpi.calendar().dimensions()));
        }
        row("told apart by", kpi.byModel() ? "currency and attribution model" : kpi.byCurrency() ? "currency" : "");
        row(
                "matures in",
                kpi.maturity().equals(Duration.ZERO) ? "" : kpi.maturity().toDays() + " days");
        row("interval", kpi.interval() == Interval.NONE ? "" : kpi.interval().description());
        row("source", kpi.source());
        line("");
    }

    private void formula(String where, Formula formula) {
        row("value" + where, formula.valueText());
        row("numerator" + where, formula.numeratorText());
        row("denominator" + where, formula.denominatorText().equals("1") ? "" : formula.denominatorText());
        row("n" + where, formula.observationsText());
        row("absent while there is any" + where, formula.obstaclesText());
    }

    private void measures() {
        line("## Measures");
        line("");
        line(
                "What the KPIs are made of. A FLOW counts at a time and leaves a window with it, a GAUGE is a running total, and"
                        + " PER_PERIOD is counted anew for each period of the calendar, because its days do not add up.");
        line("");
        line("| measure | kind | told apart by | dimensions |");
        line("| --- | --- | --- | --- |");
        for (Measure measure : AllMeasures.declared()) {
            line("| `" + measure.id() + "` | " + measure.kind() + " | " + split(measure.split()) + " | "
                    + names(measure.dimensions()) + " |");
        }
    }

    private static String split(Measure.Split split) {
        return switch (split) {
            case NONE -> "";
            case CURRENCY -> "currency";
            case MODEL -> "currency, model";
            case BUCKET -> "bucket";
            case CURRENCY_BUCKET -> "currency, bucket";
        };
    }

    private static String names(List<String> names) {
        return String.join(", ", names);
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private void row(String name, String value) {
        if (!value.isEmpty()) {
            line("| " + name + " | " + value.replace("|", "\\|") + " |");
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
