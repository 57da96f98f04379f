package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.domain.tally.SuppressionTally;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.queries.DecisionBoard.Decided;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Answers about all customers together: {@code /api/v1/suppressions}, how many hold and why, and {@code /api/v1/churn-signals}, the newest. */
final class DecisionRoutes implements Routes {

    private final DecisionBoard board;

    DecisionRoutes(DecisionBoard board) {
        this.board = board;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/suppressions", request -> request.json(Suppressions.of(board.standing())));
        routes.get("/api/v1/suppressions/newest", request -> newest(request, board.newestSuppressions()));
        routes.get("/api/v1/churn-signals/newest", request -> newest(request, board.newestSignals()));
    }

    /** The suppressions that hold; the times as all JSON of Touchpoint shows them. */
    record Suppressions(
            boolean counted, long active, Map<String, Long> scopes, Map<String, Long> reasons, List<Minute> minutes) {
        static Suppressions of(DecisionBoard.Standing standing) {
            return new Suppressions(
                    standing.counted(),
                    standing.active(),
                    standing.scopes(),
                    standing.reasons(),
                    standing.minutes().stream().map(Minute::of).toList());
        }
    }

    /** What was decided in a minute. */
    record Minute(String at, long added, long extended, long lifted) {
        static Minute of(SuppressionTally.Minute minute) {
            return new Minute(
                    JsonRecordWriter.time(Instant.ofEpochMilli(minute.at())),
                    minute.added(),
                    minute.extended(),
                    minute.lifted());
        }
    }

    private static <T extends SpecificRecord> void newest(Context request, List<Decided<T>> decisions) {
        request.contentType("application/json")
                .result(decisions.stream()
                        .map(decided -> "{\"at\":\"" + JsonRecordWriter.time(decided.at()) + "\",\"value\":"
                                + JsonRecordWriter.toJson(decided.value()) + "}")
                        .collect(Collectors.joining(",", "{\"newest\":[", "]}")));
    }
}
