package io.touchpoint.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a sandbox is to be set up.
 *
 * @param brokers number of Kafka brokers, 1 or 3
 * @param kept the folder that keeps the data and from which it is resumed; empty for a temporary one that is deleted at
 *     the end
 * @param brokerSettings broker settings that replace or add to the sandbox's own
 * @param registry a schema registry that runs already, used instead of one of the sandbox's own
 */
public record SandboxOptions(
        int brokers, Optional<Path> kept, Map<String, String> brokerSettings, Optional<URI> registry) {

    /** Copies the settings. */
    public SandboxOptions {
        brokerSettings = Map.copyOf(brokerSettings);
    }

    /** One broker, and nothing is kept. */
    public static SandboxOptions temporary() {
        return new SandboxOptions(1, Optional.empty(), Map.of(), Optional.empty());
    }

    /** One broker, with data that outlives the sandbox. */
    public static SandboxOptions keptIn(Path folder) {
        return new SandboxOptions(1, Optional.of(folder), Map.of(), Optional.empty());
    }

    /** The same with another number of brokers, 1 or 3. */
    public SandboxOptions withBrokers(int number) {
        return new SandboxOptions(number, kept, brokerSettings, registry);
    }

    /** The same with broker settings that replace or add to the sandbox's own. */
    public SandboxOptions withBrokerSettings(Map<String, String> settings) {
        return new SandboxOptions(brokers, kept, settings, registry);
    }

    /** The same with a schema registry that runs already. */
    public SandboxOptions withRegistry(URI url) {
        return new SandboxOptions(brokers, kept, brokerSettings, Optional.of(url));
    }
}
