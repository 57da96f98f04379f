package io.touchpoint.config;

import io.touchpoint.config.Quantities.Unreadable;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the text of a setting is read.
 *
 * @param expected what is accepted, for messages and the documentation
 */
record Kind<T>(String expected, Reading<T> reading) {

    /** Turns text into a value. */
    interface Reading<T> {
        /** @throws Unreadable when the text is none of the expected */
        T read(String text) throws Unreadable;
    }

    static final Kind<String> TEXT = new Kind<>("text", Kind::nonEmpty);
    static final Kind<String> MEMBER = new Kind<>(
            "up to 200 letters, digits, '.', '_' and '-'", text -> within(text, text.matches("[a-zA-Z0-9._-]{1,200}")));
    static final Kind<String> ADDRESS = new Kind<>(
            "host:port",
            text -> within(text, text.matches("([A-Za-z0-9._-]{1,255}|\\[[0-9a-fA-F:.]{2,45}]):[0-9]{1,5}")));
    static final Kind<Path> PATH = new Kind<>("a path", text -> Path.of(nonEmpty(text)));
    static final Kind<Boolean> FLAG = new Kind<>("true or false", Kind::flag);
    static final Kind<List<URI>> URLS = new Kind<>("http or https URLs, separated by commas", Kind::urls);

    static final Kind<List<String>> KPIS = new Kind<>("ids of KPIs, separated by commas", Kind::kpis);

    static final Kind<ZoneId> ZONE = new Kind<>("a time zone such as UTC or Europe/Berlin", Kind::zone);

    T read(String text) throws Unreadable {
        return reading.read(text.strip());
    }

    /** Absent when the text is empty. */
    Kind<Optional<T>> optional() {
        return new Kind<>(expected, text -> text.isEmpty() ? Optional.empty() : Optional.of(reading.read(text)));
    }

    /** Absent when the text is this word. */
    Kind<Optional<T>> or(String word) {
        return new Kind<>(
                expected + ", or " + word,
                text -> text.equals(word) ? Optional.empty() : Optional.of(reading.read(text)));
    }

    static Kind<Integer> whole(int least, int most) {
        return new Kind<>("a whole number, " + least + " to " + most, text -> {
            try {
                int value = Integer.parseInt(text);
                return within(value, least <= value && value <= most);
            } catch (NumberFormatException e) {
                throw new Unreadable();
            }
        });
    }

    static Kind<Double> share() {
        return new Kind<>("a number above 0, at most 1", text -> {
            try {
                double value = Double.parseDouble(text);
                return within(value, value > 0 && value <= 1);
            } catch (NumberFormatException e) {
                throw new Unreadable();
            }
        });
    }

    static Kind<Duration> duration(Duration least, Duration most) {
        return new Kind<>("a duration such as 100ms, 10s, 5m, 24h, 7d or P7D, " + least + " to " + most, text -> {
            var value = Quantities.duration(text);
            return within(value, value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
        });
    }

    static Kind<Long> bytes(String least, String most) {
        return new Kind<>("a size such as 512KiB or 64MiB, " + least + " to " + most, text -> {
            long value = Quantities.bytes(text);
            return within(value, value >= Quantities.bytes(least) && value <= Quantities.bytes(most));
        });
    }

    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        var names = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
        return new Kind<>(names, text -> {
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new Unreadable();
            }
        });
    }

    private static <V> V within(V value, boolean inRange) throws Unreadable {
        if (!inRange) {
            throw new Unreadable();
        }
        return value;
    }

    private static String nonEmpty(String text) throws Unreadable {
        return within(text, !text.isEmpty());
    }

    private static boolean flag(String text) throws Unreadable {
        return within(text.equals("true"), text.equals("true") || text.equals("false"));
    }

    private static ZoneId zone(String text) throws Unreadable {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Unreadable();
        }
    }

    private static List<String> kpis(String text) throws Unreadable {
        var ids = Arrays.stream(text.split(",")).map(String::strip).toList();
        var known = KpiCatalogue.standard().kpis().stream().map(Kpi::id).toList();
        return within(ids, known.containsAll(ids));
    }

    private static List<URI> urls(String text) throws Unreadable {
        try {
            var urls = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .map(URI::create)
                    .toList();
            boolean allHttp = urls.stream()
                    .allMatch(url -> url.getHost() != null
                            && (url.getScheme().equals("http")
                                    || url.getScheme().equals("https")));
            return within(urls, allHttp);
        } catch (IllegalArgumentException e) {
            throw new Unreadable();
        }
    }
}
