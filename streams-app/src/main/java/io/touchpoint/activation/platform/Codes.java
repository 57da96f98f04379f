package io.touchpoint.activation.platform;

import java.util.Locale;

/** What platforms say about an error is for receipts and logs only as far as it repeats nothing of the request. */
final class Codes {

    private static final int LONGEST = 60;

    private Codes() {}

    /** The text as a code of capital letters, digits and underscores; the other where it is none of a sensible length. */
    static String of(String text, String other) {
        var code = text.strip().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        return code.isEmpty() || code.length() > LONGEST || text.contains("@") || code.matches(".*[0-9A-F]{12}.*")
                ? other
                : code;
    }
}
