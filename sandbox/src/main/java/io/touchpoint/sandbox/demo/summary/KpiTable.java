package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.KpiValue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rolling KPIs that the summary shows. */
final class KpiTable {
    private static final String NPS = "nps";
    private static final String MONTH = "P30D";
    private static final String QUARTER = "P90D";

    private final Map<String, KpiValue> npsOfMonth = new HashMap<>();
    private final Map<String, KpiValue> npsOfQuarter = new HashMap<>();
    private final Map<String, Long> totals = new HashMap<>();

    void take(KpiValue value) {
        boolean all = value.getSegmentDimension().equals(Facts.ALL);
        if (value.getKpi().equals(NPS)) {
            if (all || value.getSegmentDimension().equals(Dimensions.TOUCHPOINT)) {
                takeNps(value);
            }
        } else if (all && value.getKpi().startsWith("records-")) {
            totals.put(value.getKpi(), (long) value.getNumerator());
        }
    }

    private void takeNps(KpiValue value) {
        switch (value.getWindow()) {
            case MONTH -> npsOfMonth.put(value.getSegmentValue(), value);
            case QUARTER -> npsOfQuarter.put(value.getSegmentValue(), value);
            default -> {
                // The shorter windows are not shown.
            }
        }
    }

    Summary.Records records() {
        return new Summary.Records(
                total(Measures.RECORDS_READ),
                total(Measures.RECORDS_FOLDED),
                total(Measures.RECORDS_DUPLICATE),
                total(Measures.RECORDS_REJECTED));
    }

    private long total(Measure measure) {
        return totals.getOrDefault(measure.id(), 0L);
    }

    List<Summary.Nps> nps() {
        return Stream.concat(npsOfMonth.keySet().stream(), npsOfQuarter.keySet().stream())
                .distinct()
                .map(touchpoint -> new Summary.Nps(
                        touchpoint,
                        Optional.ofNullable(npsOfMonth.get(touchpoint)),
                        Optional.ofNullable(npsOfQuarter.get(touchpoint))))
                .sorted(Comparator.comparing(
                                (Summary.Nps nps) -> !nps.touchpoint().isEmpty())
                        .thenComparing(
                                Comparator.comparingLong(Summary.Nps::answers).reversed())
                        .thenComparing(Summary.Nps::touchpoint))
                .toList();
    }
}
