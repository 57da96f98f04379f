package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Rejected;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and how: as a problem that repeats nothing of the request. */
@Timeout(60)
class RefusalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2024-01-31T09:30:00Z");

    private static final KpiBoard BOARD = new KpiBoard();
    private static final RejectedBoard REJECTED = new RejectedBoard();
    private static Answering server;

    @BeforeAll
    static void start() {
        board("orders", "channel", "web", "P30D", null);
        for (int day = 1; day <= 9; day++) {
            board("orders", "all", "", "DAY", "2024-01-0" + day);
        }
        server = Answering.with(
                Answering.config(Map.of()),
                InstantSource.system(),
                List.of(
                        new KpiRoutes(KpiCatalogue.standard(), BOARD, new KpiChanges(BOARD, ZoneOffset.UTC)),
                        new RejectedRoutes(REJECTED),
                        new StreamRoutes(new LiveFeed()),
                        // Whoever is refused never gets to the store.
                        new CustomerRoutes(null, new OtherInstances(Answering.config(Map.of())), () -> null),
                        new Pages()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard/../../etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/echarts/..;/..;/openapi.yaml",
                "/echarts/../../openapi.yaml",
                "/openapi.yaml",
                "/sign-in.html",
                "/policy.yaml",
                "/api/v1/kpis/..%5c..%5cpolicy.yaml",
                "/%00index.html",
                "//etc/passwd",
                "/file:///etc/passwd",
                "/<script>alert(1)</script>",
                "/api/v1/kpis/%3Cscript%3Ealert(1)%3C/script%3E",
                "/api/v1/kpis/nps?window=%3Cscript%3E",
                "/api/v1/kpis/nps?segment=%3Cscript%3E",
                "/api/v1/kpis/nps?segment=channel%3D%3Cscript%3E",
                "/api/v1/kpis/nps?period=DAY&from=%3Cscript%3E",
                "/api/v1/kpis?segment=%3Cscript%3E",
                "/api/v1/kpis?limit=%3Cscript%3E",
                "/api/v1/kpis?segment=%zz%3Cscript%3E",
                "/api/v1/kpis?segment=%ff%3Cscript%3E%fe",
                "/api/v1/customers/%3Cscript%3E%0d%0aSet-Cookie:%20passwd",
                "/api/v1/customers/%00%3Cscript%3E/suppressions",
                "/api/v1/customers/%2e%2e/%2e%2e/etc/passwd",
                "/api/v1/customers/%20%09/churn",
                "/api/v1/customers/script/journey?limit=%3Cscript%3E",
                "/api/v1/customers/script/journey?limit=1001",
                "/api/v1/customers/script/../../../policy.yaml",
                "/api/v1/kpis/nps/change?window=%3Cscript%3E",
            })
    void shouldAnswerWithAProblemThatRepeatsNothing(String path) throws Exception {
        var answer = server.sendRaw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer.substring(0, 12)).isIn("HTTP/1.1 400", "HTTP/1.1 404");
        assertIsAProblem(answer);
        assertThat(answer).doesNotContain("script", "passwd", "alert", "policy.yaml", "root:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET script HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nscript\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "script\r\n\r\n"
            })
    void shouldRefuseWhatIsNoRequest(String request) throws Exception {
        var answer = server.sendRaw(request);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|505) .*").doesNotContain("script", "<");
        assertIsAProblem(answer);
    }

    @Test
    void shouldRefuseWhatIsTooLong() throws Exception {
        var long1 = server.sendRaw("GET /api/v1/kpis?segment=" + "x".repeat(20_000)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var long2 = server.sendRaw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + "x".repeat(20_000) + "\r\nConnection: close\r\n\r\n");

        assertThat(long1).startsWith("HTTP/1.1 414").doesNotContain("xxx");
        assertThat(long2).startsWith("HTTP/1.1 431").doesNotContain("xxx");
        assertIsAProblem(long1);
        assertIsAProblem(long2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/suppressions", "/churn", "/journey"})
    void shouldRefuseAnIdThatIsTooLong(String below) throws Exception {
        var answer = server.sendRaw("GET /api/v1/customers/" + "x".repeat(257) + below
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("257 characters").doesNotContain("xxx");
        assertIsAProblem(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds=%3Cscript%3E", "kinds=kpi,script", "segment=%zzscript"})
    void shouldRefuseAStreamOfWhatThereIsNot(String parameters) throws Exception {
        var answer = server.sendRaw("GET /api/v1/stream?" + parameters
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("script");
        assertIsAProblem(answer);
    }

    /** Ids and comments are texts of others: the page may show them, but never as a part of itself. */
    @ParameterizedTest
    @ValueSource(strings = {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"})
    void shouldNotMakeAPageOfTexts(String way) throws Exception {
        for (var file : Pages.files()) {
            if (file.endsWith(".js") && !file.startsWith("echarts/")) {
                assertThat(server.get("/" + file).body()).as(file).doesNotContain(way);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/api/v1/kpis/nonsense 404",
                "/api/v1/kpis/orders?window=P1Y 400",
                "/api/v1/kpis/orders?period=YEAR 400",
                "/api/v1/kpis/orders?segment=nonsense 400",
                "/api/v1/kpis/orders?segment=channel=nonsense 404",
                "/api/v1/kpis?segment=channel=nonsense 404",
                "/api/v1/kpis/orders/change?segment=channel=nonsense 404",
                "/api/v1/kpis/revenue?segment=all 400",
                "/api/v1/kpis/orders?period=DAY&from=2024-01 400",
                "/api/v1/kpis/orders?period=MONTH&to=yesterday 400",
                "/api/v1/kpis/orders?period=DAY&window=P30D 400",
                "/api/v1/kpis/orders?from=2024-01-01 400",
                "/api/v1/kpis/orders?period=DAY&limit=0 400",
                "/api/v1/kpis?limit=1000000 400",
                "/api/v1/kpis/orders?segment=all 200",
                "/api/v1/kpis/orders?segment=channel=web 200",
                "/api/v1/kpis/revenue?segment=all/EUR 200"
            })
    void shouldTellWhatIsUnknownFromWhatIsEmpty(String path, int status) throws Exception {
        var answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status != 200) {
            assertThat(JSON.readTree(answer.body()).get("detail").asText()).contains("expected: ");
        }
    }

    @Test
    void shouldCutSeriesToWhatIsAskedFor() throws Exception {
        var path = "/api/v1/kpis/orders?period=DAY&from=2024-01-03&to=2024-01-07";
        var all = JSON.readTree(server.get(path).body());
        var some = JSON.readTree(server.get(path + "&limit=2").body());

        assertThat(all.get("values").findValuesAsText("period"))
                .containsExactly("2024-01-03", "2024-01-04", "2024-01-05", "2024-01-06", "2024-01-07");
        assertThat(all.get("more").asBoolean()).isFalse();
        assertThat(some.get("values").findValuesAsText("period")).containsExactly("2024-01-06", "2024-01-07");
        assertThat(some.get("more").asBoolean()).isTrue();

        var points = "/api/v1/kpis/orders?segment=channel=web&from=";
        assertThat(JSON.readTree(server.get(points + NOW).body()).get("points")).hasSize(1);
        assertThat(JSON.readTree(server.get(points + NOW.plusSeconds(1)).body()).get("points"))
                .isEmpty();
    }

    @Test
    void shouldTellWhatWasRefusedWithoutWhoseItIs() throws Exception {
        for (int i = 0; i < 25; i++) {
            REJECTED.add(rejected("TOO_LATE", "orders", i, "event-of-alice"), NOW.plusSeconds(i));
        }
        REJECTED.add(rejected("UNDECODABLE", "surveys", 7, null), NOW.minusSeconds(60));

        var answer = server.get("/api/v1/rejected").body();
        var told = JSON.readTree(answer);
        var late = told.get("rejected").get(0);

        assertThat(answer).doesNotContain("alice");
        assertThat(told.get("countedFrom").asText()).isEqualTo("2024-01-31T09:29:00.000Z");
        assertThat(told.get("rejected").findValuesAsText("reason")).containsExactly("TOO_LATE", "UNDECODABLE");
        assertThat(late.get("count").asInt()).isEqualTo(25);
        assertThat(late.get("samples")).hasSize(10);
        assertThat(late.get("samples").get(0).get("offset").asInt()).isEqualTo(24);
        assertThat(late.get("samples").get(0).get("event").asText()).matches("[0-9a-f]{16}");
        assertThat(told.get("rejected")
                        .get(1)
                        .get("samples")
                        .get(0)
                        .get("event")
                        .isNull())
                .isTrue();
    }

    private static void assertIsAProblem(String answer) throws Exception {
        var parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0])
                .containsIgnoringCase("Content-Type: application/problem+json")
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .containsIgnoringCase("Content-Security-Policy: default-src 'self'");
        var body = parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1);
        assertThat(JSON.readTree(body).get("status").asText()).isEqualTo(parts[0].split(" ", 3)[1]);
    }

    private static void board(String kpi, String dimension, String value, String window, String period) {
        var published = new KpiValue();
        published.setKpi(kpi);
        published.setSegmentDimension(dimension);
        published.setSegmentValue(value);
        published.setWindow(window);
        published.setValue(1.0);
        published.setAsOf(NOW);
        if (period == null) {
            BOARD.rolling(KpiKey.of(published), published);
        } else {
            published.setPeriod(period);
            published.setPeriodStart(Instant.parse(period + "T00:00:00Z"));
            BOARD.calendar(KpiKey.of(published), published);
        }
    }

    private static Rejected rejected(String reason, String topic, long offset, String eventId) {
        var bytes = ByteBuffer.wrap("alice".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Rejected(reason, "what was wrong", topic, 1, offset, eventId, bytes, bytes);
    }
}
