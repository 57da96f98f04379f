package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.catalogue.Resolution;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.records.state.FactEntry;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.FactSum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A roll-up of the few KPIs that somebody looks at, given the facts in the order of their causes. In a replay one fold task may be months
 * ahead of another, and what it sends takes back what has not come to pass yet by the clock: here a fact waits until the clock has come to
 * the minute of what led to it. The windows are then looked at in every minute in which something may have changed.
 *
 * <p>Facts without a cause are left out. Not thread-safe.
 */
final class OrderedRollUp {
    /** How the keys of its rows begin. */
    static final String PREFIX = "ordered|";

    private static final String WAITING = PREFIX + "waiting|";
    private static final String REACHED = PREFIX + "reached";
    private static final String PANES = PREFIX + "roll-up|";
    private static final long MINUTE_MILLIS = 60_000L;
    private static final long HOUR = 60;
    private static final long NOWHERE = Long.MIN_VALUE;

    private final KpiCatalogue catalogue;
    private final Onlooker onlooker;
    private final RollUp rollUp;
    private final long step;
    private final long longest;
    private final TreeMap<Long, Map<Place, Amount>> waiting = new TreeMap<>();
    private final Set<Long> unwritten = new HashSet<>();
    private final Set<Long> written = new HashSet<>();
    private final Map<String, byte[]> rows = new HashMap<>();
    /** Minute up to which everything was looked at. */
    private long reached = NOWHERE;

    /** Minute of the newest cause that was. */
    private long newestCause = NOWHERE;

    private record Place(String dimension, String value, long minute, String measure) {}

    private static final class Amount {
        private long amount;
        private long newest = Long.MIN_VALUE;
    }

    /** @param catalogue of what is looked at and nothing else */
    OrderedRollUp(KpiCatalogue catalogue, CalendarRules rules, Onlooker onlooker) {
        this.catalogue = catalogue;
        this.onlooker = onlooker;
        rollUp = new RollUp(catalogue, 1, rules, onlooker, Optional.empty());
        boolean byMinute =
                onlooker.watched().stream().anyMatch(each -> each.window().resolution() == Resolution.MINUTE);
        step = byMinute ? 1 : HOUR;
        // Then the longest window and the one before it are empty, and whoever waited for as long has stopped waiting.
        longest = onlooker.watched().stream()
                .mapToLong(each ->
                        minutes(each.window().resolution()) * each.window().panes() * 4)
                .max()
                .orElse(0);
    }

    private static long minutes(Resolution resolution) {
        return switch (resolution) {
            case MINUTE -> 1;
            case HOUR -> HOUR;
            case DAY -> 24 * HOUR;
            case EVER -> 0;
        };
    }

    Onlooker onlooker() {
        return onlooker;
    }

    /** Takes in what is looked at of a partial. */
    void apply(FactPartial partial) {
        for (FactEntry entry : partial.getEntries()) {
            if (entry.getCause() == Facts.NO_CAUSE) {
                continue;
            }
            for (FactSum sum : entry.getSums()) {
                if (counts(partial.getDimension(), sum.getMeasure())) {
                    add(entry.getCause(), partial.getDimension(), entry, sum);
                }
            }
        }
    }

    private boolean counts(String dimension, String measure) {
        return catalogue.seriesKind(dimension, measure).isPresent();
    }

    private void add(long cause, String dimension, FactEntry entry, FactSum sum) {
        // What comes after its minute was looked at counts from then on.
        long minute = Math.max(cause, reached + 1);
        Amount amount = waiting.computeIfAbsent(minute, key -> new HashMap<>())
                .computeIfAbsent(
                        new Place(dimension, entry.getValue(), entry.getMinute(), sum.getMeasure()),
                        key -> new Amount());
        amount.amount += sum.getAmount();
        amount.newest = Math.max(amount.newest, entry.getNewest());
        unwritten.add(minute);
    }

    /**
     * Looks at every minute up to the clock.
     *
     * @param clock epoch milliseconds, up to which all causes have come
     * @param ended whether nothing more will come of the clock's own minute
     */
    void moveTo(long clock, boolean ended) {
        long last = Math.floorDiv(clock, MINUTE_MILLIS) - (ended ? 0 : 1);
        for (long next = next(); next <= last; next = next()) {
            look(next, Math.min((next + 1) * MINUTE_MILLIS, clock));
        }
        if (ended && reached != NOWHERE && rollUp.clock() < clock) {
            look(last, clock);
        }
    }

