package io.touchpoint.config;

import java.util.Locale;

/**
 * One key of the configuration.
 *
 * @param fallback the default, as one would write it; empty is absent
 * @param secret never shown
 * @param doc one or two sentences for people
 */
record Setting<T>(String key, Kind<T> kind, String fallback, boolean secret, String doc) {

    static final String ENVIRONMENT_PREFIX = "TOUCHPOINT_";

    static <T> Setting<T> of(String key, Kind<T> kind, String fallback, String doc) {
        return new Setting<>(key, kind, fallback, false, doc);
    }

    static <T> Setting<T> secret(String key, Kind<T> kind, String doc) {
        return new Setting<>(key, kind, "", true, doc);
    }

    /** The environment variable of the same meaning. */
    String variable() {
        return ENVIRONMENT_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
