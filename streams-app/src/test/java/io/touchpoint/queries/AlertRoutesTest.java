package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AlertRoutesTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final AlertBoard board = new AlertBoard();
    private Answering server;

    @BeforeEach
    void start() {
        server = Answering.with(Answering.config(Map.of()), InstantSource.system(), List.of(new AlertRoutes(board)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldTellThatNothingFires() throws Exception {
        assertThat(server.get("/api/v1/alerts").body()).isEqualTo("{\"openCount\":0,\"open\":[],\"recent\":[]}");
    }

    @Test
    void shouldTellWhatIsOpenKpisFirstAndWhatWasToldLast() throws Exception {
        told("call-back", "customer=a", null, AlertState.FIRING, 1);
        told("leak", "platform=x", "P7D", AlertState.FIRING, 0);
        told("drop", "all", "P30D", AlertState.FIRING, 2);
        told("drop", "all", "P30D", AlertState.RESOLVED, 3);

        var answer = get("/api/v1/alerts");

        assertThat(answer.get("openCount").asInt()).isEqualTo(2);
        assertThat(answer.get("open").findValuesAsText("rule")).containsExactly("leak", "call-back");
        assertThat(answer.get("recent").findValuesAsText("state"))
                .containsExactly("RESOLVED", "FIRING", "FIRING", "FIRING");
        assertThat(answer.get("recent").get(0).get("decided_at").asText()).isEqualTo("2024-05-01T12:00:03.000Z");
        assertThat(answer.get("recent").get(0).get("detail").asText())
                .isEqualTo("<script>alert(1)</script> \"quoted\"");
    }

    @Test
    void shouldTellAtMostAsManyAsAreAskedForButCountAll() throws Exception {
        for (int i = 0; i < 150; i++) {
            told("call-back", "customer=" + i, null, AlertState.FIRING, i);
        }

        var usual = get("/api/v1/alerts");
        assertThat(usual.get("open")).hasSize(100);
        assertThat(usual.get("recent")).hasSize(100);
        assertThat(usual.get("openCount").asInt()).isEqualTo(150);
        var some = get("/api/v1/alerts?limit=2");
        assertThat(some.get("open").findValuesAsText("segment")).containsExactly("customer=149", "customer=148");
        assertThat(some.get("recent")).hasSize(2);
        assertThat(get("/api/v1/alerts?limit=1000").get("open")).hasSize(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "99999999999999999999", "ten", "1.5", "%3Cscript%3E", "1%00", "%zz"})
    void shouldRefuseALimitThatIsNone(String limit) throws Exception {
        var answer = server.sendRaw(
                "GET /api/v1/alerts?limit=" + limit + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("expected: ")
                .doesNotContain("script");
    }

    @Test
    void shouldAnswerOnlyToWhoAsks() throws Exception {
        assertThat(server.post("/api/v1/alerts", "limit=1").statusCode()).isIn(404, 405);
    }

    private JsonNode get(String path) throws Exception {
        var answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return new ObjectMapper().readTree(answer.body());
    }

    private void told(String rule, String segment, String window, AlertState state, int seconds) {
        board.told(
                rule + "|" + segment,
                Alert.newBuilder()
                        .setRule(rule)
                        .setKpi("nps")
                        .setSegment(segment)
                        .setWindow(window)
                        .setState(state)
                        .setDetail("<script>alert(1)</script> \"quoted\"")
                        .setDecidedAt(NOON.plusSeconds(seconds))
                        .setOpenedAt(NOON)
                        .build());
    }
}
