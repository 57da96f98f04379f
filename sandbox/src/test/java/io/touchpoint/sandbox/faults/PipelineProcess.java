package io.touchpoint.sandbox.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code touchpoint run} in a process of its own, that can be killed. */
final class PipelineProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private PipelineProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static PipelineProcess start(Map<String, String> settings) {
        try {
            var log = Files.createTempFile("touchpoint-run-", ".log");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "io.touchpoint.cli.Touchpoint",
                    "run"));
            settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TOUCHPOINT_"));
            return new PipelineProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Fails with what the process said when it is gone. */
    void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the pipeline ended with code " + process.exitValue() + ":\n" + said());
        }
    }

    /** Waits for the end and returns the exit code. */
    int waitFor() {
        try {
            if (!process.waitFor(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the pipeline did not end:\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
        kill();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
