package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags by which every command finds its configuration. A picocli mixin. */
public final class ConfigOptions {

    private static final String ACTIVATION_TOKEN = "activation.token";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration, a properties file. Default: the one that TOUCHPOINT_CONFIG names, if any."
                    + " Environment variables (TOUCHPOINT_...) go over it, flags over both.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, over all else; may be repeated. See docs/configuration.md.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Short for --set bootstrap.servers=...")
    private String bootstrapServers;

    @Option(names = "--registry", paramLabel = "URL", description = "Short for --set registry.url=...")
    private String registry;

    /**
     * The configuration as given by file, environment and these flags.
     *
     * @param environment usually {@link System#getenv()}
     * @throws io.touchpoint.config.InvalidConfigException naming everything that is wrong
     */
    public AppConfig read(Map<String, String> environment) {
        var flags = new LinkedHashMap<>(settings);
        if (bootstrapServers != null) {
            flags.put("bootstrap.servers", bootstrapServers);
        }
        if (registry != null) {
            flags.put("registry.url", registry);
        }
        if (flags.containsKey(ACTIVATION_TOKEN)) {
            throw new IllegalArgumentException(
                    "--set " + ACTIVATION_TOKEN
                            + ": everybody on the machine sees a command line (expected: activation.token-file, or the environment's TOUCHPOINT_ACTIVATION_TOKEN)");
        }
        var named = Optional.ofNullable(environment.get("TOUCHPOINT_CONFIG")).map(Path::of);
        return AppConfig.read(Optional.ofNullable(file).or(() -> named), environment, flags);
    }
}
