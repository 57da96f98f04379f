package io.touchpoint.sandbox.activation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code touchpoint activate} in a process of its own, with little memory, that can be killed. */
final class ActivateProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private ActivateProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ActivateProcess start(Map<String, String> settings, Path log) {
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "io.touchpoint.cli.Touchpoint",
                    "activate",
                    "--platform",
                    "google"));
            settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TOUCHPOINT_"));
            builder.environment().put("TOUCHPOINT_ACTIVATION_TOKEN", PlatformServer.TOKEN);
            return new ActivateProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM; returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not stop:\n" + said());
        }
        return process.exitValue();
    }

    /** Both its outputs. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
