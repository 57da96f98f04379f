package io.touchpoint.domain.rollup;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How the calendar is read.
 *
 * @param zone whose midnights begin the days
 * @param grace how long after its end a period waits for late facts before it is final
 * @param history how far back facts may still come
 */
public record CalendarRules(ZoneId zone, Duration grace, Duration history) {}
