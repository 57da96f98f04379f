package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.records.Alert;
import java.util.List;
import java.util.stream.Collectors;

/** Answers about alerts: {@code /api/v1/alerts}, what is open and what was told last. */
final class AlertRoutes implements Routes {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final AlertBoard board;

    AlertRoutes(AlertBoard board) {
        this.board = board;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/alerts", this::all);
    }

    private void all(Context request) {
        int most = Parameters.whole(request, "limit", USUAL, 1, MOST);
        request.contentType("application/json")
                .result("{\"openCount\":" + board.openCount() + ",\"open\":" + json(board.open(most)) + ",\"recent\":"
                        + json(board.recent(most)) + "}");
    }

    private static String json(List<Alert> alerts) {
        return alerts.stream().map(JsonRecordWriter::toJson).collect(Collectors.joining(",", "[", "]"));
    }
}
