package io.touchpoint.serdes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the schema registry is and how to speak to it.
 *
 * @param urls one or more base addresses of one registry, tried in turn; Apicurio's ends in {@code /apis/ccompat/v7}
 * @param requestTimeout how long one answer may take
 * @param retryFor how long to go on trying before {@link RegistryUnavailableException}; must stay well below
 *     {@code max.poll.interval.ms}
 * @param firstPause between the first two rounds; doubles up to five seconds
 * @param register whether the pipeline registers its own schemas; otherwise they must be there
 */
public record RegistrySettings(
        List<URI> urls,
        Credentials credentials,
        Tls tls,
        Duration requestTimeout,
        Duration retryFor,
        Duration firstPause,
        boolean register) {

    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no registry address (expected: at least one http or https URL)");
        }
    }

    /** Without authentication, with the default trust of the JVM, and default times. */
    public static RegistrySettings at(URI url) {
        return new RegistrySettings(
                List.of(url),
                new Credentials.None(),
                Tls.DEFAULT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMillis(100),
                true);
    }

    /** How the registry is to know us. */
    public sealed interface Credentials {

        /** Not at all. */
        record None() implements Credentials {}

        /** HTTP basic authentication. */
        record Basic(String user, String password) implements Credentials {
            @Override
            public String toString() {
                return "Basic[user=" + user + "]";
            }
        }

        /** A bearer token. */
        record Bearer(String token) implements Credentials {
            @Override
            public String toString() {
                return "Bearer[]";
            }
        }
    }

    /**
     * Key stores for TLS. Without a trust store the JVM's own is used; a key store is needed only where the registry asks
     * for a client certificate.
     */
    public record Tls(Optional<Store> trustStore, Optional<Store> keyStore) {

        /** The JVM's trust, no client certificate. */
        public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty());

        /** A key store file; {@code type} is PKCS12 or JKS. */
        public record Store(Path file, String type, String password) {
            @Override
            public String toString() {
                return "Store[file=" + file + ", type=" + type + "]";
            }
        }
    }
}
