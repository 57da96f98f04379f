package io.touchpoint.domain.catalogue;

/** How wide a pane is. Panes are aligned to the epoch in UTC and numbered from there. */
public enum Resolution {
    MINUTE(1),
    HOUR(60),
    DAY(24 * 60),
    /** One pane that holds all of time and never ages. */
    EVER(0);

    private static final long MINUTE_MILLIS = 60_000L;

    private final int minutes;

    Resolution(int minutes) {
        this.minutes = minutes;
    }

    /** The pane that holds a minute of the epoch. */
    public long pane(long minute) {
        return this == EVER ? 0 : Math.floorDiv(minute, minutes);
    }

    /** The pane that holds an instant, epoch milliseconds. */
    public long paneAt(long millis) {
        return pane(Math.floorDiv(millis, MINUTE_MILLIS));
    }

    /** When the pane of the instant began, epoch milliseconds; {@link Long#MIN_VALUE} when it has no beginning. */
    public long startAt(long millis) {
        return this == EVER ? Long.MIN_VALUE : paneAt(millis) * minutes * MINUTE_MILLIS;
    }

    /** When a pane begins, epoch milliseconds; {@link Long#MIN_VALUE} when it has no beginning. */
    public long startOf(long pane) {
        return this == EVER ? Long.MIN_VALUE : pane * minutes * MINUTE_MILLIS;
    }
}
