package io.touchpoint.queries;

import io.javalin.http.Context;
import java.util.Set;

/** Reads the parameters of requests; what is wrong with one ends the request. */
final class Parameters {

    private static final int MOST_CHARACTERS = 300;

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

    /** {@return a text, the fallback when it is absent} */
    static String text(Context request, String name, String fallback) {
        var given = request.queryParam(name);
        if (given != null && given.length() > MOST_CHARACTERS) {
            throw wrong(name, "at most " + MOST_CHARACTERS + " characters");
        }
        return given == null || given.isEmpty() ? fallback : given;
    }

    /** What was given is not repeated: it may be anything. */
    static Problem.Raised wrong(String name, String expected) {
        return new Problem.Raised(Problem.badRequest(name + " is something else (expected: " + expected + ")"));
    }
}
