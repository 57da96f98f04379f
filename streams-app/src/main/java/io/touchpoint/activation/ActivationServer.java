package io.touchpoint.activation;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.OwnNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Says how activation is: {@code /health} and {@code /metrics}, on loopback unless there is a token. */
public final class ActivationServer implements AutoCloseable {

    private static final int MISDIRECTED = 421;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final List<String> COUNTS =
            List.of("changes", "not-hashed", "sent", "accepted", "refused", "superseded");
    private static final List<String> ANSWERS =
            List.of("Taken", "Spoilt", "Unclear", "Mixed", "Kept", "Throttled", "Failed", "Blocked");
    private static final String LIVE = "/health/live";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Platform platform;
    private final ActivationFigures figures;
    private final Javalin server;

    private ActivationServer(AppConfig.Http http, Platform platform, ActivationFigures figures) {
        this.platform = platform;
        this.figures = figures;
        register();
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            var names = new OwnNames(http);
            config.routes.before(request -> {
                if (!request.path().equals(LIVE)) {
                    http.token().ifPresentOrElse(token -> authorize(request, token), () -> checkHost(request, names));
                }
            });
            // For a probe, which has no token; says nothing.
            config.routes.get(LIVE, request -> request.json(Map.of("live", true)));
            config.routes.get(
                    "/health",
                    request -> request.json(Map.of(
                            "live", true,
                            "platform", platform.label(),
                            "role", figures.isWriting() ? "writing" : "standing by",
                            "waiting", figures.standing().waiting(),
                            "audiences_in_trouble", figures.standing().troubled())));
            config.routes.get(
                    "/metrics", request -> request.contentType(PROMETHEUS).result(registry.scrape()));
        });
        try {
            server.start(http.host(), http.port());
        } catch (JavalinBindException refused) {
            throw new IllegalStateException(
                    "cannot listen on " + http.host() + ":" + http.port()
                            + " (expected: an address of this machine and a free port, or http.port 0 to have one found)",
                    refused);
        }
    }

    /**
     * Starts to answer.
     *
     * @throws IllegalStateException when the address cannot be had
     */
    public static ActivationServer start(AppConfig.Http http, Platform platform, ActivationFigures figures) {
        return new ActivationServer(http, platform, figures);
    }

    private void register() {
        for (var name : COUNTS) {
            gauge(
                    "changes." + name,
                    "Changes since the start: " + name,
                    f -> f.counts().get(name));
        }
        for (var kind : ANSWERS) {
            Gauge.builder(
                            "touchpoint.activation.answers",
                            figures,
                            f -> f.answers().getOrDefault(kind, 0L))
                    .description("Answers of the platform since the start, by what they meant")
                    .tag("platform", platform.label())
                    .tag("answer", kind.toLowerCase(java.util.Locale.ROOT))
                    .register(registry);
        }
        gauge("writing", "1 for the writer, 0 for who stands by", f -> f.isWriting() ? 1 : 0);
        gauge(
                "waiting",
                "Changes that the platform has not answered for",
                f -> f.standing().waiting());
        gauge(
                "audiences",
                "Audiences with members or changes",
                f -> f.standing().audiences());
        gauge(
                "audiences.not.effective",
                "Audiences below the least size",
                f -> f.standing().notEffective());
        gauge(
                "audiences.troubled",
                "Audiences whose last request failed",
                f -> f.standing().troubled());
        gauge("members", "Members of all audiences", f -> f.standing().members());
        for (double share : new double[] {0.5, 0.9, 0.99}) {
            Gauge.builder(
                            "touchpoint.activation.accepted.seconds",
                            figures,
                            f -> f.latency(share).orElse(Double.NaN))
                    .description("Seconds from the decision to the platform's yes, since the start")
                    .tag("platform", platform.label())
                    .tag("quantile", Double.toString(share))
                    .register(registry);
        }
        new JvmMemoryMetrics().bindTo(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<ActivationFigures> value) {
        Gauge.builder("touchpoint.activation." + name.replace('-', '.'), figures, value)
                .description(description)
                .tag("platform", platform.label())
                .register(registry);
    }

    private static void authorize(Context request, String token) {
        if (!MessageDigest.isEqual(
                bytes("Bearer " + token),
                bytes(Optional.ofNullable(request.header("Authorization")).orElse("")))) {
            throw new UnauthorizedResponse("a bearer token is needed");
        }
    }

    private static void checkHost(Context request, OwnNames names) {
        if (!names.include(request.header("Host"))) {
            throw new HttpResponseException(
                    MISDIRECTED, "the request is for another host (expected: localhost or a loopback address)");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The port it answers on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        registry.close();
    }
}
