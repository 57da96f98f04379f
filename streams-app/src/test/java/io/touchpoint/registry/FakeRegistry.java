package io.touchpoint.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry on a socket of this machine: Confluent's API over an {@link InMemorySchemaRegistry}. Answers can be scripted, to
 * be given before it does its work again.
 */
final class FakeRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final ConcurrentLinkedDeque<Scripted> script = new ConcurrentLinkedDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
    }

    InMemorySchemaRegistry registry() {
        return registry;
    }

    /** The next answer; several are given in this order. */
    FakeRegistry answer(int status, String body) {
        script.add(new Scripted(status, body));
        return this;
    }

    /** The next request gets no answer before the registry is closed. */
    FakeRegistry hang() {
        script.add(new Scripted(0, ""));
        return this;
    }

    List<String> requests() {
        return requests;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getRawPath().substring("/api".length()));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var scripted = script.poll();
        try {
            if (scripted != null && scripted.status() == 0) {
                closing.await();
                return;
            }
            var answer = scripted == null ? work(exchange, body) : scripted;
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private Scripted work(HttpExchange exchange, String body) throws IOException {
        var path =
                exchange.getRequestURI().getPath().substring("/api/".length()).split("/");
        try {
            return switch (path[0]) {
                case "schemas" ->
                    good(JSON.createObjectNode()
                            .put(
                                    "schema",
                                    registry.schema(Integer.parseInt(path[2])).toString()));
                case "subjects" ->
                    good(JSON.createObjectNode()
                            .put(
                                    "id",
                                    path.length > 2
                                            ? registry.register(path[1], schema(body))
                                            : registry.idOf(path[1], schema(body))));
                case "compatibility" ->
                    good(JSON.createObjectNode().put("is_compatible", registry.compatible(path[2], schema(body))));
                case "config" -> {
                    registry.requireFullTransitive(path[1]);
                    yield good(JSON.createObjectNode().put("compatibility", "FULL_TRANSITIVE"));
                }
                default -> new Scripted(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
            };
        } catch (UnknownSchemaException e) {
            return new Scripted(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } catch (SerializationException e) {
            return e.getMessage().contains("refuses")
                    ? new Scripted(409, "{\"error_code\":409,\"message\":\"incompatible\"}")
                    : new Scripted(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
        }
    }

    private static Schema schema(String body) throws IOException {
        return new Schema.Parser().parse(JSON.readTree(body).path("schema").asText());
    }

    private static Scripted good(JsonNode body) {
        return new Scripted(200, body.toString());
    }

    private record Scripted(int status, String body) {}
}
