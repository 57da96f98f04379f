package io.touchpoint.deploy;

import static io.touchpoint.deploy.Project.TOP;
import static io.touchpoint.deploy.Project.at;
import static io.touchpoint.deploy.Project.list;
import static io.touchpoint.deploy.Project.map;
import static io.touchpoint.deploy.Project.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.touchpoint.activation.AudienceMap;
import io.touchpoint.activation.platform.Platform;
import io.touchpoint.cli.Touchpoint;
import io.touchpoint.config.AppConfig;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.runtime.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file names only what this project has, and what it starts fits together. */
class ComposeFileTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+):-([^}]*)}");
    private static final String SECRETS = "/run/secrets";

    private static final String TEXT = Project.text("docker-compose.yml");
    private static final Map<String, Object> FILE =
            Project.yaml(VARIABLE.matcher(TEXT).replaceAll("$2")).get(0);
    private static final Map<String, Object> SERVICES = map(FILE.get("services"));

    /** Ports that the images of others listen on. */
    private static final Map<String, Integer> PORTS =
            Map.of("registry", 8080, "postgres", 5432, "prometheus", 9090, "grafana", 3000, "connect", 8083);

    @TempDir
    private Path folder;

    @Test
    void shouldBeAcceptedByCompose() {
        var compose = Project.tool("docker-compose");
        assumeTrue(compose.isPresent(), "docker-compose is not installed: its form is not checked");

        Project.run(List.of(compose.orElseThrow(), "-f", "docker-compose.yml", "config", "-q"));
    }

    @Test
    void shouldConfigureOnlyWhatTheApplicationKnows() {
        var ours = ours();
        assertThat(ours.keySet()).contains("topics", "pipeline-1", "pipeline-2", "activate");
        ours.forEach((name, service) ->
                assertThatCode(() -> settings(service)).as(name).doesNotThrowAnyException());
    }

    @Test
    void shouldRunOnlyCommandsThatExist() {
        ours().forEach((name, service) -> {
            var command =
                    list(service.get("command")).stream().map(Object::toString).toArray(String[]::new);
            var parsed = Touchpoint.commandLine().parseArgs(command);
            assertThat(parsed.subcommand().commandSpec().name()).as(name).isEqualTo(command[0]);
        });
    }

    @Test
    void shouldOpenPortsOnLoopbackOnlyAndToWhatListens() throws IOException {
        for (var service : SERVICES.entrySet()) {
            for (var port : list(at(service.getValue(), "ports"))) {
                assertThat(port.toString()).startsWith("127.0.0.1:");
                int inside = Integer.parseInt(port.toString().split(":")[2]);
                assertThat(listening(service.getKey())).as(service.getKey()).contains(inside);
            }
        }
    }

    @Test
    void shouldPinEveryImage() {
        SERVICES.forEach((name, service) -> assertThat((String) at(service, "image"))
                .as(name)
                .matches("[^:]+:.*\\d.*")
                .doesNotContain("latest"));
    }

    @Test
    void shouldReachServicesByNamesAndPortsThatTheyHave() throws IOException {
        var inside = new StringBuilder(Project.text("deploy/compose/prometheus.yml"));
        SERVICES.values()
                .forEach(service ->
                        texts(service).forEach(text -> inside.append('\n').append(text)));
        var address = Pattern.compile("(?:^|[@/,\"\\s])([a-z][a-z0-9-]*):(\\d{4,5})\\b")
                .matcher(inside);
        var found = new HashSet<String>();
        while (address.find()) {
            if (!address.group(1).equals("localhost")) {
                found.add(address.group(1));
                assertThat(SERVICES).containsKey(address.group(1));
                assertThat(listening(address.group(1)))
                        .as(address.group())
                        .contains(Integer.parseInt(address.group(2)));
            }
        }
        assertThat(found)
                .contains("kafka-1", "kafka-2", "kafka-3", "registry", "pipeline-1", "pipeline-2", "prometheus");
    }

    @Test
    void shouldMountOnlyWhatIsThere() {
        var volumes = map(FILE.get("volumes")).keySet();
        SERVICES.forEach((name, service) -> list(at(service, "volumes")).forEach(mount -> {
            var source = mount.toString().split(":")[0];
            if (source.startsWith("./")) {
                assertThat(TOP.resolve(source)).as(name).exists();
            } else {
                assertThat(volumes).as(name).contains(source);
            }
        }));
        var build = at(SERVICES.get("topics"), "build");
        assertThat(TOP.resolve((String) map(build).get("dockerfile"))).exists();
    }

    @Test
    void shouldHoldNoSecretAndMountThoseThatTheScriptMakes() {
        var declared = map(FILE.get("secrets"));
        Project.run(List.of(TOP.resolve("deploy/compose/new-secrets").toString(), folder.toString()));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(declared.keySet());
        declared.forEach(
                (name, secret) -> assertThat((String) at(secret, "file")).endsWith("/secrets/" + name));
        SERVICES.forEach((name, service) -> {
            var mounted = list(at(service, "secrets"));
            assertThat(declared.keySet())
                    .as(name)
                    .containsAll(mounted.stream().map(Object::toString).toList());
            environment(map(service)).forEach((variable, value) -> {
                if (variable.matches(".*(PASSWORD|TOKEN|SECRET).*")) {
                    assertThat(value).as(variable).startsWith(SECRETS + "/");
                    assertThat(mounted).as(variable).contains(value.substring(SECRETS.length() + 1));
                }
            });
        });
    }

    @Test
    void shouldWaitOnlyForWhatCanBeWaitedFor() {
        SERVICES.forEach((name, service) -> map(at(service, "depends_on")).forEach((other, how) -> {
            var condition = (String) at(how, "condition");
            assertThat(SERVICES).as(name).containsKey(other);
            assertThat(condition).isIn("service_healthy", "service_completed_successfully");
            assertThat(map(SERVICES.get(other)).containsKey("healthcheck"))
                    .as("%s waits for %s", name, other)
                    .isEqualTo(condition.equals("service_healthy"));
        }));
    }

    @Test
    void shouldGiveEachInstanceItsOwnNameAndState() throws IOException {
        var instances = List.of("pipeline-1", "pipeline-2");
        var names = new HashSet<Optional<String>>();
        for (var instance : instances) {
            var config = settings(map(SERVICES.get(instance)));
            names.add(config.streams().instanceId());
            assertThat(list(at(SERVICES.get(instance), "volumes")))
                    .contains(instance + ":" + dockerfileVariable("TOUCHPOINT_STREAMS_STATE_DIR"));
            assertThat(Duration.ofSeconds(Long.parseLong(
                            ((String) at(SERVICES.get(instance), "stop_grace_period")).replace("s", ""))))
                    .isGreaterThan(Pipeline.STOPS_WITHIN);
        }
        assertThat(names).hasSize(2).doesNotContain(Optional.empty());
    }

    @Test
    void shouldActivateOnlyWhenAskedAndWithEverythingItNeeds() throws IOException {
        var activate = map(SERVICES.get("activate"));
        assertThat(list(activate.get("profiles"))).containsExactly("activate");
        SERVICES.forEach((name, service) -> {
            if (!name.equals("activate")) {
                assertThat(map(service)).as(name).doesNotContainKey("profiles");
                assertThat(map(at(service, "depends_on"))).as(name).doesNotContainKey("activate");
            }
        });
        assertThat(Platform.named(list(activate.get("command")).get(2).toString()))
                .isPresent();
        var account = new HashMap<>(activate);
        var environment = new HashMap<>(environment(activate));
        environment.put("TOUCHPOINT_ACTIVATION_ACCOUNT", "4711");
        account.put("environment", environment);
        var settings = settings(account).activation();
        assertThat(settings.account()).contains("4711");
        assertThat(settings.tokenFile()).contains(folder.resolve("platform-token"));
        var mount = list(activate.get("volumes")).stream()
                .map(Object::toString)
                .filter(each -> each.endsWith(":" + settings.audiences().orElseThrow() + ":ro"))
                .findFirst()
                .orElseThrow();
        var audiences = AudienceMap.read(TOP.resolve(mount.split(":")[0]));
        for (var scope : SuppressionScope.values()) {
            var value = scope == SuppressionScope.ALL ? "" : "mug";
            assertThat(audiences.of(scope.name(), value)).as(scope.name()).isPresent();
        }
        assertThat(list(activate.get("volumes")))
                .contains("activate:" + dockerfileVariable("TOUCHPOINT_STREAMS_STATE_DIR"));
        assertThat(environment.get("JAVA_TOOL_OPTIONS"))
                .isEqualTo("-Djava.io.tmpdir=" + dockerfileVariable("TOUCHPOINT_STREAMS_STATE_DIR"));
    }

    @Test
    void shouldRunWithoutRootAndWithoutWritingBesideItsState() {
        ours().forEach((name, service) -> {
            assertThat(service).as(name).containsEntry("read_only", true).containsEntry("user", "10001:10001");
            assertThat(list(service.get("cap_drop"))).containsExactly("ALL");
        });
    }

    @Test
    void shouldSayInTheExampleWhatCanBeSet() {
        var used = new TreeMap<String, String>();
        VARIABLE.matcher(TEXT).results().forEach(variable -> used.put(variable.group(1), variable.group(2)));
        var said = new TreeMap<String, String>();
        Project.text(".env.example").lines().filter(line -> line.contains("=")).forEach(line -> {
            var parts = line.split("=", 2);
            said.put(parts[0], parts[1]);
        });
        assertThat(said).isEqualTo(used);
        assertThat(VARIABLE.matcher(TEXT).replaceAll("")).doesNotContain("${");
    }

    private static Map<String, Map<String, Object>> ours() {
        var ours = new LinkedHashMap<String, Map<String, Object>>();
        SERVICES.forEach((name, service) -> {
            if (((String) at(service, "image")).startsWith("touchpoint:")) {
                ours.put(name, map(service));
            }
        });
        return ours;
    }

    private AppConfig settings(Map<String, Object> service) throws IOException {
        return MountedSettings.read(Optional.empty(), environment(service), Map.of(), SECRETS, folder);
    }

    private Set<Integer> listening(String service) throws IOException {
        var environment = environment(map(SERVICES.get(service)));
        if (service.startsWith("kafka-")) {
            var ports = new HashSet<Integer>();
            Pattern.compile("//:(\\d+)")
                    .matcher(environment.get("KAFKA_LISTENERS"))
                    .results()
                    .forEach(port -> ports.add(Integer.parseInt(port.group(1))));
            return ports;
        }
        return ours().containsKey(service)
                ? Set.of(settings(map(SERVICES.get(service))).http().port())
                : Set.of(PORTS.get(service));
    }

    private static String dockerfileVariable(String name) {
        return Project.text("deploy/Dockerfile")
                .lines()
                .filter(line -> line.startsWith("ENV " + name + "="))
                .map(line -> line.substring(("ENV " + name + "=").length()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> environment(Map<String, Object> service) {
        var environment = new HashMap<String, String>();
        map(service.get("environment")).forEach((variable, value) -> environment.put(variable, String.valueOf(value)));
        return environment;
    }
}
