package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.touchpoint.runtime.Health;
import io.touchpoint.runtime.Pipeline;

/** Answers how the pipeline of this instance is getting on: {@code /api/v1/pipeline}. */
final class PipelineRoutes implements Routes {

    private final Pipeline pipeline;

    PipelineRoutes(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * How it is.
     *
     * @param lag records on the broker that this instance has not read yet, all topics together
     */
    record Progress(String state, boolean live, boolean ready, int threads, long lag) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/pipeline", request -> {
            var health = Health.of(pipeline);
            request.json(new Progress(health.state(), health.live(), health.ready(), health.threads(), pipeline.lag()));
        });
    }
}
