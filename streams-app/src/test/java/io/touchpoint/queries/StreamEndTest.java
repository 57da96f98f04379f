package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.queries.LiveEvent.Kind;
import io.touchpoint.records.state.RunDone;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How streams end: because the server does, or because those who watch go. Nothing of it is worth a line in the log. */
@Timeout(60)
class StreamEndTest {

    private static final int WATCHING = 5;
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final Logged logged = new Logged();
    private final LiveFeed feed = new LiveFeed();
    private final Answering server = Answering.with(
            Answering.config(Map.of()), InstantSource.system(), List.of(new StreamRoutes(feed, WATCHING)));
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        server.close();
        logged.close();
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void shouldEndStreamsAsAnswersEndWhenTheServerIsAboutTo() throws Exception {
        var watching = open();
        publish(100);
        for (var client : watching) {
            awaitEvent(client);
        }

        feed.end(Duration.ofSeconds(10));
        server.close();

        for (var client : watching) {
            assertThat(rest(client).endsWith(LAST_CHUNK)).isTrue();
        }
        assertThat(feed.watchers()).isZero();
        assertThat(logged.warnings()).isEmpty();
    }

    @Test
    void shouldBreakOffStreamsWithoutAWordWhenTheServerEndsAtOnce() throws Exception {
        open();

        server.close();

        await().until(() -> feed.watchers() == 0);
        assertThat(logged.warnings()).isEmpty();
    }

    @Test
    void shouldBreakOffStreamsThatNobodyReadsWithoutAWord() throws Exception {
        open();
        publish(4_900);
        await().until(() -> hangingWrites() == WATCHING);

        feed.end(Duration.ofMillis(100));
        server.close();

        await().until(() -> hangingWrites() == 0);
        assertThat(feed.watchers()).isZero();
        assertThat(logged.warnings()).isEmpty();
    }

    @Test
    void shouldLetGoOfThoseWhoGoWithoutAWord() throws Exception {
        for (var client : open()) {
            client.setSoLinger(true, 0);
            client.close();
        }

        await().until(() -> {
            publish(1);
            return feed.watchers() == 0;
        });
        assertThat(server.get("/no/such/path").statusCode()).isEqualTo(404);
        server.close();
        assertThat(logged.warnings()).isEmpty();
    }

    @Test
    void shouldRefuseOneTooManyUntilAnotherGoes() throws Exception {
        var watching = open();
        var refused = server.get("/api/v1/stream", "Accept", "text/event-stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("already " + WATCHING + " watch");

        watching.get(0).close();

        await().until(() -> {
            publish(1);
            return feed.watchers() < WATCHING;
        });
        await().until(() -> isLetIn());
    }

    private boolean isLetIn() throws IOException {
        try (var client = new Socket("127.0.0.1", server.port())) {
            ask(client);
            return new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith("200");
        }
    }

    private List<Socket> open() throws IOException {
        var opened = new ArrayList<Socket>();
        for (int i = 0; i < WATCHING; i++) {
            var client = new Socket();
            client.setReceiveBufferSize(4_096);
            client.connect(new InetSocketAddress("127.0.0.1", server.port()));
            ask(client);
            opened.add(client);
        }
        clients.addAll(opened);
        await().until(() -> feed.watchers() == WATCHING);
        return opened;
    }

    private static void ask(Socket client) throws IOException {
        client.getOutputStream()
                .write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void publish(int events) {
        for (int i = 0; i < events; i++) {
            feed.publish(Kind.CHURN, "somebody", new RunDone("x".repeat(1_000), 1));
        }
    }

    private static long hangingWrites() {
        return Thread.getAllStackTraces().values().stream()
                .map(Arrays::asList)
                .filter(stack -> stack.stream()
                        .anyMatch(at -> at.getClassName().equals(StreamRoutes.class.getName())
                                && at.getMethodName().equals("write")))
                .count();
    }

    private static void awaitEvent(Socket client) throws IOException {
        var in = client.getInputStream();
        var line = new StringBuilder();
        while (!line.toString().equals("event: churn")) {
            line.setLength(0);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                line.append((char) c);
            }
        }
    }

    private static String rest(Socket client) throws IOException {
        try (InputStream in = client.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
