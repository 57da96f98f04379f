package io.touchpoint.domain.catalogue;

import java.time.Duration;
import java.util.List;

/**
 * A window that moves with the clock: the pane that holds the clock and those just before it.
 *
 * @param id ISO-8601 duration, as it stands in keys
 * @param resolution width of a pane
 * @param panes how many panes it has, at least 1
 */
public record RollingWindow(String id, Resolution resolution, int panes) {
    public static final RollingWindow ONE_HOUR = new RollingWindow("PT1H", Resolution.MINUTE, 60);
    public static final RollingWindow ONE_DAY = new RollingWindow("PT24H", Resolution.HOUR, 24);
    public static final RollingWindow SEVEN_DAYS = new RollingWindow("P7D", Resolution.HOUR, 168);
    public static final RollingWindow THIRTY_DAYS = new RollingWindow("P30D", Resolution.DAY, 30);
    public static final RollingWindow NINETY_DAYS = new RollingWindow("P90D", Resolution.DAY, 90);

    /** Everything there ever was, for measures that do not age. */
    public static final RollingWindow TOTAL = new RollingWindow("PT0S", Resolution.EVER, 1);

    /** All that age. */
    static final List<RollingWindow> ALL = List.of(ONE_HOUR, ONE_DAY, SEVEN_DAYS, THIRTY_DAYS, NINETY_DAYS);

    /** Those of whole days, for what is known by the day. */
    static final List<RollingWindow> DAYS = List.of(THIRTY_DAYS, NINETY_DAYS);

    /** {@return how many days long it is, rounded down} */
    public long days() {
        return Duration.parse(id).toDays();
    }

    /** {@return whether it begins with a day, in UTC} */
    public boolean ofWholeDays() {
        return resolution == Resolution.DAY;
    }

    /** The window and the one before it, as one. */
    public RollingWindow withTheOneBefore() {
        return new RollingWindow(id, resolution, 2 * panes);
    }
}
