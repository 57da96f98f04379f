package io.touchpoint.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process that ends with this one, and that Ctrl-C does not reach before those who use it have stopped. */
public final class GuardedJvm {

    private GuardedJvm() {}

    /**
     * Starts it.
     *
     * @param classPath beside this module's own classes
     * @param main name of the main class, and its arguments
     * @throws UncheckedIOException when it cannot be started
     */
    public static Process start(
            List<String> flags, List<String> classPath, Map<String, String> environment, Path log, List<String> main) {
        var command = new ArrayList<String>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(RegistryFiles.ownClasses() + File.pathSeparator + String.join(File.pathSeparator, classPath));
        command.add(RegistryProcess.class.getName());
        command.addAll(main);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot start " + main.get(0), impossible);
        }
    }
}
