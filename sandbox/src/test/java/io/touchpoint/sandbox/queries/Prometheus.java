package io.touchpoint.sandbox.queries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that scrapes one pipeline twice a second. */
final class Prometheus implements AutoCloseable {

    private static final String SCRAPED_EVERY = "500ms";
    private static final Duration TO_START = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.address = "http://127.0.0.1:" + port;
    }

    /**
     * Starts it; the test is skipped where it is absent.
     *
     * @param folder an empty one
     * @param scraped the port on loopback that tells the metrics
     */
    static Prometheus startOrSkip(Path folder, int scraped) throws IOException {
        var program = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                program.isPresent(),
                "no Prometheus on the PATH (expected: prometheus; on Debian the package of that name), so the queries of the"
                        + " Grafana dashboard are not run");
        var config = Files.writeString(
                folder.resolve("prometheus.yml"),
                String.format(
                        Locale.ROOT,
                        "global: {scrape_interval: %s, scrape_timeout: %s}%nscrape_configs:%n"
                                + "  - {job_name: touchpoint, static_configs: [{targets: ['127.0.0.1:%d']}]}%n",
                        SCRAPED_EVERY,
                        SCRAPED_EVERY,
                        scraped));
        int port = freePort();
        var process = new ProcessBuilder(
                        program.get().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        var started = new Prometheus(process, port);
        await().atMost(TO_START).ignoreExceptions().until(() -> {
            started.series("up");
            return true;
        });
        return started;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** {@return what a query finds now, each with its labels under "metric" and its value as a text under "value/1"} */
    JsonNode series(String query) throws IOException, InterruptedException {
        return asked("/api/v1/query?query=" + encoded(query)).get("result");
    }

    /** {@return the values of a label on the series of a metric} */
    JsonNode labelValues(String metric, String label) throws IOException, InterruptedException {
        return asked("/api/v1/label/" + label + "/values?match%5B%5D=" + encoded(metric));
    }

    private JsonNode asked(String path) throws IOException, InterruptedException {
        var answer =
                client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
        var body = new ObjectMapper().readTree(answer.body());
        assertThat(body.path("status").asText()).as(answer.body()).isEqualTo("success");
        return body.get("data");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
