package io.touchpoint.deploy;

import io.touchpoint.config.AppConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration of a container as the application in it would. */
final class MountedSettings {

    private static final String PREFIX = "TOUCHPOINT_";

    private MountedSettings() {}

    /**
     * @param environment of the container; files that it names below {@code secrets} are taken to be mounted
     * @param secrets where the container has its secrets
     * @param folder an empty one of this machine
     * @throws io.touchpoint.config.InvalidConfigException when the application would not start with it
     */
    static AppConfig read(
            Optional<Path> file,
            Map<String, String> environment,
            Map<String, String> flags,
            String secrets,
            Path folder)
            throws IOException {
        var seen = new HashMap<String, String>();
        for (var variable : environment.entrySet()) {
            var value = variable.getValue();
            if (variable.getKey().startsWith(PREFIX) && !variable.getKey().equals("TOUCHPOINT_CONFIG")) {
                var isMounted = variable.getKey().endsWith("_FILE") && value.startsWith(secrets + "/");
                seen.put(variable.getKey(), isMounted ? secret(value.substring(secrets.length() + 1), folder) : value);
            }
        }
        return AppConfig.read(file, seen, flags);
    }

    private static String secret(String name, Path folder) throws IOException {
        return Files.writeString(folder.resolve(name), "a secret of " + name).toString();
    }
}
