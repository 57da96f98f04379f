package io.touchpoint.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: a number and a unit. */
final class Quantities {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]+)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES = Map.of(
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);

    private Quantities() {}

    /** The text is not what was expected. */
    static final class Unreadable extends Exception {}

    static Duration duration(String text) throws Unreadable {
        try {
            if (text.startsWith("P")) {
                return Duration.parse(text);
            }
            var parts = NUMBER_AND_UNIT.matcher(text);
            var unit = parts.matches() ? TIMES.get(parts.group(2)) : null;
            if (unit == null) {
                throw new Unreadable();
            }
            return unit.multipliedBy(Long.parseLong(parts.group(1)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new Unreadable();
        }
    }

    static long bytes(String text) throws Unreadable {
        var parts = NUMBER_AND_UNIT.matcher(text);
        var unit = parts.matches() ? SIZES.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new Unreadable();
        }
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new Unreadable();
        }
    }
}
