package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.FactKind;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.kpi.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes in the rows of a roll-up, in any order. */
final class RowReader {
    private final KpiCatalogue catalogue;
    private final FoldClocks clocks;
    private final PeriodClock periodClock;
    private final Segments segments;
    private final Map<String, byte[]> revised = new LinkedHashMap<>();

    RowReader(KpiCatalogue catalogue, FoldClocks clocks, PeriodClock periodClock, Segments segments) {
        this.catalogue = catalogue;
        this.clocks = clocks;
        this.periodClock = periodClock;
        this.segments = segments;
    }

    /** Takes in a row; false when nothing uses it any more. */
    boolean take(String key, byte[] row) {
        List<String> parts = Rows.parts(key);
        switch (parts.get(0)) {
            case Rows.PANES:
                return panes(parts, row);
            case Rows.SEGMENT:
                return segment(new Segment(parts.get(1), parts.get(2)), row);
            case Rows.REVISED:
                revised.put(key, row);
                return true;
            case Rows.REACHED:
                periodClock.restoreReached(PeriodKind.valueOf(parts.get(1)), (int) Rows.longAt(row, 0));
                return true;
            case Rows.FINAL:
                return periodClock.restoreFinal(
                        PeriodKind.valueOf(parts.get(1)), Long.parseLong(parts.get(2)), (int) Rows.longAt(row, 0));
            case Rows.ZONE:
                periodClock.restoreZone(Rows.namesIn(row).get(0));
                return true;
            case Rows.CLOCK:
                return clocks.restoreClock(Integer.parseInt(parts.get(1)), Rows.longAt(row, 0));
            case Rows.END:
                clocks.restoreEnd(parts.get(1), Integer.parseInt(parts.get(2)), Rows.longAt(row, 0));
                return true;
            case Rows.NOW:
                clocks.restoreNow(Rows.longAt(row, 0));
                return true;
            case Rows.UNTIL:
                clocks.restoreUntil(Rows.longAt(row, 0));
                return true;
            default:
                return false;
        }
    }

    /** To be called behind the last row; returns the keys of those that nothing uses any more. */
    List<String> finish() {
        List<String> stale = new ArrayList<>();
        revised.forEach((key, row) -> {
            List<String> parts = Rows.parts(key);
            LivePeriods live = segments.find(new Segment(parts.get(4), parts.get(5)))
                    .map(segment -> segment.periods(parts.get(2), parts.get(3)))
                    .orElse(null);
            if (live == null) {
                stale.add(key);
            } else {
                live.restoreRevision(
                        PeriodKind.valueOf(parts.get(1)),
                        Integer.parseInt(parts.get(6)),
                        Rows.longAt(row, 0),
                        Rows.longAt(row, 1));
            }
        });
        return stale;
    }

    private boolean panes(List<String> parts, byte[] row) {
        String dimension = parts.get(3);
        Optional<FactKind> kind = catalogue.seriesKind(dimension, parts.get(2));
        if (kind.isEmpty()) {
            return false;
        }
        return segments.restore(new Segment(dimension, parts.get(4)))
                .series(kind.get())
                .restore(parts.get(1), Long.parseLong(parts.get(5)), row);
    }

    private boolean segment(Segment segment, byte[] row) {
        List<FactKind> known = Rows.namesIn(row).stream()
                .flatMap(series -> catalogue.seriesKind(segment.dimension(), series).stream())
                .toList();
        if (known.isEmpty()) {
            return false;
        }
        known.forEach(segments.restore(segment)::see);
        return true;
    }
}
