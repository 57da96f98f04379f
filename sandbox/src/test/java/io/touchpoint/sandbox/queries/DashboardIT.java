package io.touchpoint.sandbox.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.StaleElementReferenceException;

/** The dashboard of a pipeline that runs, in a real browser. */
@Isolated("what must be soon takes longer beside others")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DashboardIT {

    /** Runs when the browser takes the text for a page. */
    private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AGO = Duration.ofDays(45);
    private static final int ANSWERS = 60;
    private static final int HALF_OF_WHAT_IS_KEPT = 5_000;

    @TempDir
    private static Path folder;

    private static PipelineSandbox sandbox;
    private static RecordSerdes serdes;
    private static Policy policy;
    private static Pipeline pipeline;
    private static OperationsServer server;
    private static KafkaProducer<String, byte[]> producer;
    private static Browser browser;
    private static int events;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Browser.startOrSkip(folder.resolve("browser"));
        sandbox = PipelineSandbox.start(
                SharedRegistry.temporary(),
                Map.of("streams.state-dir", folder.resolve("state").toString(), "http.port", freePort()));
        serdes = sandbox.config().serde().open();
        producer = new KafkaProducer<>(
                sandbox.config().kafka().producer(), new StringSerializer(), new ByteArraySerializer());
        policy = PolicyFile.shipped();
        pipeline = Pipeline.start(sandbox.config(), policy, serdes, InstantSource.system());
        server = OperationsServer.start(sandbox.config(), policy, serdes, pipeline);
        assertThat(pipeline.awaitRunning(Duration.ofMinutes(1))).isTrue();
        buy("alice", "tea", "web", HOSTILE);
        click(HOSTILE, HOSTILE, HOSTILE);
        producer.flush();
        buy(HOSTILE, HOSTILE, "shop", HOSTILE);
        click("alice", "tea", HOSTILE);
        answer(HOSTILE, 10, Instant.now());
        producer.flush();
        browser.open(address());
        soon().until(() -> state().equals("live") && figure("orders").equals("2"));
    }

    @AfterAll
    static void stop() {
        for (var each : new AutoCloseable[] {browser, server, pipeline, producer, serdes, sandbox}) {
            closed(each);
        }
    }

    private static void closed(AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeEach
    void open() {
        browser.open("about:blank");
        browser.console();
        browser.open(address());
        soon().until(() -> state().equals("live") && !figure("orders").isEmpty());
    }

    @Test
    void shouldShowWithinTwoSecondsWhatHappensAndFollowSegmentAndWindow() {
        long before = orders();
        buy("bob", "coffee", "app", "nothing");
        long bought = System.nanoTime();
        soon().until(() -> browser.text("#suppressions").contains("product coffee"));
        assertThat(Duration.ofNanos(System.nanoTime() - bought)).isLessThan(Duration.ofSeconds(2));
        soon().until(() -> orders() == before + 1);

        soon().until(() -> (boolean) browser.run(
                "return [...document.querySelectorAll('#segment option')].some(o => o.value === 'channel=app')"));
        browser.choose("#segment", "channel=app");
        soon().until(() -> figure("orders").equals("1"));
        browser.choose("#window", "PT1H");
        soon().until(() -> browser.text("#nps-verdict").startsWith("Too short to compare"));
        buy("bill", "cocoa", "app", "nothing");
        soon().until(() -> figure("orders").equals("2"));
        soon().until(() -> browser.text("#suppression-counts").contains("bought it"));
        soon().until(() -> browser.text("#pipeline-figures").contains("running"));
        assertNothingWrong();
    }

    @Test
    void shouldSayWhyACustomerIsNotShownAProductAndTakeNothingForAPage() {
        browser.type("#customer", HOSTILE);
        browser.type("#product", HOSTILE);
        browser.click("#search button");

        soon().until(() ->
                browser.text("#person-answer").startsWith("Not shown " + HOSTILE + ": the customer bought it, since "));
        assertThat(browser.text("#person-answer")).contains("rule purchase-cool-down", "event-");
        assertThat(browser.text("#person-title")).isEqualTo("Customer " + HOSTILE);
        assertThat(browser.text("#person-suppressions")).contains("product " + HOSTILE, "active");
        assertThat(browser.text("#person-journey")).contains("order paid", "survey NPS", "10 of 0–10");
        soon().until(() -> browser.text("#answer-waste").startsWith(HOSTILE + ", 0.30"));
        soon().until(() -> browser.text("#ads").contains(HOSTILE));

        browser.type("#customer", "nobody");
        browser.type("#product", "");
        browser.click("#search button");
        soon().until(() -> browser.text("#person-problem").equals("nothing is known of this customer"));
        assertThat(browser.run("return document.getElementById('person-known').hidden"))
                .isEqualTo(true);

        assertThat(browser.run("return document.querySelectorAll('img').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return window.hacked ?? 'not'")).isEqualTo("not");
        assertThat(browser.console())
                .allMatch(line -> line.contains("/api/v1/customers/nobody") && line.contains("404"));
    }

    @Test
    void shouldSayThatTheScoreIsDownBeyondNoise() {
        var before = Instant.now().minus(AGO);
        for (int person = 0; person < ANSWERS; person++) {
            answer("then-" + person, 10, before);
            answer("now-" + person, 2, Instant.now());
        }
        producer.flush();
        // The days before may be published a little later than the window. The page would ask again by itself, after 15
        // s.
        soon().until(() -> api("kpis/nps/change").path("verdict").asText().equals("DOWN"));
        browser.click("#theme");

        soon().untilAsserted(() -> assertThat(browser.text("#answer-nps")).startsWith("Down, beyond noise"));
        assertThat(browser.text("#nps-verdict")).contains("with 95 % confidence between −");
        assertNothingWrong();
    }

    @Test
    void shouldGoOnWhenTheServerComesBack() {
        server.close();
        soon().until(() -> state().equals("broken"));
        assertThat(browser.text("#connection")).isEqualTo("no connection, trying again …");
        buy("carol", "salt", "web", "nothing");

        server = OperationsServer.start(sandbox.config(), policy, serdes, pipeline);

        soon().until(() -> state().equals("live"));
        soon().until(() -> browser.text("#suppressions").contains("product salt"));
        buy("dave", "pepper", "web", "nothing");
        soon().until(() -> browser.text("#suppressions").contains("product pepper"));
        assertThat(browser.console()).allMatch(line -> line.contains("net::ERR_"));
    }

    @Test
    void shouldLoadNothingAnewWhenTheStreamGoesOnAndAllOfItOnceWhenSomeIsLost() throws Exception {
        try (var relay = Relay.to(server.port())) {
            browser.open("http://127.0.0.1:" + relay.port() + "/");
            soon().until(() -> state().equals("live") && !figure("orders").isEmpty());
            long orders = orders();
            buy("erin", "rice", "web", "nothing");
            soon().until(() -> orders() == orders + 1);
            long loads = loads();

            relay.cut();
            soon().until(() -> state().equals("broken"));
            buy("frank", "flour", "web", "nothing");
            relay.mend();
            soon().until(() -> orders() == orders + 2);
            soon().until(() -> state().equals("live"));
            assertThat(loads()).isEqualTo(loads);

            relay.cut();
            soon().until(() -> state().equals("broken"));
            // Each is told of twice, so that what comes is more than is kept for those who come back.
            long held = held();
            for (int number = 1; number <= HALF_OF_WHAT_IS_KEPT; number++) {
                send(order("many-" + number, List.of("oats", "bran"), "web", "nothing"));
            }
            send(order("many", List.of("oats"), "web", "nothing"));
            producer.flush();
            soon().until(() -> held() == held + 2 * HALF_OF_WHAT_IS_KEPT + 1);
            relay.mend();
            soon().until(() -> orders() == orders + 3 + HALF_OF_WHAT_IS_KEPT);
            soon().until(() -> state().equals("live"));
            assertThat(loads()).isEqualTo(loads + 1);
        }
    }

    /** {@return how many suppressions the server knows of that hold} */
    private static long held() throws IOException, InterruptedException {
        return api("suppressions").get("active").asLong();
    }

    private static JsonNode api(String path) throws IOException, InterruptedException {
        var question =
                HttpRequest.newBuilder(URI.create(address() + "api/v1/" + path)).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(question, BodyHandlers.ofString())
                        .body());
    }

    /** {@return how often the page has loaded all values} */
    private static long loads() {
        return (long) browser.run("return performance.getEntriesByType('resource')"
                + ".filter(each => each.name.endsWith('/api/v1/kpis?segment=*')).length");
    }

    @Test
    void shouldFitAScreenAsNarrowAsATelephone() {
        answer("gina", 0, Instant.now());
        producer.flush();
        soon().until(() -> browser.text("#alerts").contains("firing"));
        browser.open(address() + "#customer=alice&product=tea");
        soon().until(() -> browser.text("#person-answer").startsWith("Not shown tea"));
        soon().until(() -> browser.text("#ads").contains("wastes most"));
        try {
            browser.resize(360, 780);

            assertThat((List<?>) browser.run("return ['html', '.scroll', 'section', 'form', '.tiles']"
                            + ".flatMap(one => [...document.querySelectorAll(one)])"
                            + ".filter(each => each.scrollWidth > each.clientWidth)"
                            + ".map(each => each.querySelector('table')?.id ?? (each.id || each.localName))"))
                    .as("what is wider than its place")
                    .isEmpty();
            assertThat(browser.text("#alerts")).contains("gina");
            // The sort of the campaigns is within reach.
            clickOnWhatIsDrawnAnew("#ads button[data-column='spend']");
            soon().until(() -> browser.run("return document.querySelector('#ads [aria-sort]').textContent")
                    .equals("Spend"));
        } finally {
            browser.restore();
        }
    }

    @Test
    void shouldBeReadableForEveryoneInLightAndDark() {
        browser.open(address() + "#customer=alice&product=tea");
        soon().until(() -> browser.text("#person-answer").startsWith("Not shown tea"));
        soon().until(() -> browser.text("#ads").contains("GBP"));
        browser.run("if (document.documentElement.dataset.theme === 'dark') document.getElementById('theme').click()");
        browser.assertAccessible();

        browser.click("#theme");

        assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("dark");
        browser.assertLegible();
        assertNothingWrong();
    }

    /** Between finding it and the click the page may have drawn its table anew, with another of the kind. */
    private static void clickOnWhatIsDrawnAnew(String selector) {
        soon().ignoreException(StaleElementReferenceException.class).untilAsserted(() -> browser.click(selector));
    }

    private static void assertNothingWrong() {
        assertThat(browser.console()).as("the console").isEmpty();
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(Duration.ofMillis(50)).pollDelay(Duration.ZERO);
    }

    private static String address() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    private static String state() {
        return (String) browser.run("return document.getElementById('connection').dataset.state");
    }

    private static long orders() {
        return Long.parseLong(figure("orders").replace(",", ""));
    }

    private static String figure(String kpi) {
        return browser.text("[data-kpi='" + kpi + "'] .value");
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static void buy(String customer, String sku, String channel, String campaign) {
        send(order(customer, List.of(sku), channel, campaign));
        producer.flush();
    }

    private static OrderEvent order(String customer, List<String> skus, String channel, String campaign) {
        int number = ++events;
        var order = new OrderEvent();
        order.setEventId("event-" + number);
        order.setCustomerId(customer);
        order.setOccurredAt(Instant.now());
        order.setSource("test");
        order.setOrderId("order-" + number);
        order.setStatus(OrderStatus.PAID);
        order.setLines(skus.stream()
                .map(sku -> new OrderLine(sku, null, 1, 500L, 200L))
                .toList());
        order.setCurrency("GBP");
        order.setChannel(channel);
        order.setCampaignId(campaign);
        return order;
    }

    private static void send(OrderEvent order) {
        send(Topics.ORDERS, order.getCustomerId(), order.getOccurredAt(), order);
    }

    private static void click(String customer, String sku, String campaign) {
        int number = ++events;
        var click = new AdClick();
        click.setEventId("event-" + number);
        click.setCustomerId(customer);
        click.setOccurredAt(Instant.now());
        click.setSource("test");
        click.setClickId("click-" + number);
        click.setPlatform("search");
        click.setCampaignId(campaign);
        click.setSku(sku);
        click.setCostMinor(30L);
        click.setCurrency("GBP");
        click.setRetargeting(true);
        send(Topics.AD_CLICKS, customer, click.getOccurredAt(), click);
    }

    private static void answer(String customer, int score, Instant at) {
        int number = ++events;
        var answer = new SurveyResponse();
        answer.setEventId("event-" + number);
        answer.setCustomerId(customer);
        answer.setOccurredAt(at);
        answer.setSource("test");
        answer.setResponseId("answer-" + number);
        answer.setKind(SurveyKind.NPS);
        answer.setScore(score);
        answer.setScaleMin(0);
        answer.setScaleMax(10);
        answer.setHigherIsBetter(true);
        answer.setTouchpoint("shop");
        answer.setChannel("email");
        answer.setComment(HOSTILE);
        answer.setWithdrawn(false);
        send(Topics.SURVEYS, customer, at, answer);
    }

    private static <T extends SpecificRecord> void send(Topic<?> topic, String customer, Instant at, T value) {
        var bytes = serdes.anyContract().serialize(topic.name(), value);
        producer.send(new ProducerRecord<>(topic.name(), null, at.toEpochMilli(), customer, bytes));
    }
}
