package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A site whose name leads to this machine reads nothing through the browser of somebody who works here. */
@Timeout(60)
class HostTest {

    private static final String SECRET = "what we know";
    private static final List<String> PATHS = List.of(
            "/",
            "/api/v1/thing",
            "/api/v1/kpis",
            "/api/v1/openapi.yaml",
            "/api/v1/stream",
            "/session",
            "/health/live",
            "/no/such/path");

    @Test
    void shouldRefuseAsAProblemWhatIsForAnotherHostWhenNoTokenIsAsked() throws Exception {
        try (var server = answering(Map.of())) {
            for (var path : PATHS) {
                for (var host : List.of("evil.example", "evil.example:" + server.port(), "localhost.evil.example")) {
                    var answer = ask(server, path, host);

                    assertThat(answer).as("%s at %s", path, host).startsWith("HTTP/1.1 421 ");
                    assertThat(answer)
                            .containsIgnoringCase("Content-Type: application/problem+json")
                            .containsIgnoringCase("X-Content-Type-Options: nosniff")
                            .doesNotContain("evil", SECRET, "<");
                    var body = new ObjectMapper().readTree(answer.substring(answer.indexOf('{')));
                    assertThat(body.get("status").asInt()).isEqualTo(421);
                    assertThat(body.get("detail").asText()).contains("expected: Host is localhost");
                }
            }
        }
    }

    @Test
    void shouldRefuseARequestThatSaysNoHost() throws Exception {
        try (var server = answering(Map.of())) {
            assertThat(server.sendRaw("GET /api/v1/thing HTTP/1.0\r\n\r\n"))
                    .contains(" 421 ")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void shouldRefuseAnAddressInTheRequestLineThatIsNotThatOfTheHeader() throws Exception {
        try (var server = answering(Map.of())) {
            var answer = server.sendRaw(
                    "GET http://evil.example/api/v1/thing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("evil", SECRET);
        }
    }

    @Test
    void shouldAnswerUnderLoopbackAndWhatIsAdvertised() throws Exception {
        try (var server = answering(Map.of("http.advertised", "touchpoint.example:8080"))) {
            for (var host : List.of("localhost:" + server.port(), "127.0.0.1", "[::1]:80", "touchpoint.example")) {
                assertThat(ask(server, "/api/v1/thing", host)).as(host).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void shouldAnswerUnderAnyHostWhereATokenIsAsked() throws Exception {
        try (var server = answering(Map.of("http.token", "secret"))) {
            var request = "GET /api/v1/thing HTTP/1.1\r\nHost: pod.example\r\nConnection: close\r\n";

            assertThat(server.sendRaw(request + "Authorization: Bearer secret\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains(SECRET);
            assertThat(server.sendRaw(request + "\r\n"))
                    .startsWith("HTTP/1.1 401 ")
                    .doesNotContain(SECRET);
        }
    }

    private static String ask(Answering server, String path, String host) throws Exception {
        return server.sendRaw("GET " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nAccept: text/event-stream, text/html\r\nConnection: close\r\n\r\n");
    }

    private static Answering answering(Map<String, String> settings) {
        return Answering.with(
                Answering.config(settings),
                InstantSource.system(),
                List.of(
                        new Pages(),
                        new StreamRoutes(new LiveFeed()),
                        routes -> routes.get("/api/v1/thing", request -> request.result(SECRET))));
    }
}
