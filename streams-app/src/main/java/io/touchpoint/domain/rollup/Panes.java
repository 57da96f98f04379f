package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Histogram;
import io.touchpoint.domain.catalogue.Resolution;
import java.util.Arrays;
import java.util.List;

/**
 * The panes of one measure in one segment at one resolution, and the sums of the windows over them, kept as facts come and
 * the clock moves. Only panes with facts take room. A fact costs a search among them, whatever the length of a window;
 * moving the clock costs the panes that enter or leave a window, however far it moves.
 *
 * <p>Panes after the clock's wait. Panes before the longest window are forgotten, but for the newest with facts: it says since when
 * a window has been empty.
 */
final class Panes {
    private final Resolution resolution;
    private final int[] lengths;
    private final long[] sums;
    private final Histogram[] histograms;
    private final int longest;
    private final Cells cells;
    private long current;
    private long newestCounted = Cells.NONE;
    private long counted;

    /**
     * @param windows lengths in panes, each at least 1
     * @param bucketed whether values are told apart by bucket
     */
    Panes(Resolution resolution, List<Integer> windows, boolean bucketed) {
        this.resolution = resolution;
        cells = new Cells(chunk(resolution));
        lengths = windows.stream().mapToInt(Integer::intValue).toArray();
        sums = new long[lengths.length];
        longest = Arrays.stream(lengths).max().orElseThrow();
        histograms = new Histogram[bucketed ? lengths.length : 0];
        Arrays.setAll(histograms, at -> new Histogram());
    }

    /**
     * Adds to a pane.
     *
     * @param time of the newest fact, epoch milliseconds
     * @return whether the value of a window, or its time, may differ now
     */
    boolean add(long pane, int bucket, long amount, long time) {
        if (pane <= current - longest) {
            return rememberNewest(pane, bucket, amount, time);
        }
        int at = cells.slot(Cells.number(pane, bucket));
        cells.add(at, amount, time);
        if (pane > current) {
            return false;
        }
        boolean newer = time > newestCounted;
        newestCounted = Math.max(newestCounted, time);
        if (amount != 0) {
            for (int window = 0; window < lengths.length; window++) {
                if (pane > current - lengths[window]) {
                    count(window, bucket, amount);
                }
            }
        }
        return newer || amount != 0;
    }

    /** Moves the clock to a pane, never back; returns whether panes were forgotten. */
    boolean advanceTo(long pane) {
        if (pane <= current) {
            return false;
        }
        if (!cells.isEmpty()) {
            for (int window = 0; window < lengths.length; window++) {
                count(window, current, pane, 1);
                count(window, current - lengths[window], pane - lengths[window], -1);
            }
            for (int at = cells.from(current + 1); at < cells.end() && cells.paneAt(at) <= pane; at++) {
                newestCounted = Math.max(newestCounted, cells.newestAt(at));
            }
        }
        current = pane;
        int before = cells.first();
        if (!cells.isEmpty() && cells.paneAt(before) <= current - longest) {
            long keep = Math.min(current - longest + 1, resolution.paneAt(newestCounted));
            cells.forgetBefore(cells.from(keep));
        }
        return cells.first() > before;
    }

    /** The sum over the window of that length. */
    long sum(int length) {
        return sums[window(length)];
    }

    /** The values in the window of that length. */
    Histogram histogram(int length) {
        return histograms[window(length)];
    }

    /** The newest fact up to the clock's pane, epoch milliseconds, or {@link Cells#NONE}. */
    long newest() {
        return newestCounted;
    }

    /**
     * When the window of that length last changed, by a fact or by age, epoch milliseconds; {@link Cells#NONE} when it never
     * had a fact. A window that has become empty changes no more.
     */
    long changedAt(int length) {
        if (newestCounted == Cells.NONE) {
            return Cells.NONE;
        }
        long pane = resolution.paneAt(newestCounted);
        return pane > current - length
                ? Math.max(newestCounted, resolution.startOf(current))
                : resolution.startOf(pane + length);
    }

    /** How often a cell was added to the sum of a window or taken out of one: what facts and the clock cost, beside a search among the cells. */
    long counted() {
        return counted;
    }

    Cells cells() {
        return cells;
    }

    /** Takes in a row as it was written, before the clock was moved. */
    void restore(long chunk, byte[] row) {
        CellRow.read(row, (number, amount, time) -> add(Cells.pane(number), Cells.bucket(number), amount, time));
        cells.restored(chunk);
    }

    /** Panes that are written as one row. */
    private static int chunk(Resolution resolution) {
        return switch (resolution) {
            case MINUTE -> 60;
            case HOUR -> 24;
            case DAY -> 32;
            case EVER -> 1;
        };
    }

    /** A fact before every window changes none, but may be the newest there is. */
    private boolean rememberNewest(long pane, int bucket, long amount, long time) {
        if (time <= newestCounted) {
            return false;
        }
        newestCounted = time;
        int at = cells.slot(Cells.number(pane, bucket));
        cells.add(at, amount, time);
        cells.forgetBefore(cells.from(pane));
        return true;
    }

    private void count(int window, long after, long upTo, int sign) {
        for (int at = cells.from(after + 1); at < cells.end() && cells.paneAt(at) <= upTo; at++) {
            if (cells.amountAt(at) != 0) {
                count(window, cells.bucketAt(at), sign * cells.amountAt(at));
            }
        }
    }

    private void count(int window, int bucket, long amount) {
        counted++;
        sums[window] += amount;
        if (histograms.length > 0) {
            histograms[window].add(bucket, amount);
        }
    }

    private int window(int length) {
        for (int window = 0; window < lengths.length; window++) {
            if (lengths[window] == length) {
                return window;
            }
        }
        throw new IllegalArgumentException(
                "Window of " + length + " panes (expected: one of " + Arrays.toString(lengths) + ")");
    }
}
