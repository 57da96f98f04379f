package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.queries.LiveEvent.Kind;
import io.touchpoint.records.KpiValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamRoutesTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int MOST_ROUNDS = 40;
    private static final int READING = 17;
    private static final int NOT_READING = 3;

    private final LiveFeed feed = new LiveFeed();
    private final AtomicInteger reached = new AtomicInteger();
    private final List<AutoCloseable> clients = new ArrayList<>();
    private Answering server;

    @BeforeEach
    void start() {
        server = Answering.with(Answering.config(Map.of()), InstantSource.system(), List.of(new StreamRoutes(feed)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void shouldCutOffThoseWhoDoNotReadAndHoldUpNobody() throws Exception {
        for (int i = 0; i < READING; i++) {
            read();
        }
        for (int i = 0; i < NOT_READING; i++) {
            ignore();
        }
        await().until(() -> feed.watchers() == READING + NOT_READING);

        // How much the sockets take before the queue fills depends on the machine, so it goes on until that is long
        // past.
        long start = System.nanoTime();
        var text = "x".repeat(1_000);
        int rounds = 0;
        while (feed.watchers() > READING && rounds < MOST_ROUNDS) {
            for (int k = 0; k < 1_000; k++) {
                feed.publish(Kind.KPI, "orders|all|PT1H|" + rounds + "-" + k, value(text));
            }
            int before = rounds * READING;
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> reached.get() >= before);
            rounds++;
        }
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(feed.watchers()).isEqualTo(READING);
        int all = rounds * READING;
        await().until(() -> reached.get() == all);
        assertThat(took).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void shouldTellOnlyTheNewestOfAKpiThatChangesOften() throws Exception {
        var answer = open("kinds=kpi");
        await().until(() -> feed.watchers() == 1);
        // The first goes at once, and what comes until the next is sent goes together.
        for (int i = 1; i <= 1_000; i++) {
            feed.publish(Kind.KPI, "orders|all|PT1H", value("n" + i));
        }
        feed.publish(Kind.KPI, "nps|all|PT1H", value("last"));

        int lines = 0;
        for (var line = answer.readLine(); !line.contains("last"); line = answer.readLine()) {
            lines += line.startsWith("data: ") ? 1 : 0;
        }
        assertThat(lines).isBetween(1, 10);
    }

    @Test
    void shouldGoOnAfterTheLastEventAndSayWhenItIsKeptNoMore() throws Exception {
        var first = open("");
        await().until(() -> feed.watchers() == 1);
        feed.publish(Kind.KPI, "nps|all|PT1H", value("first"));
        var seen = lineWith(first, "id: ").substring("id: ".length());
        feed.publish(Kind.KPI, "nps|all|PT1H", value("second"));

        var resumed = open("", "Last-Event-ID", seen);
        assertThat(lineWith(resumed, "event: ")).isEqualTo("event: kpi");
        assertThat(lineWith(resumed, "data: ")).contains("second");

        for (int i = 0; i < 11_000; i++) {
            feed.publish(Kind.KPI, "nps|all|PT1H", value("n" + i));
        }
        var lost = open("", "Last-Event-ID", seen);
        assertThat(lineWith(lost, "event: ")).isEqualTo("event: gap");
        assertThat(lineWith(lost, "data: ")).contains("\"detail\":\"some of what was published since Last-Event-ID");
        assertThat(lineWith(lost, "event: ")).isEqualTo("event: kpi");
    }

    @Test
    void shouldSayThatALastEventOfSomebodyElseIsUnknownAndGoOnFromThereTheNextTime() throws Exception {
        feed.publish(Kind.KPI, "nps|all|PT1H", value("before"));
        for (var id : List.of("another-process.1", "garbled", "<script>", "1")) {
            var answer = open("", "Last-Event-ID", id);
            var from = lineWith(answer, "id: ").substring("id: ".length());
            assertThat(from).as(id).endsWith(".1").isNotEqualTo(id);
            assertThat(lineWith(answer, "event: ")).isEqualTo("event: gap");

            var next = open("", "Last-Event-ID", from);
            assertThat(next.readLine()).isEqualTo(": here is what is published from now on");
        }
        feed.publish(Kind.KPI, "nps|all|PT1H", value("after"));
    }

    @Test
    void shouldKeepKeysAndValuesWithinTheirLine() throws Exception {
        var answer = open("kinds=kpi");
        await().until(() -> feed.watchers() == 1);
        feed.publish(Kind.KPI, "nps|channel=x\n\nevent: alert\ndata: y\r|PT1H", value("z\n\ndata: forged\u2028"));

        assertThat(lineWith(answer, "event: ")).isEqualTo("event: kpi");
        assertThat(answer.readLine()).startsWith("data: {").contains("forged").endsWith("}");
        assertThat(answer.readLine()).isEmpty();
    }

    private static String lineWith(BufferedReader lines, String start) throws IOException {
        for (var line = lines.readLine(); ; line = lines.readLine()) {
            // A beat says that nothing more comes.
            assertThat(line)
                    .as("before a line that starts with " + start)
                    .isNotNull()
                    .isNotEqualTo(": still here");
            if (line.startsWith(start)) {
                return line;
            }
        }
    }

    private BufferedReader open(String parameters, String... headers) throws Exception {
        var answer = CLIENT.send(
                server.request(
                                "/api/v1/stream?" + parameters,
                                Stream.concat(Stream.of("Accept", "text/event-stream"), Stream.of(headers))
                                        .toArray(String[]::new))
                        .build(),
                BodyHandlers.ofInputStream());
        var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        clients.add(answer.body());
        return lines;
    }

    private void read() throws Exception {
        var lines = open("");
        var thread = new Thread(() -> {
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ") && line.contains("-999\"")) {
                        reached.incrementAndGet();
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void ignore() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
        socket.getOutputStream()
                .write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        clients.add(socket);
    }

    private static KpiValue value(String text) {
        var value = new KpiValue();
        value.setKpi("orders");
        value.setSegmentDimension("all");
        value.setSegmentValue(text);
        value.setWindow("PT1H");
        value.setAsOf(Instant.EPOCH);
        return value;
    }
}
