package io.touchpoint.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.touchpoint.cli.Touchpoint;
import io.touchpoint.config.AppConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The compose file names only what the application has. */
class ComposeFileTest {

    private static final Path TOP = Path.of("").toAbsolutePath().getParent();

    private final JsonNode services = compose().get("services");

    private static JsonNode compose() {
        try {
            return new YAMLMapper().readTree(Files.readString(TOP.resolve("docker-compose.yml")));
        } catch (IOException e) {
            throw new AssertionError("docker-compose.yml cannot be read", e);
        }
    }

    @Test
    void shouldConfigureOnlyWhatTheApplicationKnows() {
        for (var name : List.of("topics", "pipeline")) {
            assertThatCode(() -> AppConfig.read(Optional.empty(), environment(services.get(name)), Map.of()))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRunOnlyCommandsThatExist() {
        for (var name : List.of("topics", "pipeline")) {
            var command = new ArrayList<String>();
            services.get(name).get("command").forEach(word -> command.add(word.asText()));
            var parsed = Touchpoint.commandLine().parseArgs(command.toArray(String[]::new));
            assertThat(parsed.subcommand().commandSpec().name()).as(name).isEqualTo(command.get(0));
        }
    }

    @Test
    void shouldOpenPortsOnLoopbackOnlyAndPinEveryImage() {
        for (var service : services) {
            if (service.has("ports")) {
                service.get("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
            }
            assertThat(service.get("image").asText()).contains(":").doesNotEndWith(":latest");
        }
    }

    @Test
    void shouldReachTheServicesByTheirNamesAndPorts() {
        var environment = environment(services.get("pipeline"));
        assertThat(environment.get("TOUCHPOINT_BOOTSTRAP_SERVERS")).isEqualTo("kafka:19092");
        assertThat(services.get("kafka")
                        .get("environment")
                        .get("KAFKA_LISTENERS")
                        .asText())
                .contains("INSIDE://:19092");
        assertThat(services.has("registry")).isTrue();
        assertThat(environment.get("TOUCHPOINT_REGISTRY_URL")).startsWith("http://registry:8080/");
    }

    @Test
    void shouldBuildFromFilesThatExist() {
        var build = services.get("topics").get("build");
        assertThat(TOP.resolve(build.get("dockerfile").asText())).exists();
    }

    /** Jackson leaves YAML's merge keys alone. */
    private Map<String, String> environment(JsonNode service) {
        var environment = new HashMap<String, String>();
        var own = service.get("environment");
        if (own.has("<<")) {
            environment.putAll(environment(services.get("topics")));
        }
        own.properties().forEach(entry -> {
            if (!entry.getKey().equals("<<")) {
                environment.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return environment;
    }
}