    /** The next minute at whose end something may differ. */
    private long next() {
        long cause = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
        if (reached == NOWHERE || reached >= newestCause + longest) {
            return cause;
        }
        return Math.min(cause, Math.floorDiv(reached + 1, step) * step + step - 1);
    }

    private void look(long minute, long clock) {
        while (!waiting.isEmpty() && waiting.firstKey() <= minute) {
            long cause = waiting.firstKey();
            waiting.remove(cause).forEach(this::roll);
            unwritten.remove(cause);
            newestCause = Math.max(newestCause, cause);
        }
        reached = Math.max(reached, minute);
        rollUp.apply(new FactPartial(0, clock, false, "", "", List.of()));
        rollUp.publishRolling(value -> {});
    }

    private void roll(Place place, Amount amount) {
        var sum = new FactSum(place.measure(), amount.amount);
        var entry = new FactEntry(place.value(), place.minute(), amount.newest, List.of(sum), Facts.NO_CAUSE);
        rollUp.apply(new FactPartial(0, 0L, false, "", place.dimension(), List.of(entry)));
    }

    /** Everything is to be looked at once more. */
    void publishAgain() {
        rollUp.publishAgain();
    }

    /** Takes in a row that {@link #drain} wrote. */
    boolean restore(String key, byte[] row) {
        if (key.startsWith(WAITING)) {
            long cause = Long.parseLong(key.substring(WAITING.length()));
            waiting.put(cause, read(row));
            written.add(cause);
        } else if (key.equals(REACHED)) {
            reached = Rows.longAt(row, 0);
            newestCause = Rows.longAt(row, 1);
        } else {
            rows.put(key.substring(PANES.length()), row);
        }
        return true;
    }

    /** Every row has come. */
    void restored() {
        rollUp.restore(new PaneStore() {
            @Override
            public void put(String key, byte[] row) {
                throw new IllegalStateException("Row " + key + " written while the rows are read");
            }

            @Override
            public void delete(String key) {
                throw new IllegalStateException("Row " + key + " deleted while the rows are read");
            }

            @Override
            public void scan(BiConsumer<String, byte[]> visitor) {
                rows.forEach(visitor);
            }
        });
        rows.clear();
    }

    /** Writes the rows that differ. */
    void drain(PaneStore store) {
        for (long cause : unwritten) {
            store.put(WAITING + cause, write(waiting.get(cause)));
        }
        for (long cause : List.copyOf(written)) {
            if (!waiting.containsKey(cause)) {
                store.delete(WAITING + cause);
                written.remove(cause);
            }
        }
        written.addAll(unwritten);
        unwritten.clear();
        if (reached != NOWHERE) {
            store.put(REACHED, Rows.longs(reached, newestCause));
        }
        rollUp.drain(new PaneStore() {
            @Override
            public void put(String key, byte[] row) {
                store.put(PANES + key, row);
            }

            @Override
            public void delete(String key) {
                store.delete(PANES + key);
            }

            @Override
            public void scan(BiConsumer<String, byte[]> visitor) {
                throw new IllegalStateException("Rows read while they are written");
            }
        });
    }

    private static byte[] write(Map<Place, Amount> facts) {
        List<byte[]> texts = facts.keySet().stream()
                .flatMap(place -> Stream.of(place.dimension(), place.value(), place.measure()))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int bytes = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        ByteBuffer row = ByteBuffer.allocate(bytes + facts.size() * 3 * Long.BYTES);
        int at = 0;
        for (var fact : facts.entrySet()) {
            for (int text = 0; text < 3; text++) {
                row.putInt(texts.get(at).length).put(texts.get(at));
                at++;
            }
            row.putLong(fact.getKey().minute()).putLong(fact.getValue().amount).putLong(fact.getValue().newest);
        }
        return row.array();
    }

    private static Map<Place, Amount> read(byte[] written) {
        var facts = new HashMap<Place, Amount>();
        for (var row = ByteBuffer.wrap(written); row.hasRemaining(); ) {
            String dimension = text(row);
            String value = text(row);
            String measure = text(row);
            var place = new Place(dimension, value, row.getLong(), measure);
            var amount = new Amount();
            amount.amount = row.getLong();
            amount.newest = row.getLong();
            facts.put(place, amount);
        }
        return facts;
    }

    private static String text(ByteBuffer row) {
        byte[] text = new byte[row.getInt()];
        row.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
