package io.touchpoint.config;

import io.touchpoint.config.AppConfig.ForeignSerde;
import io.touchpoint.config.AppConfig.Serde;
import io.touchpoint.registry.RegistrySettings;
import io.touchpoint.registry.RegistrySettings.Credentials;
import io.touchpoint.registry.RegistrySettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads the part of the configuration that concerns the registry and the serdes. */
final class ConfiguredRegistry {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private ConfiguredRegistry() {}

    static Serde serde(ConfigSources sources) {
        var registry = new RegistrySettings(
                sources.read(Settings.REGISTRY_URL),
                credentials(sources),
                new Tls(
                        store(sources, Settings.REGISTRY_TRUSTSTORE, Settings.REGISTRY_TRUSTSTORE_PASSWORD),
                        store(sources, Settings.REGISTRY_KEYSTORE, Settings.REGISTRY_KEYSTORE_PASSWORD)),
                sources.read(Settings.REGISTRY_REQUEST_TIMEOUT),
                sources.read(Settings.REGISTRY_RETRY_FOR),
                FIRST_PAUSE,
                sources.read(Settings.REGISTRY_REGISTER));
        return new Serde(registry, foreign(sources));
    }

    private static Credentials credentials(ConfigSources sources) {
        var user = sources.read(Settings.REGISTRY_USER);
        var password = sources.read(Settings.REGISTRY_PASSWORD);
        var token = sources.read(Settings.REGISTRY_TOKEN);
        if (user.isPresent() != password.isPresent()) {
            sources.problem(both(Settings.REGISTRY_USER, Settings.REGISTRY_PASSWORD));
        }
        if (user.isPresent() && token.isPresent()) {
            sources.problem(Settings.REGISTRY_TOKEN.key() + ": given beside a user (expected: one of the two)");
        }
        if (token.isPresent()) {
            return new Credentials.Bearer(token.get());
        }
        return user.isPresent() ? new Credentials.Basic(user.get(), password.orElse("")) : new Credentials.None();
    }

    private static Optional<Tls.Store> store(
            ConfigSources sources, Setting<Optional<Path>> file, Setting<Optional<String>> password) {
        var path = sources.read(file);
        var secret = sources.read(password);
        if (path.isPresent() != secret.isPresent()) {
            sources.problem(both(file, password));
        }
        var type = sources.read(Settings.REGISTRY_STORE_TYPE);
        return path.map(found -> new Tls.Store(found, type, secret.orElse("")));
    }

    private static Optional<ForeignSerde> foreign(ConfigSources sources) {
        var serializer = sources.read(Settings.VALUE_SERIALIZER);
        var deserializer = sources.read(Settings.VALUE_DESERIALIZER);
        Map<String, String> settings = sources.under(ConfigSources.SERDE);
        if (serializer.isPresent() != deserializer.isPresent()) {
            sources.problem(both(Settings.VALUE_SERIALIZER, Settings.VALUE_DESERIALIZER));
            return Optional.empty();
        }
        if (serializer.isEmpty() && !settings.isEmpty()) {
            sources.problem(ConfigSources.SERDE + settings.keySet().iterator().next()
                    + ": without effect (expected: only with " + Settings.VALUE_SERIALIZER.key() + ")");
        }
        return serializer.map(name -> new ForeignSerde(name, deserializer.get(), settings));
    }

    private static String both(Setting<?> one, Setting<?> other) {
        return one.key() + ", " + other.key() + ": one without the other (expected: both or neither)";
    }
}
