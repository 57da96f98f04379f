package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import java.util.List;

/** {@code /api/v1/rejected}: what was refused, and why. */
final class RejectedRoutes implements Routes {

    private final RejectedBoard board;

    RejectedRoutes(RejectedBoard board) {
        this.board = board;
    }

    /** What was refused since a time. */
    record Answer(String countedFrom, List<RejectedBoard.Refused> rejected) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/rejected", request -> request.json(new Answer(board.countedFrom(), board.refused())));
    }
}
