package io.touchpoint.queries;

import io.touchpoint.domain.catalogue.Change;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.records.KpiValue;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Compares a window with the days that lie just before it, taken together. A window of hours begins in the middle of a day, so that day is left out of both.
 */
final class KpiChanges {

    private final KpiBoard board;
    private final ZoneId zone;

    /** @param zone of the calendar */
    KpiChanges(KpiBoard board, ZoneId zone) {
        this.board = board;
        this.zone = zone;
    }

    /**
     * A window and what was before it.
     *
     * @param now null while there is no value
     * @param before null when nothing is known of those days
     * @param from the first day before
     * @param to the last
     */
    record Compared(KpiValue now, KpiValue before, LocalDate from, LocalDate to) {
        Optional<Change> change() {
            return now == null || before == null
                    ? Optional.empty()
                    : Change.between(before, now, Change.USUAL_CONFIDENCE);
        }
    }

    /**
     * {@return the comparison}
     *
     * @param kpi that has an interval
     * @param window of a day or longer
     */
    Compared compare(Kpi kpi, String segment, RollingWindow window) {
        var now = board.latestOf(kpi.id() + "|" + segment + "|" + window.id()).orElse(null);
        if (now == null) {
            return new Compared(null, null, null, null);
        }
        var today = LocalDate.ofInstant(now.getAsOf(), zone);
        long days = window.days();
        var to = window.ofWholeDays() ? today.minusDays(days) : today.minusDays(days + 1);
        var from = to.minusDays(days - 1);
        var periods =
                board.periods(kpi.id() + "|" + segment + "|" + PeriodKind.DAY.name(), from.toString(), to.toString());
        return new Compared(now, Change.pooled(kpi, periods).orElse(null), from, to);
    }
}
