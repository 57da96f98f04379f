package io.touchpoint.domain.tally;

import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the suppressions that hold, by scope and by reason, from the changes as they are published: the newest of each key counts. What a key was before is
 * kept as a byte under a hash of 64 bits, up to 24 bytes a suppression; among ten million the odds that two share one are 1 in 300,000. Not for several threads.
 */
public final class SuppressionTally {

    /** So many minutes back it is known how many were added and lifted. */
    public static final int MINUTES = 60;

    private static final int SCOPE_BITS = 2;
    private static final int MOST_REASONS = 6;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final ByteTable held = new ByteTable();
    private final long[] byScope = new long[SuppressionScope.values().length];
    private final List<String> reasons = new ArrayList<>();
    private final long[] byReason = new long[MOST_REASONS];
    private final Minute[] ring = new Minute[MINUTES];

    /**
     * What was decided in a minute.
     *
     * @param at its start, epoch milliseconds
     * @param added suppressions that hold and did not before
     * @param extended those that held already, with another end, reason or cause
     * @param lifted those that hold no more
     */
    public record Minute(long at, long added, long extended, long lifted) {}

    /** {@return how many hold} */
    public long active() {
        return held.size();
    }

    /** {@return how many hold by scope; scopes that none has are left out} */
    public Map<String, Long> scopes() {
        var counts = new LinkedHashMap<String, Long>();
        for (var scope : SuppressionScope.values()) {
            if (byScope[scope.ordinal()] > 0) {
                counts.put(scope.name(), byScope[scope.ordinal()]);
            }
        }
        return counts;
    }

    /** {@return how many hold by reason; one that holds for two counts for both} */
    public Map<String, Long> reasons() {
        var counts = new LinkedHashMap<String, Long>();
        reasons.stream().sorted().forEach(reason -> {
            long count = byReason[reasons.indexOf(reason)];
            if (count > 0) {
                counts.put(reason, count);
            }
        });
        return counts;
    }

    /**
     * {@return what was decided in each of the last minutes, the oldest first; the one that runs is the last}
     *
     * @param now epoch milliseconds
     */
    public List<Minute> minutes(long now) {
        var minutes = new ArrayList<Minute>(MINUTES);
        long newest = now / MINUTE_MILLIS;
        for (long number = newest - MINUTES + 1; number <= newest; number++) {
            var kept = ring[slot(number)];
            long at = number * MINUTE_MILLIS;
            minutes.add(kept != null && kept.at() == at ? kept : new Minute(at, 0, 0, 0));
        }
        return minutes;
    }

    /**
     * Takes what was published.
     *
     * @param value null when the key is gone
     */
    public void take(String key, Suppression value) {
        replace(key, value);
    }

    /**
     * Takes what was published just now, and counts it in its minute.
     *
     * @param now epoch milliseconds
     */
    public void take(String key, Suppression value, long now) {
        boolean before = replace(key, value);
        boolean after = holds(value);
        if (before || after) {
            long number = now / MINUTE_MILLIS;
            long at = number * MINUTE_MILLIS;
            var kept = ring[slot(number)];
            var minute = kept != null && kept.at() == at ? kept : new Minute(at, 0, 0, 0);
            ring[slot(number)] = new Minute(
                    at,
                    minute.added() + (after && !before ? 1 : 0),
                    minute.extended() + (after && before ? 1 : 0),
                    minute.lifted() + (after ? 0 : 1));
        }
    }

    private static int slot(long minute) {
        return (int) Math.floorMod(minute, (long) MINUTES);
    }

    private static boolean holds(Suppression value) {
        return value != null && value.getState() == SuppressionState.ACTIVE;
    }

    /** {@return whether it held before} */
    private boolean replace(String key, Suppression value) {
        long hash = hash(key);
        byte before = holds(value) ? held.put(hash, pack(value)) : held.remove(hash);
        if (before != 0) {
            count(before, -1);
        }
        if (holds(value)) {
            count(pack(value), 1);
        }
        return before != 0;
    }

    private void count(byte packed, int by) {
        byScope[(packed & ((1 << SCOPE_BITS) - 1)) - 1] += by;
        for (int reason = 0; reason < reasons.size(); reason++) {
            if ((packed >> (SCOPE_BITS + reason) & 1) == 1) {
                byReason[reason] += by;
            }
        }
    }

    private byte pack(Suppression value) {
        int packed = value.getScope().ordinal() + 1;
        for (var reason : value.getReasons()) {
            packed |= 1 << (SCOPE_BITS + indexOf(reason));
        }
        return (byte) packed;
    }

    /** The policy knows four; should there ever be more than fit, the last place counts them together. */
    private int indexOf(String reason) {
        int known = reasons.indexOf(reason);
        if (known >= 0) {
            return known;
        }
        if (reasons.size() < MOST_REASONS) {
            reasons.add(reason);
        }
        return reasons.size() - 1;
    }

    private static long hash(String key) {
        long hash = FNV_BASIS;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * FNV_PRIME;
        }
        return hash ^ hash >>> 32;
    }
}
