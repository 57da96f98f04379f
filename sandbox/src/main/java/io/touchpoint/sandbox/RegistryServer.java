package io.touchpoint.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Apicurio Registry in a process of its own, reachable from this machine only, with its schemas in a file. Subjects are
 * compatible in both directions with all their versions (FULL_TRANSITIVE).
 */
public final class RegistryServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 25;
    private static final int LOG_LINES_SHOWN = 15;
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.]+:[0-9]+)");

    private final Process process;
    private final Path log;
    private URI url;

    private RegistryServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the registry and returns when it answers.
     *
     * @param folder where its schemas and its log live; created when absent, resumed otherwise
     * @throws IllegalStateException when it cannot be started; the message ends in the last lines of its log
     */
    public static RegistryServer start(Path folder) {
        var log = folder.resolve("registry.log");
        RegistryServer registry;
        try {
            Files.createDirectories(folder);
            // The log of an earlier start would tell its port.
            Files.deleteIfExists(log);
            registry = new RegistryServer(
                    new ProcessBuilder(command(folder))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot start the schema registry in " + folder, impossible);
        }
        try {
            registry.url = URI.create(registry.awaitAddress() + "/apis/ccompat/v7");
            registry.requireFullCompatibility();
        } catch (RuntimeException failed) {
            registry.close();
            throw failed;
        }
        return registry;
    }

    /** The address of its Confluent-compatible API, for {@code schema.registry.url}. */
    public URI url() {
        return url;
    }

    /** What the registry wrote, for the one who looks for a fault. */
    public Path log() {
        return log;
    }

    /** Identifier of its process. */
    public long pid() {
        return process.pid();
    }

    /** Stops the process, by force when it does not end within 5 seconds. Does nothing the second time. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path folder) {
        var home = RegistryFiles.home();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = RegistryFiles.ownClasses() + File.pathSeparator + RegistryFiles.runner(home);
        // Ctrl-C reaches every process of the terminal. The registry ignores it, so that it is there until those who
        // use it have stopped.
        return List.of(
                "sh",
                "-c",
                "trap '' INT; exec \"$@\"",
                "sh",
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dquarkus.http.host=" + KafkaNode.HOST,
                // Port 0: the system chooses a free one, and the log tells which.
                "-Dquarkus.http.port=0",
                "-Dquarkus.log.console.color=false",
                "-Dquarkus.datasource.jdbc.min-size=1",
                "-Dquarkus.datasource.jdbc.initial-size=1",
                "-DREGISTRY_DATASOURCE_URL=jdbc:h2:file:"
                        + folder.toAbsolutePath().resolve("schemas"),
                "-cp",
                classPath,
                RegistryProcess.class.getName(),
                "io.quarkus.runner.GeneratedMain");
    }

    private String awaitAddress() {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            var listening = LISTENING.matcher(written());
            if (listening.find()) {
                return listening.group(1);
            }
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the schema registry ended with exit code " + process.exitValue() + ":\n" + lastLines());
            }
            pause();
        }
        throw new IllegalStateException(
                "the schema registry was not ready within " + START_LIMIT.toSeconds() + " s:\n" + lastLines());
    }

    private void requireFullCompatibility() {
        var request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        try {
            var answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the schema registry refused FULL_TRANSITIVE with status "
                        + answer.statusCode() + " (expected: 200):\n" + lastLines());
            }
        } catch (IOException unreachable) {
            throw new IllegalStateException(
                    "the schema registry does not answer at " + url + ":\n" + lastLines(), unreachable);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the schema registry started", hurried);
        }
    }

    private String written() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException unreadable) {
            return "(cannot read " + log + ")";
        }
    }

    private String lastLines() {
        var lines = written().lines().toList();
        Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - LOG_LINES_SHOWN));
        return String.join("\n", last.toList());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the schema registry started", hurried);
        }
    }
}
