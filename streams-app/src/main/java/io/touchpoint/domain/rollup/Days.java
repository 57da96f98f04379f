package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Histogram;

/**
 * The amounts of one measure in one segment by day of the calendar, from which every period is summed. Only days with facts
 * take room.
 */
final class Days {
    /** Days that are written as one row. */
    private static final int CHUNK = 32;

    private final Cells cells = new Cells(CHUNK);
    private int counting;
    private int kept = Integer.MIN_VALUE;

    /**
     * Adds to a day.
     *
     * @param day of the epoch
     * @param time of the newest fact, epoch milliseconds
     * @return false when the day is forgotten
     */
    boolean add(int day, int bucket, long amount, long time) {
        if (day < kept) {
            return false;
        }
        add(cells.slot(Cells.number(day, bucket)), amount, time);
        return true;
    }

    private void add(int place, long amount, long time) {
        counting -= cells.amountAt(place) == 0 ? 0 : 1;
        cells.add(place, amount, time);
        counting += cells.amountAt(place) == 0 ? 0 : 1;
    }

    /** Whether there is, or was, a day whose facts do not cancel out. */
    boolean counts() {
        return counting > 0;
    }

    /** The sum of the days from one on and before another. */
    long sum(int from, int before) {
        long sum = 0;
        for (int at = cells.from(from); at < cells.end() && cells.paneAt(at) < before; at++) {
            sum += cells.amountAt(at);
        }
        return sum;
    }

    /** Adds the values of these days. */
    void addTo(Histogram histogram, int from, int before) {
        for (int at = cells.from(from); at < cells.end() && cells.paneAt(at) < before; at++) {
            histogram.add(cells.bucketAt(at), cells.amountAt(at));
        }
    }

    /** The newest fact of these days, epoch milliseconds, or {@link Cells#NONE}. */
    long newest(int from, int before) {
        long newest = Cells.NONE;
        for (int at = cells.from(from); at < cells.end() && cells.paneAt(at) < before; at++) {
            newest = Math.max(newest, cells.newestAt(at));
        }
        return newest;
    }

    /**
     * The first day from one on and before another whose facts do not cancel out, {@link Integer#MAX_VALUE} when there is none:
     * what was counted and taken back again must not show, for in another order it might never have been counted.
     */
    int firstIn(int from, int before) {
        for (int at = cells.from(from); at < cells.end() && cells.paneAt(at) < before; at++) {
            if (cells.amountAt(at) != 0) {
                return (int) cells.paneAt(at);
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Forgets the days before one, but for the last that counted, to say that there was one; returns whether there were any. */
    boolean forgetBefore(int day) {
        kept = Math.max(kept, day);
        int place = cells.from(day);
        if (place > cells.first()) {
            place = cells.from(cells.paneAt(lastCounted(place - 1)));
        }
        boolean any = place > cells.first();
        for (int at = cells.first(); at < place; at++) {
            counting -= cells.amountAt(at) == 0 ? 0 : 1;
        }
        cells.forgetBefore(place);
        return any;
    }

    /** The place of the last cell up to one whose facts do not cancel out; that one when there is none. */
    private int lastCounted(int upTo) {
        for (int at = upTo; at >= cells.first(); at--) {
            if (cells.amountAt(at) != 0) {
                return at;
            }
        }
        return upTo;
    }

    Cells cells() {
        return cells;
    }

    /** Takes in a row as it was written. */
    void restore(long chunk, byte[] row) {
        CellRow.read(row, (number, amount, time) -> add(cells.slot(number), amount, time));
        cells.restored(chunk);
    }
}
