package io.touchpoint.domain.customer;

import io.touchpoint.records.Touch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps the newest few of the touches it is offered, newest first; equal times are ordered by kind and detail, so that arrival does not matter. */
final class NewestTouches {

    private static final int KEPT = 10;

    private final long after;
    private final long[] times = new long[KEPT];
    private final String[] kinds = new String[KEPT];
    private final String[] details = new String[KEPT];
    private int size;

    /**
     * @param after epoch milliseconds; touches before it are left out
     */
    NewestTouches(long after) {
        this.after = after;
    }

    /**
     * @param detail null where there is none to name
     */
    void offer(long at, String kind, String detail) {
        if (at < after || size == KEPT && !before(at, kind, detail, KEPT - 1)) {
            return;
        }
        int place = size < KEPT ? size++ : KEPT - 1;
        while (place > 0 && before(at, kind, detail, place - 1)) {
            times[place] = times[place - 1];
            kinds[place] = kinds[place - 1];
            details[place] = details[place - 1];
            place--;
        }
        times[place] = at;
        kinds[place] = kind;
        details[place] = detail;
    }

    private boolean before(long at, String kind, String detail, int other) {
        if (at != times[other]) {
            return at > times[other];
        }
        int order = kind.compareTo(kinds[other]);
        return order != 0 ? order > 0 : text(detail).compareTo(text(details[other])) > 0;
    }

    private static String text(String detail) {
        return detail == null ? "" : detail;
    }

    List<Touch> touches() {
        var touches = new ArrayList<Touch>(size);
        for (int i = 0; i < size; i++) {
            touches.add(new Touch(Instant.ofEpochMilli(times[i]), kinds[i], details[i]));
        }
        return touches;
    }
}
