package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.Javalin;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description says what can be asked, no more and no less. */
class OpenApiTest {

    private static final Set<String> OF_THE_DASHBOARD = Set.of(
            "/",
            "/index.html",
            "/dashboard.css",
            "/dashboard.js",
            "/charts.js",
            "/alerts.js",
            "/echarts/echarts.min.js");

    @Test
    void shouldDescribeEveryPath() throws IOException {
        var described = new TreeSet<>(Set.of("/health", "/metrics"));
        described.addAll(served());

        assertThat(fieldNames(document().get("paths"))).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void shouldReferOnlyToWhatIsThere() throws IOException {
        var document = document();
        for (var reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    private static Set<String> served() {
        var config = AppConfig.read(Optional.empty(), Map.of(), Map.of());
        var server = Javalin.create(
                javalin -> OperationsServer.routes(config, PolicyFile.shipped(), null, new KpiBoard(), new LiveFeed())
                        .forEach(routes -> routes.addTo(javalin.routes)));
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.path)
                .filter(path -> !OF_THE_DASHBOARD.contains(path))
                .collect(Collectors.toSet());
    }

    private static JsonNode document() throws IOException {
        try (var in = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        }
    }

    private static List<String> fieldNames(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
