package io.touchpoint.domain.alert;

import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.catalogue.WatchedWindow;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.domain.rollup.Onlooker;
import io.touchpoint.domain.rollup.PaneStore;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import io.touchpoint.records.KpiValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The incidents of all rules about KPIs, one for each rule and segment. Each is told twice: when it fires and when it is over. What it has
 * told it writes with {@link #drain}, so that whoever takes that in tells nothing twice.
 *
 * <p>An incident whose rule or segment is looked at no more when the book is taken up again is over. Not thread-safe.
 */
public final class AlertBook implements Onlooker {
    private final List<AlertRule> rules;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** Incidents of an earlier book, by row, until their values are seen again. */
    private final Map<String, long[]> earlier = new TreeMap<>();

    private final Set<Entry> dirty = new LinkedHashSet<>();
    private final Set<Entry> waiting = new LinkedHashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final List<Alert> told = new ArrayList<>();
    private boolean away;

    /** @param rules that are judged */
    public AlertBook(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The alerts since the last time, in the order in which they came about; to be sent before the next {@link #drain} is kept. */
    public List<Alert> take() {
        List<Alert> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    /** The key of an alert: {@code rule|segment}. */
    public static String keyOf(Alert alert) {
        return alert.getRule() + '|' + alert.getSegment();
    }

    @Override
    public List<WatchedWindow> watched() {
        return rules.stream().map(AlertRule::watched).distinct().toList();
    }

    @Override
    public Optional<Look> at(Kpi kpi, RollingWindow window, Segment segment, Variant variant) {
        String text = SegmentPattern.of(segment, variant);
        List<Entry> theirs = rules.stream()
                .filter(rule -> rule.kpi().id().equals(kpi.id())
                        && rule.window().equals(window)
                        && rule.segments().matches(segment, variant))
                .map(rule -> entries.computeIfAbsent(row(rule, text), row -> new Entry(rule, text, row)))
                .toList();
        return theirs.isEmpty()
                ? Optional.empty()
                : Optional.of((now, before, clock) -> theirs.forEach(entry -> see(entry, now, before, clock)));
    }

    private static String row(AlertRule rule, String segment) {
        return PREFIX
                + String.join("|", rule.id(), rule.kpi().id(), rule.window().id(), segment);
    }

    private void see(Entry entry, KpiValue now, Supplier<KpiValue> before, long clock) {
        if (away) {
            return;
        }
        long[] kept = earlier.remove(entry.row);
        if (kept != null) {
            entry.incident =
                    new Incident(entry.rule.lasts().toMillis(), entry.rule.longestGap(), kept[0], kept[1], kept[2]);
        }
        boolean enough = now.getValue() != null && now.getN() >= entry.rule.leastN();
        entry.found = enough ? entry.rule.condition().judge(now, before, entry.rule.leastN()) : Finding.UNKNOWN;
        entry.value = now.getValue();
        entry.n = now.getN();
        turn(entry, clock);
    }

    private void turn(Entry entry, long clock) {
        long[] before = entry.incident.kept();
        Incident.Turn turn = entry.incident.take(entry.found.answer(), clock);
        if (!Arrays.equals(before, entry.incident.kept())) {
            dirty.add(entry);
        }
        if (entry.incident.waits()) {
            waiting.add(entry);
        } else {
            waiting.remove(entry);
        }
        if (turn != Incident.Turn.NONE) {
            told.add(entry.tell(turn, clock));
        }
    }

    /** What waits for time to pass is judged again, by the value seen last. */
    @Override
    public void passed(long clock) {
        if (away) {
            return;
        }
        List.copyOf(waiting).forEach(entry -> turn(entry, clock));
        earlier.forEach((row, kept) -> end(row, kept, clock));
        earlier.clear();
    }

    /** Its rule is gone, or what it was about. */
    private void end(String row, long[] kept, long clock) {
        gone.add(row);
        if (kept[1] == Long.MIN_VALUE) {
            return;
        }
        String[] parts = row.split("\\|", 5);
        told.add(Alert.newBuilder()
                .setRule(parts[1])
                .setKpi(parts[2])
                .setSegment(parts[4])
                .setState(AlertState.RESOLVED)
                .setDetail("This is watched no more")
                .setDecidedAt(Instant.ofEpochMilli(clock))
                .setWindow(parts[3])
                .setOpenedAt(Instant.ofEpochMilli(kept[1]))
                .build());
    }

    @Override
    public void lookAway() {
        away = true;
    }

    @Override
    public void lookAgain() {
        away = false;
    }

    @Override
    public void drain(PaneStore store) {
        for (Entry entry : dirty) {
            long[] kept = entry.incident.kept();
            if (kept.length == 0) {
                store.delete(entry.row);
            } else {
                ByteBuffer row = ByteBuffer.allocate(Long.BYTES * kept.length);
                for (long each : kept) {
                    row.putLong(each);
                }
                store.put(entry.row, row.array());
            }
        }
        dirty.clear();
        gone.forEach(store::delete);
        gone.clear();
    }

    @Override
    public boolean restore(String key, byte[] row) {
        ByteBuffer kept = ByteBuffer.wrap(row);
        earlier.put(key, new long[] {kept.getLong(), kept.getLong(), kept.getLong()});
        return true;
    }

    /** A rule in a segment. */
    private static final class Entry {
        private final AlertRule rule;
        private final String segment;
        private final String row;
        private Incident incident;
        private Finding found = Finding.UNKNOWN;
        private Double value;
        private long n;

        Entry(AlertRule rule, String segment, String row) {
            this.rule = rule;
            this.segment = segment;
            this.row = row;
            incident = new Incident(rule.lasts().toMillis(), rule.longestGap());
        }

        Alert tell(Incident.Turn turn, long clock) {
            return Alert.newBuilder()
                    .setRule(rule.id())
                    .setKpi(rule.kpi().id())
                    .setSegment(segment)
                    .setState(turn == Incident.Turn.FIRED ? AlertState.FIRING : AlertState.RESOLVED)
                    .setValue(value)
                    .setDetail(detail(turn))
                    .setDecidedAt(Instant.ofEpochMilli(clock))
                    .setWindow(rule.window().id())
                    .setN(n)
                    .setThreshold(found.threshold())
                    .setPrevious(found.previous())
                    .setLow(found.low())
                    .setHigh(found.high())
                    .setOpenedAt(Instant.ofEpochMilli(incident.openedAt()))
                    .build();
        }

        private String detail(Incident.Turn turn) {
            String what = rule.kpi().id() + " of " + KpiKey.decode(segment) + " over "
                    + rule.window().id();
            String is = value == null ? " has no value" : " is " + Words.number(value) + " (n " + n + ")";
            String was = found.previous() == null ? "" : ", before " + Words.number(found.previous());
            return switch (turn) {
                case FIRED -> what + is + was + ": " + rule.condition().text() + lasting();
                case CLEARED -> what + is + was + ": " + rule.condition().clearText();
                case LAPSED -> what + is + ": too little has come to say more (expected: " + rule.leastN() + ")";
                case NONE -> throw new IllegalArgumentException("nothing to tell");
            };
        }

        private String lasting() {
            return rule.lasts().isZero() ? "" : " for " + rule.lasts();
        }
    }
}
