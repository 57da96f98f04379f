package io.touchpoint.queries;

import io.javalin.http.Context;
import io.touchpoint.domain.kpi.PeriodKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters of requests; what is wrong with one ends the request. */
final class Parameters {

    private static final int MOST_CHARACTERS = 300;

    private static final Pattern BROKEN = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private Parameters() {}

    /** {@return a whole number, the fallback when it is absent} */
    static int whole(Context request, String name, int fallback, int least, int most) {
        var given = text(request, name, null);
        if (given == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw wrong(name, "a whole number, " + least + " to " + most);
    }

    /** {@return one of some words, the fallback when it is absent} */
    static String oneOf(Context request, String name, String fallback, Set<String> words) {
        var given = text(request, name, fallback);
        if (given != null && !words.contains(given)) {
            throw wrong(name, "one of " + words.stream().sorted().toList());
        }
        return given;
    }

    /** {@return an instant, the fallback when it is absent} */
    static Instant instant(Context request, String name, Instant fallback) {
        var given = text(request, name, null);
        try {
            return given == null ? fallback : Instant.parse(given);
        } catch (DateTimeParseException none) {
            throw wrong(name, "a time such as 2024-01-31T09:30:00Z");
        }
    }

    /** {@return the name of a period, the fallback when it is absent} */
    static String period(Context request, String name, PeriodKind kind, String fallback) {
        var given = text(request, name, null);
        var example = kind.name(kind.startOf(LocalDate.EPOCH));
        if (given != null && !given.matches(example.replaceAll("[0-9]", "[0-9]"))) {
            throw wrong(name, "a " + kind + " such as " + example);
        }
        return given == null ? fallback : given;
    }

    /** {@return a text, the fallback when it is absent} */
    static String text(Context request, String name, String fallback) {
        var given = decoded(request, name);
        if (given != null && given.length() > MOST_CHARACTERS) {
            throw wrong(name, "at most " + MOST_CHARACTERS + " characters");
        }
        return given == null || given.isEmpty() ? fallback : given;
    }

    private static String decoded(Context request, String name) {
        var given = request.queryString();
        if (given != null && BROKEN.matcher(given).find()) {
            // Else the parameter would count as absent.
            throw wrong("a parameter", "percent-encoded UTF-8");
        }
        return request.queryParam(name);
    }

    /** What was given is not repeated: it may be anything. */
    static Problem.Raised wrong(String name, String expected) {
        return new Problem.Raised(Problem.badRequest(name + " is something else (expected: " + expected + ")"));
    }
}
