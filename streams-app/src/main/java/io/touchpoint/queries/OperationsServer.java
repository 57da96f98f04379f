package io.touchpoint.queries;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.javalin.util.JavalinBindException;
import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.metrics.PipelineMetrics;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.runtime.Health;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topology.StoredCustomers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
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
    static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final long LONGEST_REQUEST = 16_384;
    private static final int THREADS_FOR_QUESTIONS = 250;
    private static final int THREADS_AT_REST = 8;
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

    private final Javalin server;
    private final PipelineMetrics metrics;
    private final OutputReader outputs;
    private final LiveFeed feed;

    private OperationsServer(Javalin server, PipelineMetrics metrics, OutputReader outputs, LiveFeed feed) {
        this.server = server;
        this.feed = feed;
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
        var decisions = new DecisionBoard(InstantSource.system());
        var rejected = new RejectedBoard();
        var customers = new StoredCustomers(
                pipeline.streams(),
                serdes.internal(CustomerState.class),
                config.topics().partitions());
        var routes = routes(config, policy, pipeline, customers, board, decisions, rejected, feed);
        var outputs = new Outputs(serdes, board, feed, Optional.of(new Outputs.Boards(decisions, rejected)));
        var metrics = new PipelineMetrics(pipeline, outputs::unreadable);
        try {
            var server = listen(config.http(), pipeline, metrics, routes);
            return new OperationsServer(server, metrics, OutputReader.start(config, outputs, false), feed);
        } catch (RuntimeException failed) {
            metrics.close();
            throw failed;
        }
    }

    /** What can be asked, beside health and metrics. */
    static List<Routes> routes(
            AppConfig config,
            Policy policy,
            Pipeline pipeline,
            StoredCustomers customers,
            KpiBoard board,
            DecisionBoard decisions,
            RejectedBoard rejected,
            LiveFeed feed) {
        return List.of(
                new CustomerRoutes(
                        customers,
                        new OtherInstances(config),
                        () -> new CustomerFold(
                                policy,
                                config.customers().limits(),
                                config.kpis().zone())),
                new KpiRoutes(
                        KpiCatalogue.standard(),
                        board,
                        new KpiChanges(board, config.kpis().zone())),
                new DecisionRoutes(decisions),
                new PipelineRoutes(pipeline),
                new RejectedRoutes(rejected),
                new AlertRoutes(board.alerts()),
                new StreamRoutes(feed),
                new Pages());
    }

    private static Javalin listen(
            AppConfig.Http http, Pipeline pipeline, PipelineMetrics metrics, List<Routes> routes) {
        var server = Javalin.create(config -> {
            secure(config, http, InstantSource.system());
            config.routes.get("/health", request -> health(request, pipeline));
            new Probes(() -> Health.of(pipeline)).addTo(config.routes);
            config.routes.get(
                    "/metrics", request -> request.contentType(PROMETHEUS).result(metrics.scrape()));
            routes.forEach(each -> each.addTo(config.routes));
        });
        tryPort(http);
        try {
            return server.start(http.host(), http.port());
        } catch (JavalinBindException refused) {
            throw cannotListen(http, refused);
        }
    }

    /** Javalin would log an error of its own before it says that it cannot have the port. */
    private static void tryPort(AppConfig.Http http) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(http.host(), http.port()));
        } catch (IOException refused) {
            throw cannotListen(http, refused);
        }
    }

    private static IllegalStateException cannotListen(AppConfig.Http http, Exception refused) {
        return new IllegalStateException(
                "cannot listen on " + http.host() + ":" + http.port() + ": " + Pipeline.cause(refused)
                        + " (expected: an address of this machine and a free port, or 0 to have one found)",
                refused);
    }

    /** What holds for every path, those that do not exist included. */
    static void secure(JavalinConfig config, AppConfig.Http http, InstantSource clock) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = LONGEST_REQUEST;
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new RefusedByServer()));
        config.routes.before(OperationsServer::harden);
        new Access(http, clock, Pages.signIn()).addTo(config.routes);
        problems(config.routes);
    }

    /** Those who watch leave as many for those who ask as there would be without them. */
    private static QueuedThreadPool threads() {
        var threads = new QueuedThreadPool(StreamRoutes.MOST_CLIENTS + THREADS_FOR_QUESTIONS, THREADS_AT_REST);
        threads.setName("http");
        return threads;
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(Problem.Raised.class, (raised, request) -> tell(raised.problem(), request));
        routes.exception(StoredCustomers.NotHereNow.class, (moving, request) -> {
            if (tell(Problem.later(moving.getMessage()), request)) {
                request.header("Retry-After", RETRY_AFTER_SECONDS);
            }
        });
        routes.exception(NotFoundResponse.class, (unknown, request) -> tell(Problem.notFound("no such path"), request));
        routes.exception(
                HttpResponseException.class,
                (refused, request) -> tell(new Problem("Refused", refused.getStatus(), refused.getMessage()), request));
        routes.exception(Exception.class, (failed, request) -> {
            if (tell(new Problem("Failed", 500, "the server failed, and its log says why"), request)) {
                log.error("A request failed", failed);
            }
        });
    }

    /**
     * Answers with a problem, unless the request is over: when the server ends, or who asked is gone, Jetty takes back what is still to be
     * answered, and Javalin tries for ever to answer with whatever that throws.
     *
     * @return whether there was anybody to tell
     */
    private static boolean tell(Problem problem, Context request) {
        try {
            problem.on(request);
            return true;
        } catch (IllegalStateException | NullPointerException takenBack) {
            log.debug("A request was over before its answer: {}", problem.title());
            return false;
        }
    }

    /** The page runs what we serve and nothing else, and nobody frames it. */
    private static void harden(Context request) {
        request.header("Content-Security-Policy", CONTENT_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    private static void health(Context request, Pipeline pipeline) {
        var health = Health.of(pipeline);
        request.status(health.live() ? 200 : UNHEALTHY).json(health);
    }

    /** {@return the port it answers on} */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        try {
            feed.end(LEAVE_WITHIN);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        outputs.close();
        metrics.close();
    }
}
