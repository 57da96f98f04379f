package io.touchpoint.sandbox.warehouse;

import io.touchpoint.sandbox.GuardedJvm;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Kafka Connect in a process of its own, as a cluster of one worker. */
public final class ConnectServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 100;
    private static final List<String> FLAGS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final URI url;
    private final Map<String, String> environment;
    private Process process;

    private ConnectServer(Path folder, URI url, Map<String, String> environment) {
        this.folder = folder;
        this.url = url;
        this.environment = environment;
    }

    /**
     * Starts the worker and returns when it answers.
     *
     * @param settings of the worker, over those in deploy/connect/worker.properties
     * @param environment what connectors may name
     * @throws IllegalStateException when it does not start
     */
    static ConnectServer start(Path folder, int port, Map<String, String> settings, Map<String, String> environment) {
        var url = URI.create("http://127.0.0.1:" + port);
        var connect = new ConnectServer(folder, url, environment);
        try {
            Files.createDirectories(folder);
            var properties =
                    new StringBuilder(Files.readString(WarehouseFiles.connect().resolve("worker.properties")));
            settings.forEach((key, value) ->
                    properties.append(key).append('=').append(value).append('\n'));
            properties.append("listeners=").append(url).append('\n');
            Files.writeString(folder.resolve("worker.properties"), properties);
            Files.writeString(folder.resolve("logback.xml"), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d %-5level %logger{36} %msg%n</pattern></encoder>
                      </appender>
                      <root level="WARN"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write to " + folder, impossible);
        }
        connect.start();
        return connect;
    }

    /** Starts it again after {@link #kill()}. */
    public void start() {
        process = GuardedJvm.start(
                FLAGS,
                List.of(WarehouseFiles.runtime() + "/*", folder.toString()),
                environment,
                folder.resolve("connect.log"),
                List.of(
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        folder.resolve("worker.properties").toString()));
        try {
            awaitAnswer();
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** {@return the address of its REST API} */
    public URI url() {
        return url;
    }

    /** Creates or changes a connector. */
    void deploy(String name, String config) {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            var answer = send(HttpRequest.newBuilder(url.resolve("/connectors/" + name + "/config"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(config)));
            if (answer != null && answer.statusCode() / 100 == 2) {
                return;
            }
            // 409: the worker is still joining its group.
            if (answer != null && answer.statusCode() != 409 || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Connect refused " + name + ": " + (answer == null ? "no answer" : answer.body()));
            }
            pause();
        }
    }

    /** {@return what it says of a connector: its state and that of its tasks, as JSON} */
    public String status(String name) {
        var answer = send(HttpRequest.newBuilder(url.resolve("/connectors/" + name + "/status")));
        return answer == null ? "" : answer.body();
    }

    /** Starts the tasks of a connector again that have failed; nothing when there are none, or no answer. */
    void restartFailed(String name) {
        if (!status(name).contains("\"FAILED\"")) {
            return;
        }
        send(HttpRequest.newBuilder(url.resolve("/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** {@return the file that it logs to} */
    public Path log() {
        return folder.resolve("connect.log");
    }

    /** Ends the process as a failure would, without a farewell. */
    public void kill() {
        process.destroyForcibly();
        await(STOP_LIMIT);
    }

    @Override
    public void close() {
        process.destroy();
        if (!await(STOP_LIMIT)) {
            kill();
        }
    }

    private boolean await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void awaitAnswer() {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Kafka Connect ended; " + log() + " says why");
            }
            var answer = send(HttpRequest.newBuilder(url.resolve("/connectors")));
            if (answer != null && answer.statusCode() == 200) {
                return;
            }
            pause();
        }
        throw new IllegalStateException("Kafka Connect does not answer; " + log() + " says why");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(START_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException notYet) {
            return null;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka Connect was asked", hurried);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka Connect started", hurried);
        }
    }
}
