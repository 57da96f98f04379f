package io.touchpoint.queries;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.util.JavalinBindException;
import io.touchpoint.config.AppConfig;
import io.touchpoint.runtime.Health;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.runtime.PipelineMetrics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Tells over HTTP how the pipeline is: {@code /health} and {@code /metrics}. Bound to loopback unless configured otherwise, with a token then. */
public final class OperationsServer implements AutoCloseable {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int UNHEALTHY = 503;

    private final Javalin server;
    private final PipelineMetrics metrics;

    private OperationsServer(Javalin server, PipelineMetrics metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    /**
     * Starts to answer for the pipeline.
     *
     * @throws IllegalStateException when the address cannot be had, for example because another process has it
     */
    public static OperationsServer start(AppConfig.Http http, Pipeline pipeline) {
        var metrics = new PipelineMetrics(pipeline);
        try {
            return new OperationsServer(listen(http, pipeline, metrics), metrics);
        } catch (RuntimeException failed) {
            metrics.close();
            throw failed;
        }
    }

    private static Javalin listen(AppConfig.Http http, Pipeline pipeline, PipelineMetrics metrics) {
        var server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.before(request -> authorize(request, http.token()));
            config.routes.get("/health", request -> health(request, pipeline));
            config.routes.get(
                    "/metrics", request -> request.contentType(PROMETHEUS).result(metrics.scrape()));
        });
        try {
            return server.start(http.host(), http.port());
        } catch (JavalinBindException refused) {
            throw new IllegalStateException(
                    "cannot listen on " + http.host() + ":" + http.port() + ": " + Pipeline.cause(refused)
                            + " (expected: an address of this machine and a free port, or 0 to have one found)",
                    refused);
        }
    }

    private static void health(Context request, Pipeline pipeline) {
        var health = Health.of(pipeline);
        request.status(health.live() ? 200 : UNHEALTHY).json(health);
    }

    private static void authorize(Context request, Optional<String> token) {
        if (token.isEmpty()) {
            return;
        }
        var given = Optional.ofNullable(request.header("Authorization")).orElse("");
        if (!MessageDigest.isEqual(bytes("Bearer " + token.get()), bytes(given))) {
            throw new UnauthorizedResponse("a bearer token is needed");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the port it answers on} */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        metrics.close();
    }
}
