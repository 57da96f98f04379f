package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The dashboard at {@code /}: a page and what belongs to it, each a fixed path; nothing else of the class path can be had. */
final class Dashboard implements Routes {

    private static final String FOLDER = "/dashboard/";
    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "dashboard.css", "text/css; charset=utf-8",
            "dashboard.js", "text/javascript; charset=utf-8",
            "charts.js", "text/javascript; charset=utf-8",
            "echarts/echarts.min.js", "text/javascript; charset=utf-8");

    @Override
    public void addTo(RoutesConfig routes) {
        add(routes, "/", "index.html");
        FILES.keySet().forEach(file -> add(routes, "/" + file, file));
    }

    private static void add(RoutesConfig routes, String path, String file) {
        var bytes = read(file);
        var type = FILES.get(file);
        routes.get(
                path,
                request -> request.contentType(type)
                        .header("Cache-Control", "no-cache")
                        .result(bytes));
    }

    private static byte[] read(String file) {
        try (var in = Dashboard.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the dashboard lacks " + file);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("the dashboard's " + file + " cannot be read", broken);
        }
    }
}
