package io.touchpoint.queries;

import io.javalin.Javalin;
import io.touchpoint.config.AppConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some routes behind all that holds for every path, on a free port of loopback. */
final class Answering implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Javalin server;

    private Answering(Javalin server) {
        this.server = server;
    }

    static Answering with(AppConfig config, InstantSource clock, List<Routes> routes) {
        return new Answering(Javalin.create(javalin -> {
                    OperationsServer.secure(javalin, config.http(), clock);
                    routes.forEach(each -> each.addTo(javalin.routes));
                })
                .start("127.0.0.1", 0));
    }

    static AppConfig config(Map<String, String> settings) {
        return AppConfig.read(Optional.empty(), Map.of(), settings);
    }

    int port() {
        return server.port();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).build());
    }

    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** Sends what no client would, and returns all that comes back. */
    String sendRaw(String lines) throws IOException {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
