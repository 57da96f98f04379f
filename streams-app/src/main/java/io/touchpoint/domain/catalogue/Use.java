package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the KPIs of one dimension need of one measure. */
public final class Use {
    private final Measure measure;
    private final Set<Kpi> rolling = new LinkedHashSet<>();
    private final Set<Kpi> calendar = new LinkedHashSet<>();
    private final Map<Resolution, List<Integer>> windows = new EnumMap<>(Resolution.class);
    private boolean byDay;

    Use(Measure measure) {
        this.measure = measure;
        if (measure.kind() == Measure.Kind.GAUGE) {
            window(RollingWindow.TOTAL);
        }
    }

    void roll(Kpi kpi) {
        rolling.add(kpi);
        byDay |= !kpi.calendar().kinds().isEmpty();
        kpi.rolling().windows().forEach(this::window);
    }

    void count(Kpi kpi) {
        calendar.add(kpi);
        byDay = true;
        if (kpi.calendar().formula().overAllTime().contains(measure)) {
            window(RollingWindow.TOTAL);
        }
    }

    /** From now on sums over this window too. */
    void window(RollingWindow window) {
        List<Integer> lengths = windows.computeIfAbsent(window.resolution(), key -> new ArrayList<>());
        if (!lengths.contains(window.panes())) {
            lengths.add(window.panes());
        }
    }

    /** The measure. */
    public Measure measure() {
        return measure;
    }

    /** The KPIs that rest on it over windows. */
    public Set<Kpi> rolling() {
        return rolling;
    }

    /** The KPIs that rest on it by period. */
    public Set<Kpi> calendar() {
        return calendar;
    }

    /** The lengths of the windows to sum, in panes, by the width of a pane. */
    public Map<Resolution, List<Integer>> windows() {
        return windows;
    }

    /** Whether it is to be kept by day of the calendar: for periods, and to know whether anything of it was not taken back. */
    public boolean byDay() {
        return byDay;
    }
}
