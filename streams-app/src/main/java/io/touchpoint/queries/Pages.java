package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The dashboard at {@code /} and the description of the API: fixed paths; nothing else of the class path can be had. */
final class Pages implements Routes {

    private static final String FOLDER = "/dashboard/";
    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "dashboard.css", "text/css; charset=utf-8",
            "dashboard.js", "text/javascript; charset=utf-8",
            "charts.js", "text/javascript; charset=utf-8",
            "alerts.js", "text/javascript; charset=utf-8",
            "echarts/echarts.min.js", "text/javascript; charset=utf-8");

    @Override
    public void addTo(RoutesConfig routes) {
        add(routes, "/", "index.html");
        FILES.keySet().forEach(file -> add(routes, "/" + file, file));
        add(routes, "/api/v1/openapi.yaml", read("/openapi.yaml"), "application/yaml");
    }

    private static void add(RoutesConfig routes, String path, String file) {
        add(routes, path, read(FOLDER + file), FILES.get(file));
    }

    private static void add(RoutesConfig routes, String path, byte[] bytes, String type) {
        routes.get(
                path,
                request -> request.contentType(type)
                        .header("Cache-Control", "no-cache")
                        .result(bytes));
    }

    private static byte[] read(String resource) {
        try (var in = Pages.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(resource + " cannot be read from the program", broken);
        }
    }
}
