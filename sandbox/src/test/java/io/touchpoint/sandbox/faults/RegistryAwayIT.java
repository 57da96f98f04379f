package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A schema registry that gives no answer says nothing about a record. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RegistryAwayIT {

    private static final int EVENTS = 500;

    @Test
    void shouldStopWithoutRejectingAnythingAndGoOnWhenTheRegistryIsBack() {
        try (var cluster = TestCluster.start()) {
            cluster.publish(Histories.mixed(EVENTS, 50, Duration.ofDays(30), 41));
            var run = cluster.end(Histories.START.plus(Duration.ofDays(40)));

            try (var front = new StumblingRegistry(cluster.sandbox().registryUrl(), Integer.MAX_VALUE);
                    var process = PipelineProcess.start(cluster.settings(Map.of(
                            "application.id", "away", "registry.url", front.url(), "registry.retry-for", "2s")))) {
                assertThat(process.waitFor()).as(process.said()).isEqualTo(1);
                assertThat(process.said()).contains("The pipeline stopped: ").contains("the schema registry is away");
                assertThat(front.refused()).as("retried").isGreaterThan(3);
            }
            assertThat(cluster.read(Topics.REJECTED)).isEmpty();
            assertThat(cluster.read(Topics.PROFILES)).isEmpty();
            assertThat(cluster.committed("away")).isZero();

            try (var front = new StumblingRegistry(cluster.sandbox().registryUrl(), 5);
                    var process = PipelineProcess.start(
                            cluster.settings(Map.of("application.id", "away", "registry.url", front.url())))) {
                cluster.awaitDone(run, process::assertAlive);
                assertThat(front.refused()).as("retried").isEqualTo(5);
            }
            assertThat(cluster.read(Topics.REJECTED)).isEmpty();
            assertThat(Outputs.numerator(cluster, "records-folded|all|PT0S")).isEqualTo(EVENTS);
        }
    }

    /**
     * Passes requests on to a registry, but for the first few that ask for a schema to read with, which it answers with 503.
     * What is written may be registered all the while, or a pipeline could not even reject.
     */
    private static final class StumblingRegistry implements AutoCloseable {

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        private final HttpServer server;
        private final URI registry;
        private final int stumbles;
        private final AtomicInteger requests = new AtomicInteger();

        StumblingRegistry(URI registry, int stumbles) {
            this.registry = registry;
            this.stumbles = stumbles;
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        int refused() {
            return Math.min(stumbles, requests.get());
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                if (exchange.getRequestMethod().equals("GET") && requests.incrementAndGet() <= stumbles) {
                    exchange.sendResponseHeaders(503, -1);
                    return;
                }
                var body = exchange.getRequestBody().readAllBytes();
                var request = HttpRequest.newBuilder(
                                URI.create(registry + exchange.getRequestURI().toString()))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
                var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
