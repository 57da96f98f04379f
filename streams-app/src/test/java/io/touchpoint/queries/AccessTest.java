package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessTest {

    private static final String TOKEN = "a token; with \"odd\" characters";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2024-01-31T09:30:00Z"));
    private final LiveFeed feed = new LiveFeed();
    private Answering server;

    @BeforeEach
    void start() {
        server = Answering.with(
                Answering.config(Map.of("http.token", TOKEN)),
                now::get,
                List.of(
                        routes -> routes.get("/api/v1/thing", request -> request.json(Map.of("answer", 42))),
                        new StreamRoutes(feed)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRefuseAsAProblemWhoShowsNoTokenOrAnother() throws Exception {
        for (var header : List.of("", "Bearer", "Bearer wrong", "Basic " + TOKEN, TOKEN, "Bearer " + TOKEN + "x")) {
            for (var path : List.of("/api/v1/thing", "/no/such/path", "/", "/api/v1/stream")) {
                var answer = header.isEmpty() ? server.get(path) : server.get(path, "Authorization", header);

                assertThat(answer.statusCode()).as("%s with %s", path, header).isEqualTo(401);
                assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
                assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'self'");
                assertThat(answer.body()).doesNotContain("wrong", "odd");
            }
        }
    }

    @Test
    void shouldLetInWhoShowsTheTokenAsBearer() throws Exception {
        assertThat(server.get("/api/v1/thing", "Authorization", "Bearer " + TOKEN)
                        .body())
                .isEqualTo("{\"answer\":42}");
    }

    @Test
    void shouldAskABrowserForTheTokenAndLetItInByACookieThatHoldsNone() throws Exception {
        var asked = server.get("/", "Accept", "text/html");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.body()).contains("<form method=\"post\" action=\"/session\">");

        var signedIn = signIn("Accept", "text/html");
        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(header(signedIn, "Location")).isEqualTo(".");
        var cookie = header(signedIn, "Set-Cookie");
        assertThat(cookie).contains("; HttpOnly; SameSite=Strict", "; Path=/").doesNotContain("Secure", "odd", "token");

        assertThat(server.get("/api/v1/thing", "Cookie", pair(cookie)).statusCode())
                .isEqualTo(200);
        var stream = java.net.http.HttpClient.newHttpClient()
                .send(
                        server.request("/api/v1/stream", "Cookie", pair(cookie), "Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(header(stream, "X-Content-Type-Options")).isEqualTo("nosniff");
        stream.body().close();
    }

    @Test
    void shouldKeepTheCookieToTlsBehindAProxyThatSpeaksIt() throws Exception {
        assertThat(header(signIn("X-Forwarded-Proto", "https"), "Set-Cookie")).endsWith("; Secure");
    }

    @Test
    void shouldRefuseACookieThatIsOverOrMadeUp() throws Exception {
        var good = pair(header(signIn(), "Set-Cookie"));
        var later = good.replaceFirst("=[0-9]+", "=9999999999");
        for (var cookie : List.of(
                later,
                good + "x",
                "touchpoint-session=",
                "touchpoint-session=.",
                "touchpoint-session=999999999999.",
                "touchpoint-session=99999999999999999999.x",
                "touchpoint-session=" + "9".repeat(4_000))) {
            assertThat(server.get("/api/v1/thing", "Cookie", cookie).statusCode())
                    .as(cookie)
                    .isEqualTo(401);
        }
        assertThat(server.get("/api/v1/thing", "Cookie", good).statusCode()).isEqualTo(200);

        now.updateAndGet(time -> time.plus(Access.SESSION));
        assertThat(server.get("/api/v1/thing", "Cookie", good).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseToSignInWithAnotherToken() throws Exception {
        for (var form : List.of("", "token=%zz", "token=", "token=wrong", "other=" + "x".repeat(100))) {
            var answer = server.post("/session", form);
            assertThat(answer.statusCode()).as(form).isEqualTo(401);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(server.post("/session", "token=" + "x".repeat(100_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldForgetTheCookieWhenOneSignsOut() throws Exception {
        var answer = Answering.send(server.request("/session")
                .method("DELETE", HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(header(answer, "Set-Cookie")).startsWith("touchpoint-session=; Path=/; Max-Age=0");
    }

    private HttpResponse<String> signIn(String... headers) throws IOException, InterruptedException {
        return server.post(
                "/session",
                "token=" + java.net.URLEncoder.encode(TOKEN, java.nio.charset.StandardCharsets.UTF_8),
                headers);
    }

    private static String pair(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
