package io.touchpoint.registry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** The same as Confluent's serializers name it. Records are read as our classes and registered without Java's properties. */
    public Map<String, Object> asClientProperties() {
        var properties = new HashMap<String, Object>();
        properties.put("schema.registry.url", urls.stream().map(URI::toString).collect(Collectors.joining(",")));
        properties.put("auto.register.schemas", register);
        properties.put("specific.avro.reader", true);
        properties.put("avro.remove.java.properties", true);
        if (credentials instanceof Credentials.Basic basic) {
            properties.put("basic.auth.credentials.source", "USER_INFO");
            properties.put("basic.auth.user.info", basic.user() + ":" + basic.password());
        } else if (credentials instanceof Credentials.Bearer bearer) {
            properties.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            properties.put("bearer.auth.token", bearer.token());
        }
        tls.trustStore().ifPresent(store -> put(properties, "truststore", store));
        tls.keyStore().ifPresent(store -> {
            put(properties, "keystore", store);
            properties.put("schema.registry.ssl.key.password", store.password());
        });
        return properties;
    }

    private static void put(Map<String, Object> properties, String which, Tls.Store store) {
        var prefix = "schema.registry.ssl." + which + ".";
        properties.put(prefix + "location", store.file().toString());
        properties.put(prefix + "type", store.type());
        properties.put(prefix + "password", store.password());
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
