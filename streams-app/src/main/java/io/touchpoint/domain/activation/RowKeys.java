package io.touchpoint.domain.activation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The keys of rows. */
final class RowKeys {

    static final String QUEUE = "q|";
    static final String TALLY = "a|";
    static final String BATCH = "b|";

    private static final int HASH_BYTES = 16;

    private RowKeys() {}

    /** By a hash: who was forgotten is not in the keys. */
    static String change(String changeKey) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(changeKey.getBytes(StandardCharsets.UTF_8));
            return "c|" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String memberships(String audience) {
        return "h|" + audience + "|";
    }

    static String membership(String audience, String identifier) {
        return memberships(audience) + identifier;
    }

    static String queue(String audience) {
        return QUEUE + audience + "|";
    }

    static String queued(String audience, long place) {
        return queue(audience) + HexFormat.of().toHexDigits(place);
    }

    static String batch(String audience) {
        return BATCH + audience;
    }

    static String tally(String audience) {
        return TALLY + audience;
    }

    /** The audience of a queued row. */
    static String audienceOfQueued(String key) {
        return key.substring(QUEUE.length(), key.lastIndexOf('|'));
    }

    /** The audience of a tally or a batch. */
    static String audienceOf(String key) {
        return key.substring(2);
    }
}
