package io.touchpoint.sandbox.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.cli.Touchpoint;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.metrics.PipelineMetric;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Questions over HTTP to a pipeline that runs. */
@Isolated("what must be soon takes longer beside others")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QueriesIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ODD = "o=d|d/<script>alert(1)</script>";

    @TempDir
    private static Path folder;

    private static PipelineSandbox sandbox;
    private static RecordSerdes serdes;
    private static Pipeline pipeline;
    private static OperationsServer server;
    private static KafkaProducer<String, byte[]> producer;
    private static int orders;

    @BeforeAll
    static void start() throws InterruptedException {
        sandbox = PipelineSandbox.start(
                SharedRegistry.temporary(), Map.of("streams.state-dir", folder.toString(), "http.port", "0"));
        var config = sandbox.config();
        serdes = config.serde().open();
        producer = new KafkaProducer<>(config.kafka().producer(), new StringSerializer(), new ByteArraySerializer());
        var policy = PolicyFile.shipped();
        pipeline = Pipeline.start(config, policy, serdes, InstantSource.system());
        server = OperationsServer.start(config, policy, serdes, pipeline);
        assertThat(pipeline.awaitRunning(Duration.ofMinutes(1))).isTrue();
        buy("alice", "tea");
        buy(ODD, "tea");
        await().atMost(SOON).until(() -> get("/api/v1/customers/alice").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        server.close();
        pipeline.close();
        producer.close();
        serdes.close();
        sandbox.close();
    }

    @Test
    void shouldTellOfACustomerWhatIsKnownAndWhatIsSuppressedAndWhy() throws Exception {
        assertThat(json("/api/v1/customers/alice").get("paid_orders").asInt()).isEqualTo(1);

        var suppression =
                json("/api/v1/customers/alice/suppressions").get("suppressions").get(0);
        assertThat(suppression.get("scope_value").asText()).isEqualTo("tea");
        assertThat(suppression.get("state").asText()).isEqualTo("ACTIVE");
        assertThat(suppression.get("reasons").get(0).asText()).isEqualTo("PURCHASED");
        assertThat(suppression.get("until").asText()).isNotEmpty();
        assertThat(suppression.get("cause").get("rule").asText()).isEqualTo("purchase-cool-down");
        assertThat(suppression.get("cause").get("event_ids").get(0).asText()).startsWith("event-");

        assertThat(json("/api/v1/customers/alice/churn").get("level").asText()).isEqualTo("HEALTHY");
        assertThat(json("/api/v1/customers/alice/journey")
                        .get("steps")
                        .get(0)
                        .get("kind")
                        .asText())
                .isEqualTo("order-paid");
    }

    @Test
    void shouldAnswerForAnyIdAndReflectNone() throws Exception {
        var encoded = "/api/v1/customers/"
                + URLEncoder.encode(ODD, StandardCharsets.UTF_8).replace("+", "%20");
        await().atMost(SOON).until(() -> List.of(200, 400).contains(get(encoded).statusCode()));

        for (var path : List.of(
                "/api/v1/customers/nobody%3Cscript%3E",
                "/api/v1/customers/%20",
                "/api/v1/customers/" + "x".repeat(300),
                "/api/v1/customers/alice/journey?limit=%3Cscript%3E",
                "/api/v1/customers/alice/journey?limit=100000",
                "/api/v1/kpis/%3Cscript%3E",
                "/api/v1/kpis/nps?period=%3Cscript%3E",
                "/api/v1/kpis/nps?window=P1Y",
                "/api/v1/kpis/nps?segment=" + "x".repeat(400),
                "/%3Cscript%3E",
                "/dashboard/../../etc/passwd",
                "/..%2f..%2fetc/passwd")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).doesNotContain("script>", "passwd", "xxx");
        }
    }

    @Test
    void shouldTellPrometheusEveryDeclaredMetricAndNoOther() {
        System.gc(); // Pauses are told of from the first one on.
        var declared = Arrays.stream(PipelineMetric.values())
                .map(metric -> metric.metricName() + " " + metric.kind().name().toLowerCase(Locale.ROOT))
                .toList();
        await().atMost(SOON).untilAsserted(() -> {
            buy("dora", "sugar"); // Delays are told of what comes once the input is read.
            var said = get("/metrics").body();
            assertThat(said.lines()
                            .filter(line -> line.startsWith("# TYPE "))
                            .map(line -> line.substring("# TYPE ".length())))
                    .containsExactlyInAnyOrderElementsOf(declared);
            assertThat(said)
                    .containsPattern("touchpoint_records_total\\{outcome=\"folded\"} [1-9]")
                    .containsPattern("touchpoint_suppressions_total\\{state=\"active\"} [1-9]")
                    .containsPattern("touchpoint_delay_seconds_count [1-9]")
                    .containsPattern("touchpoint_lag_records\\{topic=\"touchpoint.orders.v1\"} [0-9]")
                    .containsPattern("touchpoint_commits_total [1-9]")
                    .containsPattern("touchpoint_rebalances_total [1-9]")
                    .contains("touchpoint_live 1.0", "touchpoint_ready 1.0");
            assertThat(said.lines().filter(line -> !line.startsWith("#")).count())
                    .as("series of a pipeline with 4 partitions")
                    .isBetween(100L, 299L);
        });
    }

    @Test
    void shouldHaveASeriesForEveryQueryOfTheGrafanaDashboard(@TempDir Path place) throws Exception {
        var dashboard = JSON.readTree(Path.of("")
                .toAbsolutePath()
                .getParent()
                .resolve("deploy/grafana/dashboards/touchpoint.json")
                .toFile());
        var targets = dashboard.findValues("targets").stream()
                .flatMap(each -> StreamSupport.stream(each.spliterator(), false))
                .toList();
        assertThat(targets).hasSizeGreaterThan(40);
        try (var prometheus = Prometheus.startOrSkip(place, server.port())) {
            System.gc(); // Pauses are told of from the first one on.
            for (var target : targets) {
                var query = target.get("expr")
                        .asText()
                        .replace("$__rate_interval", "5s")
                        .replaceAll("\\$instance\\b", ".*");
                assertThat(query).doesNotContain("$");
                await().atMost(SOON).pollDelay(Duration.ZERO).untilAsserted(() -> {
                    buy("gustav", "salt");
                    var found = prometheus.series(query);
                    assertThat(found).as(query).isNotEmpty();
                    var labels = Pattern.compile("\\{\\{(\\w+)}}")
                            .matcher(target.path("legendFormat").asText())
                            .results()
                            .map(match -> match.group(1))
                            .toList();
                    for (var series : found) {
                        assertThat(series.get("metric").fieldNames())
                                .toIterable()
                                .as(query)
                                .containsAll(labels);
                    }
                });
            }
            var instance = dashboard.at("/templating/list/1/definition").asText();
            assertThat(instance).isEqualTo("label_values(touchpoint_live, instance)");
            assertThat(prometheus.labelValues("touchpoint_live", "instance")).hasSize(1);
        }
    }

    @Test
    void shouldSayHowAStreamIsAskedFor() throws Exception {
        var answer = get("/api/v1/stream");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(JSON.readTree(answer.body()).get("detail").asText()).contains("Accept: text/event-stream");
    }

    @Test
    void shouldSayWhatIsWrongAsAProblem() throws Exception {
        var answer = get("/api/v1/customers/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("detail").asText()).isEqualTo("nothing is known of this customer");
    }

    @Test
    void shouldTellTheKpisAndHowTheyCameAbout() throws Exception {
        await().atMost(SOON)
                .until(() ->
                        json("/api/v1/kpis/orders?window=PT1H").get("points").size() > 0);
        var all = json("/api/v1/kpis");
        assertThat(all.get("kpis").size()).isGreaterThan(40);
        assertThat(all.get("values").findValuesAsText("kpi")).contains("orders", "revenue");
        await().atMost(SOON)
                .until(() -> json("/api/v1/kpis/revenue?segment=all/EUR&period=MONTH")
                                .get("values")
                                .size()
                        == 1);
    }

    @Test
    void shouldShowWhatIsPublishedWithinTwoSecondsAndGoOnWhereOneWasCutOff() throws Exception {
        try (var stream = stream("")) {
            buy("bob", "coffee");
            long bought = System.nanoTime();
            stream.until("bob|SKU|coffee");
            assertThat(Duration.ofNanos(System.nanoTime() - bought)).isLessThan(Duration.ofSeconds(2));

            buy("carol", "cocoa");
            try (var other = stream(stream.lastId())) {
                other.until("carol|SKU|cocoa");
            }
            stream.until("carol|SKU|cocoa");
            try (var again = stream(stream.idBefore())) {
                again.until("carol|SKU|cocoa");
            }
        }
    }

    @Test
    void shouldShowTheKpisInATerminal() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watch("--once", "--kpis", "orders,nps", "--window", "PT1H"))
                        .containsPattern("orders +[1-9][0-9]*\\.0 +[1-9]")
                        .containsPattern("nps +none"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watch("--once", "--kpis", "revenue", "--window", "PT1H"))
                        .containsPattern("revenue/EUR +[1-9]"));
        assertThat(watch("--once", "--kpis", "orders,nonsense")).contains("there is no KPI nonsense");
    }

    private static String watch(String... arguments) {
        var said = new StringWriter();
        var words = new ArrayList<>(List.of(
                "watch",
                "--bootstrap-servers",
                sandbox.config().kafka().bootstrapServers(),
                "--registry",
                sandbox.config().serde().registry().urls().get(0).toString()));
        words.addAll(List.of(arguments));
        Touchpoint.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(words.toArray(String[]::new));
        return said.toString();
    }

    @Test
    void shouldServeTheDashboardWithEverythingItNeeds() throws Exception {
        var page = get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'");
        var needed = Pattern.compile("(?:src|href)=\"([a-z/.]+\\.(?:js|css))\"")
                .matcher(page.body())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(needed).contains("dashboard.js", "dashboard.css", "echarts/echarts.min.js");
        for (var file : needed) {
            assertThat(get("/" + file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(page.body()).doesNotContain("http://", "https://");
    }

    @Test
    void shouldAskForTheTokenOnEveryPath() throws Exception {
        var config = AppConfig.read(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap.servers", sandbox.config().kafka().bootstrapServers(),
                        "http.port", "0",
                        "http.token", "secret-token"));
        try (var guarded = OperationsServer.start(config, PolicyFile.shipped(), serdes, pipeline)) {
            for (var path : List.of("/", "/health", "/metrics", "/api/v1/kpis", "/api/v1/customers/alice", "/none")) {
                assertThat(answer(guarded.port(), path, "").statusCode())
                        .as(path)
                        .isEqualTo(401);
                assertThat(answer(guarded.port(), path, "Bearer wrong").statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
            for (var probe : List.of("/health/live", "/health/ready")) {
                assertThat(answer(guarded.port(), probe, "").body()).as(probe).isEqualTo("yes\n");
            }
            assertThat(answer(guarded.port(), "/api/v1/customers/alice", "Bearer secret-token")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static void buy(String customer, String sku) {
        var id = "order-" + ++orders;
        var order = new OrderEvent();
        order.setEventId("event-" + id);
        order.setCustomerId(customer);
        order.setOccurredAt(Instant.now());
        order.setSource("test");
        order.setOrderId(id);
        order.setStatus(OrderStatus.PAID);
        order.setLines(List.of(new OrderLine(sku, null, 1, 500L, null)));
        order.setCurrency("EUR");
        order.setChannel("web");
        var bytes = serdes.anyContract().serialize(Topics.ORDERS.name(), order);
        producer.send(new ProducerRecord<>(
                Topics.ORDERS.name(), null, order.getOccurredAt().toEpochMilli(), customer, bytes));
        producer.flush();
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return answer(server.port(), path, "");
    }

    private static HttpResponse<String> answer(int port, String path, String authorization)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static EventStream stream(String lastSeen) throws IOException, InterruptedException {
        return EventStream.open(uri("/api/v1/stream?kinds=suppression"), lastSeen);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
