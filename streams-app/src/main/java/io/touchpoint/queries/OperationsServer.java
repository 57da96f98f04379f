package io.touchpoint.queries;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.util.JavalinBindException;
import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.runtime.Health;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.runtime.PipelineMetrics;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topology.StoredCustomers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP: how the pipeline is ({@code /health}, {@code /metrics}), what it knows ({@code /api/v1}), and a dashboard for people
 * ({@code /}). Bound to loopback unless configured otherwise, with a token then.
 */
public final class OperationsServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OperationsServer.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int UNHEALTHY = 503;
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final long LONGEST_REQUEST = 16_384;

    private final Javalin server;
    private final PipelineMetrics metrics;
    private final OutputReader outputs;

    private OperationsServer(Javalin server, PipelineMetrics metrics, OutputReader outputs) {
        this.server = server;
        this.metrics = metrics;
        this.outputs = outputs;
    }

    /**
     * Starts to answer for the pipeline.
     *
     * @param policy that the pipeline decides by
     * @param serdes of all topics and stores, not closed by the server
     * @throws IllegalStateException when the address cannot be had, for example because another process has it
     */
    public static OperationsServer start(AppConfig config, Policy policy, RecordSerdes serdes, Pipeline pipeline) {
        var board = new KpiBoard();
        var feed = new LiveFeed();
        var customers = new StoredCustomers(
                pipeline.streams(),
                serdes.internal(CustomerState.class),
                config.topics().partitions());
        var routes = routes(config, policy, customers, board, feed);
        var metrics = new PipelineMetrics(pipeline);
        try {
            var server = listen(config.http(), pipeline, metrics, routes);
            return new OperationsServer(server, metrics, OutputReader.start(config, serdes, board, feed, false));
        } catch (RuntimeException failed) {
            metrics.close();
            throw failed;
        }
    }

    /** What can be asked, beside health and metrics. */
    static List<Routes> routes(
            AppConfig config, Policy policy, StoredCustomers customers, KpiBoard board, LiveFeed feed) {
        return List.of(
                new CustomerRoutes(
                        customers,
                        () -> new CustomerFold(
                                policy,
                                config.customers().limits(),
                                config.kpis().zone())),
                new KpiRoutes(KpiCatalogue.standard(), board),
                new AlertRoutes(board.alerts()),
                new StreamRoutes(feed),
                new Pages());
    }

    private static Javalin listen(
            AppConfig.Http http, Pipeline pipeline, PipelineMetrics metrics, List<Routes> routes) {
        var server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LONGEST_REQUEST;
            config.routes.before(request -> authorize(request, http.token()));
            config.routes.after(OperationsServer::harden);
            config.routes.get("/health", request -> health(request, pipeline));
            config.routes.get(
                    "/metrics", request -> request.contentType(PROMETHEUS).result(metrics.scrape()));
            routes.forEach(each -> each.addTo(config.routes));
            problems(config.routes);
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

    private static void problems(RoutesConfig routes) {
        routes.exception(
                Problem.Raised.class, (raised, request) -> raised.problem().on(request));
        routes.exception(StoredCustomers.NotHereNow.class, (moving, request) -> {
            request.header("Retry-After", RETRY_AFTER_SECONDS);
            Problem.later(moving.getMessage()).on(request);
        });
        routes.exception(
                NotFoundResponse.class,
                (unknown, request) -> Problem.notFound("no such path").on(request));
        routes.exception(
                HttpResponseException.class,
                (refused, request) -> new Problem("Refused", refused.getStatus(), refused.getMessage()).on(request));
        routes.exception(Exception.class, (failed, request) -> {
            log.error("A request failed", failed);
            new Problem("Failed", 500, "the server failed, and its log says why").on(request);
        });
    }

    /** The page runs what we serve and nothing else, and nobody frames it. */
    private static void harden(Context request) {
        request.header(
                        "Content-Security-Policy",
                        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
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
        outputs.close();
        metrics.close();
    }
}
