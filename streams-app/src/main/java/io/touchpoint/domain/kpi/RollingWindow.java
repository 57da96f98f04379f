package io.touchpoint.domain.kpi;

/**
 * A window that moves with the clock: the pane that holds the clock and those just before it.
 *
 * @param id ISO-8601 duration, as it stands in keys
 * @param resolution width of a pane
 * @param panes how many panes it has, at least 1
 */
public record RollingWindow(String id, Resolution resolution, int panes) {
    static final RollingWindow ONE_HOUR = new RollingWindow("PT1H", Resolution.MINUTE, 60);
    static final RollingWindow ONE_DAY = new RollingWindow("PT24H", Resolution.HOUR, 24);
    static final RollingWindow SEVEN_DAYS = new RollingWindow("P7D", Resolution.HOUR, 168);
    static final RollingWindow THIRTY_DAYS = new RollingWindow("P30D", Resolution.DAY, 30);
    static final RollingWindow NINETY_DAYS = new RollingWindow("P90D", Resolution.DAY, 90);

    /** Everything there ever was, for measures that do not age. */
    static final RollingWindow TOTAL = new RollingWindow("PT0S", Resolution.EVER, 1);
}
