package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.runtime.Health;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an orchestrator asks: is the pipeline to be restarted, and may the next instance be? It cannot show a token that is kept
 * secret, so these two need none, and tell no more than yes or no.
 */
final class Probes implements Routes {

    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";
    private static final int NO = 503;

    /** The paths that need no token. */
    static final Set<String> PATHS = Set.of(LIVE, READY);

    private final Supplier<Health> health;

    Probes(Supplier<Health> health) {
        this.health = health;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(LIVE, request -> answer(request, health.get().live()));
        routes.get(READY, request -> answer(request, health.get().ready()));
    }

    private static void answer(Context request, boolean yes) {
        request.status(yes ? 200 : NO).result(yes ? "yes\n" : "no\n");
    }
}
