package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;

/** Some of the paths that are answered. */
@FunctionalInterface
interface Routes {
    void addTo(RoutesConfig routes);
}
