package io.touchpoint.domain.alert;

import io.touchpoint.domain.alert.Finding.Answer;

/**
 * Whether a rule fires in a segment. It fires once the condition has held for as long as the rule asks, without a break, and is over once
 * the condition is clear, or nothing could be said for as long as the window is long. What lies between the line and the clear level
 * changes nothing once it has fired, so a value that wanders about the line is one incident.
 */
final class Incident {
    /** Nothing has happened. */
    private static final long NEVER = Long.MIN_VALUE;

    /** What has just come about. */
    enum Turn {
        NONE,
        FIRED,
        /** The condition is clear. */
        CLEARED,
        /** Nothing could be said for too long. */
        LAPSED
    }

    private final long lasts;
    private final long longestGap;
    private long heldSince;
    private long openedAt;
    private long silentSince;
    private boolean over;

    /**
     * @param lasts how long the condition must hold, milliseconds
     * @param longestGap how long nothing may be known, milliseconds
     */
    Incident(long lasts, long longestGap) {
        this(lasts, longestGap, NEVER, NEVER, NEVER);
    }

    Incident(long lasts, long longestGap, long heldSince, long openedAt, long silentSince) {
        this.lasts = lasts;
        this.longestGap = longestGap;
        this.heldSince = heldSince;
        this.openedAt = openedAt;
        this.silentSince = silentSince;
    }

    /** When it fired, epoch milliseconds; also just after it is over. */
    long openedAt() {
        return openedAt;
    }

    /** Whether it fires. */
    boolean isOpen() {
        return openedAt != NEVER && !over;
    }

    /** Whether the passing of time alone may change it. */
    boolean waits() {
        return isOpen() ? silentSince != NEVER : heldSince != NEVER;
    }

    /** What must be kept; nothing where nothing has happened. */
    long[] kept() {
        return isOpen() || waits() ? new long[] {heldSince, isOpen() ? openedAt : NEVER, silentSince} : new long[0];
    }

    /**
     * Takes in what was found.
     *
     * @param clock epoch milliseconds, never before that of the last time
     */
    Turn take(Answer answer, long clock) {
        return isOpen() ? open(answer, clock) : closed(answer, clock);
    }

    private Turn closed(Answer answer, long clock) {
        if (answer != Answer.HOLDS) {
            heldSince = NEVER;
            return Turn.NONE;
        }
        if (heldSince == NEVER) {
            heldSince = clock;
        }
        if (clock - heldSince < lasts) {
            return Turn.NONE;
        }
        openedAt = clock;
        over = false;
        silentSince = NEVER;
        return Turn.FIRED;
    }

    private Turn open(Answer answer, long clock) {
        if (answer == Answer.UNKNOWN) {
            silentSince = silentSince == NEVER ? clock : silentSince;
            return clock - silentSince >= longestGap ? close(Turn.LAPSED) : Turn.NONE;
        }
        silentSince = NEVER;
        return answer == Answer.CLEAR ? close(Turn.CLEARED) : Turn.NONE;
    }

    private Turn close(Turn turn) {
        over = true;
        heldSince = NEVER;
        silentSince = NEVER;
        return turn;
    }
}
