package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.http.Context;
import io.touchpoint.config.AppConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtherInstancesTest {

    private static final Map<String, String> OURS = Map.of("application.id", "ours", "http.token", "secret");

    @Test
    void shouldPassOnWhatTheOwnerSays() throws Exception {
        try (var owner = owner(OURS, 200);
                var asked = askingAt(owner.port())) {
            var answer = ask(asked);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(answer.body()).isEqualTo("{\"customer\":\"a b/ä\"}");
        }
        try (var owner = owner(OURS, 404);
                var asked = askingAt(owner.port())) {
            assertThat(ask(asked).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldSayNotNowWhenTheOwnerCannotTell() throws Exception {
        for (int status : List.of(500, 503)) {
            try (var owner = owner(OURS, status);
                    var asked = askingAt(owner.port())) {
                assertIsForLater(ask(asked));
            }
        }
        try (var owner = owner(Map.of("application.id", "ours", "http.token", "another"), 404);
                var asked = askingAt(owner.port())) {
            assertIsForLater(ask(asked));
        }
    }

    @Test
    void shouldNotBelieveAnotherPipelineAtTheAddress() throws Exception {
        try (var owner = owner(Map.of("application.id", "theirs", "http.token", "secret"), 404);
                var asked = askingAt(owner.port())) {
            assertIsForLater(ask(asked));
        }
        // Nor something that is no pipeline and finds nothing under any path.
        try (var owner = Answering.with(config(OURS), InstantSource.system(), List.of());
                var asked = askingAt(owner.port())) {
            assertIsForLater(ask(asked));
        }
    }

    @Test
    void shouldSayNotNowWhenNobodyListensOrAnswers() throws Exception {
        int free;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
            try (var asked = askingAt(free)) {
                long start = System.nanoTime();
                assertIsForLater(ask(asked));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            }
        }
        try (var asked = askingAt(free)) {
            assertIsForLater(ask(asked));
        }
    }

    @Test
    void shouldNotPassOnWhatWasPassedOn() throws Exception {
        try (var asked = askingAt(1)) {
            var answer =
                    asked.get("/api/v1/customers/x", "Authorization", "Bearer secret", OtherInstances.PIPELINE, "ours");

            assertThat(answer.body()).isEqualTo("not passed on");
        }
    }

    @Test
    void shouldEndWithoutAWordWhileTheOwnerIsAsked() throws Exception {
        try (var logged = new Logged();
                var slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var asking = new Socket()) {
            var asked = askingAt(slow.getLocalPort());
            asking.connect(new InetSocketAddress("127.0.0.1", asked.port()));
            asking.getOutputStream()
                    .write(
                            ("GET /api/v1/customers/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer secret\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            try (var owner = slow.accept()) {
                asked.close();
                owner.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + OtherInstances.PIPELINE
                                        + ": ours\r\n\r\n{}")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(owner.getInputStream().read()).isPositive();
            }

            assertThat(new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("application/problem+json");
            // Whatever is to be said of it is said while the answer is taken.
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> logged.warnings().isEmpty());
        }
    }

    private static void assertIsForLater(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("is being opened, moved or restored");
    }

    private static HttpResponse<String> ask(Answering asked) throws Exception {
        return asked.get("/api/v1/customers/x", "Authorization", "Bearer secret");
    }

    /** An instance that has no customers itself. */
    private static Answering askingAt(int port) {
        var others = new OtherInstances(config(OURS));
        return Answering.with(
                config(OURS),
                InstantSource.system(),
                List.of(routes -> routes.get("/api/v1/customers/{id}", request -> {
                    if (others.isForwarded(request)) {
                        request.result("not passed on");
                    } else {
                        others.ask(request, new HostInfo("127.0.0.1", port), "/api/v1/customers/a%20b%C3%A4");
                    }
                })));
    }

    private static Answering owner(Map<String, String> settings, int status) {
        var others = new OtherInstances(config(settings));
        return Answering.with(
                config(settings),
                InstantSource.system(),
                List.of(routes -> routes.get("/api/v1/customers/{id}", request -> tell(request, others, status))));
    }

    private static void tell(Context request, OtherInstances others, int status) {
        assertThat(others.isForwarded(request)).isTrue();
        assertThat(request.pathParam("id")).isEqualTo("a bä");
        request.status(status).contentType("application/json").result("{\"customer\":\"a b/ä\"}");
    }

    private static AppConfig config(Map<String, String> settings) {
        return Answering.config(settings);
    }
}
