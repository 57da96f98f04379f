package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The dashboard at {@code /} and the description of the API: fixed paths; nothing else of the class path can be had. */
final class Pages implements Routes {

    private static final String FOLDER = "/dashboard/";
    private static final String FIRST = "index.html";
    private static final Set<String> FILES = Set.of(
            FIRST,
            "dashboard.css",
            "theme.js",
            "dashboard.js",
            "ads.js",
            "alerts.js",
            "api.js",
            "charts.js",
            "decisions.js",
            "dom.js",
            "figures.js",
            "format.js",
            "journey.js",
            "nps.js",
            "periods.js",
            "person.js",
            "pickers.js",
            "pipeline.js",
            "store.js",
            "echarts/echarts.min.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    @Override
    public void addTo(RoutesConfig routes) {
        add(routes, "/", FIRST);
        FILES.forEach(file -> add(routes, "/" + file, file));
        add(routes, "/api/v1/openapi.yaml", read("/openapi.yaml"), "application/yaml");
    }

    /** {@return the names of the files that are served} */
    static Set<String> files() {
        return FILES;
    }

    /** {@return the page that asks for the token} */
    static String signIn() {
        return new String(read(FOLDER + "sign-in.html"), StandardCharsets.UTF_8);
    }

    private static void add(RoutesConfig routes, String path, String file) {
        add(routes, path, read(FOLDER + file), TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
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
