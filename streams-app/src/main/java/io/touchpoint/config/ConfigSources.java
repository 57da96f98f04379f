package io.touchpoint.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What was configured, and where: a properties file, over it the environment, over that the flags. Problems are collected,
 * so that all can be told at once.
 */
final class ConfigSources {

    /** Settings under it go to every Kafka client. */
    static final String KAFKA = "kafka.";

    /** Settings under it go to serializers that are not ours. */
    static final String SERDE = "serde.";

    /** Variables of the launcher; they configure the start, not the pipeline. */
    static final Set<String> LAUNCHER = Set.of(
            "TOUCHPOINT_CONFIG", "TOUCHPOINT_HOME", "TOUCHPOINT_JAVA", "TOUCHPOINT_JAVA_OPTS", "TOUCHPOINT_MAVEN_OPTS");

    /** A variable with this behind its name holds the path of a file with the value, as secrets are mounted. */
    private static final String FILE = "_FILE";

    private final Map<String, Given> given = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    ConfigSources(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        file.ifPresent(this::readFile);
        readEnvironment(environment);
        flags.forEach((key, value) -> give(key, value, "--set"));
    }

    /** Reads a setting, or its default; a bad value becomes a problem and the default stands in. */
    <T> T read(Setting<T> setting) {
        var found = given.get(setting.key());
        if (found != null) {
            try {
                return setting.kind().read(found.value());
            } catch (Quantities.Unreadable e) {
                var shown = setting.secret() ? "(hidden)" : found.value();
                problems.add(found.origin() + ": " + setting.key() + ": " + shown + " (expected: "
                        + setting.kind().expected() + ")");
            }
        }
        try {
            return setting.kind().read(setting.fallback());
        } catch (Quantities.Unreadable e) {
            throw new IllegalStateException("the default of " + setting.key() + " is unreadable", e);
        }
    }

    /** All settings under a prefix, without it. */
    Map<String, String> under(String prefix) {
        var settings = new TreeMap<String, String>();
        given.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                settings.put(key.substring(prefix.length()), value.value());
            }
        });
        return settings;
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** @throws InvalidConfigException when anything was wrong */
    void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    private void readFile(Path file) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException e) {
            problems.add(file + ": no such file (expected: a properties file, UTF-8)");
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file + ": cannot be read: " + e + " (expected: a properties file, UTF-8)");
        }
        properties.stringPropertyNames().forEach(key -> give(key, properties.getProperty(key), file.toString()));
    }

    private void readEnvironment(Map<String, String> environment) {
        var keys = new HashMap<String, String>();
        Settings.ALL.forEach(setting -> keys.put(setting.variable(), setting.key()));
        environment.forEach((variable, value) -> {
            if (!variable.startsWith(Setting.ENVIRONMENT_PREFIX) || LAUNCHER.contains(variable)) {
                return;
            }
            if (namesFile(variable, keys)) {
                var whole = variable.substring(0, variable.length() - FILE.length());
                contents(Path.of(value), variable)
                        .ifPresent(text -> give(key(whole, keys), text, "environment " + variable));
            } else {
                give(key(variable, keys), value, "environment " + variable);
            }
        });
    }

    private static String key(String variable, Map<String, String> keys) {
        return keys.getOrDefault(variable, dotted(variable));
    }

    /** Some keys end in .file by themselves: ours, and a few of Kafka's. */
    private static boolean namesFile(String variable, Map<String, String> keys) {
        return variable.endsWith(FILE)
                && !keys.containsKey(variable)
                && !ConsumerConfig.configNames()
                        .contains(dotted(variable).substring(dotted(variable).indexOf('.') + 1));
    }

    /** What a secret's file says; editors and shells end a file with a line break that belongs to no secret. */
    private Optional<String> contents(Path file, String variable) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            problems.add("environment " + variable + ": " + file + " cannot be read: "
                    + e.getClass().getSimpleName() + " (expected: a file with the value)");
            return Optional.empty();
        }
    }

    /** Kafka's own properties have dots only, so TOUCHPOINT_KAFKA_SASL_MECHANISM is kafka.sasl.mechanism. */
    private static String dotted(String variable) {
        return variable.substring(Setting.ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private void give(String key, String value, String origin) {
        boolean known = key.startsWith(KAFKA)
                || key.startsWith(SERDE)
                || Settings.ALL.stream().anyMatch(setting -> setting.key().equals(key));
        if (known) {
            given.put(key, new Given(value, origin));
        } else {
            problems.add(origin + ": " + key + ": unknown setting" + nearest(key));
        }
    }

    private static String nearest(String key) {
        var last = key.substring(key.lastIndexOf('.') + 1).replace("-", "");
        return Settings.ALL.stream()
                .map(Setting::key)
                .filter(known -> known.replace("-", "").endsWith(last))
                .findFirst()
                .map(known -> " (did you mean " + known + "?)")
                .orElse(" (see docs/configuration.md; Kafka's own go under " + KAFKA + ")");
    }

    private record Given(String value, String origin) {}
}
