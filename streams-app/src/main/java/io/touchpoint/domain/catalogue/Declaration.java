package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.PeriodKind;
import java.time.Duration;
import java.util.List;

/** Writes a {@link Kpi} down, line by line. By default it is published over all windows and by all kinds of period. */
final class Declaration {
    private final String id;
    private final String unit;
    private final String text;
    private Formula rolling;
    private List<String> dimensions = List.of();
    private List<RollingWindow> windows = RollingWindow.ALL;
    private Formula calendar;
    private List<String> calendarDimensions = List.of();
    private List<PeriodKind> kinds = List.of(PeriodKind.values());
    private Duration maturity = Duration.ZERO;
    private Interval interval = Interval.NONE;

    private Declaration(String id, String unit, String text) {
        this.id = id;
        this.unit = unit;
        this.text = text;
    }

    /**
     * @param text the definition for people
     */
    static Declaration kpi(String id, String unit, String text) {
        return new Declaration(id, unit, text);
    }

    /** How it is computed, and by which dimensions. */
    Declaration is(Formula formula, List<String> by) {
        rolling = formula;
        dimensions = by;
        calendar = formula;
        calendarDimensions = by;
        return this;
    }

    /** How it is computed in a period, where that differs. */
    Declaration inPeriods(Formula formula, List<String> by) {
        calendar = formula;
        calendarDimensions = by;
        return this;
    }

    /** Published only by these periods. */
    Declaration onlyIn(Formula formula, List<String> by, PeriodKind... of) {
        is(formula, by);
        windows = List.of();
        kinds = List.of(of);
        return this;
    }

    /** Published over these windows only. */
    Declaration over(List<RollingWindow> some) {
        windows = some;
        return this;
    }

    /** A running total, and its state at the end of these periods. */
    Declaration total(PeriodKind... atEndOf) {
        windows = List.of(RollingWindow.TOTAL);
        kinds = List.of(atEndOf);
        return this;
    }

    Declaration maturesIn(Duration time) {
        maturity = time;
        return this;
    }

    Declaration with(Interval ofValue) {
        interval = ofValue;
        return this;
    }

    Kpi from(String source) {
        return new Kpi(
                id,
                unit,
                text,
                new Kpi.Rolling(rolling, dimensions, windows),
                new Kpi.Calendar(calendar, calendarDimensions, kinds),
                maturity,
                interval,
                source);
    }
}
