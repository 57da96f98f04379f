package io.touchpoint.serdes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings that come again and again, each once in memory: with their hash at hand, and equal at first sight. What comes once only, such as an id, is made anew and not
 * kept. Not thread-safe.
 */
final class SharedStrings {

    private static final int LONGEST = 24;
    private static final int PLACES = 1 << 10;

    private static final class Place {
        private byte[] bytes;
        private String string;
        /** Hash of what was last looked for here in vain: only what follows upon itself gets the place. */
        private int missed;
    }

    private final Place[] places = new Place[PLACES];

    /** {@return the UTF-8 text that lies there} */
    String of(byte[] data, int from, int length) {
        if (length > LONGEST) {
            return new String(data, from, length, StandardCharsets.UTF_8);
        }
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + data[i];
        }
        int number = (hash ^ hash >>> 10 ^ hash >>> 20) & PLACES - 1;
        var place = places[number];
        if (place == null) {
            place = new Place();
            places[number] = place;
        } else if (place.string != null
                && Arrays.equals(place.bytes, 0, place.bytes.length, data, from, from + length)) {
            return place.string;
        }
        var string = new String(data, from, length, StandardCharsets.UTF_8);
        if (place.missed == hash) {
            place.bytes = Arrays.copyOfRange(data, from, from + length);
            place.string = string;
        }
        place.missed = hash;
        return string;
    }
}
