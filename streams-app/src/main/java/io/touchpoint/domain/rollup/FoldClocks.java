package io.touchpoint.domain.rollup;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks of the fold tasks and, from them, the roll-up's: the least, so that no window closes before the slowest has
 * spoken. It never runs backwards. Until every task has spoken it stands at the epoch.
 */
final class FoldClocks {
    private final long[] clocks;
    private final Map<String, Map<Integer, Long>> ends = new HashMap<>();
    /** Rows that differ from what was handed over; without a value: to be deleted. */
    private final Map<String, Optional<Long>> dirty = new HashMap<>();

    private long now;
    private long publishedUntil = Long.MIN_VALUE;

    /** @param tasks how many fold tasks there are, numbered from 0 */
    FoldClocks(int tasks) {
        if (tasks < 1) {
            throw new IllegalArgumentException("Fold tasks: " + tasks + " (expected: at least 1)");
        }
        clocks = new long[tasks];
    }

    /** The roll-up's clock, epoch milliseconds; 0 until every task has spoken. */
    long now() {
        return now;
    }

    /** The latest end of a run that was published, epoch milliseconds; {@link Long#MIN_VALUE} without any. */
    long publishedUntil() {
        return publishedUntil;
    }

    /**
     * A task says how late it is.
     *
     * @throws IllegalArgumentException when there is no such task
     */
    void advance(int task, long clock) {
        if (task < 0 || task >= clocks.length) {
            throw new IllegalArgumentException(
                    "Clock of fold task " + task + " (expected: 0 to " + (clocks.length - 1) + ")");
        }
        if (clock <= clocks[task]) {
            return;
        }
        clocks[task] = clock;
        dirty.put(Rows.clock(task), Optional.of(clock));
        long least = Arrays.stream(clocks).min().orElseThrow();
        if (least > now) {
            now = least;
            dirty.put(Rows.NOW, Optional.of(now));
        }
    }

    /** A task has ended a run; returns the run when it was the last to do so. */
    Optional<CompletedRun> end(String run, int task, long until) {
        Map<Integer, Long> theirs = ends.computeIfAbsent(run, key -> new HashMap<>());
        theirs.put(task, until);
        dirty.put(Rows.end(run, task), Optional.of(until));
        if (theirs.size() < clocks.length) {
            return Optional.empty();
        }
        theirs.keySet().forEach(each -> dirty.put(Rows.end(run, each), Optional.empty()));
        ends.remove(run);
        long last = theirs.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        publishedUntil = Math.max(publishedUntil, last);
        dirty.put(Rows.UNTIL, Optional.of(publishedUntil));
        return Optional.of(new CompletedRun(run, last));
    }

    /** Takes in a row of a clock; false when it is of a task that is no more. */
    boolean restoreClock(int task, long clock) {
        if (task >= clocks.length) {
            return false;
        }
        clocks[task] = clock;
        return true;
    }

    void restoreNow(long clock) {
        now = clock;
    }

    void restoreUntil(long until) {
        publishedUntil = until;
    }

    void restoreEnd(String run, int task, long until) {
        ends.computeIfAbsent(run, key -> new HashMap<>()).put(task, until);
    }

    /** Writes the rows that differ. */
    void drain(PaneStore store) {
        dirty.forEach((key, value) ->
                value.ifPresentOrElse(millis -> store.put(key, Rows.longs(millis)), () -> store.delete(key)));
        dirty.clear();
    }
}
