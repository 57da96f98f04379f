package io.touchpoint.domain.customer;

/** Collects the instants at which something about a customer changes by itself, seen from one instant. */
final class Deadlines {

    /** No deadline. */
    static final long NEVER = Long.MAX_VALUE;

    private final long now;
    private long last;
    private long next = NEVER;

    Deadlines(long now) {
        this.now = now;
    }

    /** {@return epoch milliseconds from which the deadlines are seen} */
    long now() {
        return now;
    }

    /** Adds an instant, past or to come. */
    void add(long instant) {
        if (instant <= now) {
            last = Math.max(last, instant);
        } else {
            next = Math.min(next, instant);
        }
    }

    /** {@return the newest instant that is not after now, 0 when there is none} */
    long last() {
        return last;
    }

    /** {@return the first instant after now, {@link #NEVER} when there is none} */
    long next() {
        return next;
    }
}
