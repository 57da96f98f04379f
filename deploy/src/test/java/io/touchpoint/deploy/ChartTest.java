package io.touchpoint.deploy;

import static io.touchpoint.deploy.Project.at;
import static io.touchpoint.deploy.Project.list;
import static io.touchpoint.deploy.Project.map;
import static io.touchpoint.deploy.Project.maps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.touchpoint.cli.Touchpoint;
import io.touchpoint.config.AppConfig;
import io.touchpoint.runtime.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm renders it, held against the application. */
class ChartTest {

    private static final String CHART = "deploy/kubernetes/touchpoint";
    private static final String SECRETS = "/etc/touchpoint/secrets";
    private static final String DEFAULTS = CHART + "/values.yaml";
    private static final String TLS = "deploy/kubernetes/examples/tls-sasl.yaml";

    private static String helm;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() {
        var found = Project.tool("helm");
        assumeTrue(found.isPresent(), "helm is neither on the PATH nor fetched: the chart is not checked");
        helm = found.orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULTS, TLS})
    void shouldHaveNothingThatHelmComplainsOf(String values) {
        assertThat(Project.run(List.of(helm, "lint", "--strict", CHART, "-f", values)))
                .contains("0 chart(s) failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULTS, TLS})
    void shouldConfigureOnlyWhatTheApplicationKnows(String values) throws IOException {
        var objects = render(values);
        for (var object : pods(objects)) {
            for (var container : maps(at(spec(object), "containers"))) {
                var words = list(container.get("args")).stream()
                        .map(Object::toString)
                        .toArray(String[]::new);
                var parsed = Touchpoint.commandLine().parseArgs(words);
                assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(words[0]);
                config(objects, container, words);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULTS, TLS})
    void shouldMountEveryFileThatIsNamed(String values) {
        var objects = render(values);
        for (var object : pods(objects)) {
            var volumes = new HashSet<String>();
            maps(at(spec(object), "volumes")).forEach(volume -> volumes.add((String) volume.get("name")));
            maps(at(object, "spec", "volumeClaimTemplates"))
                    .forEach(claim -> volumes.add((String) at(claim, "metadata", "name")));
            for (var container : maps(at(spec(object), "containers"))) {
                var mounts = new HashMap<String, Boolean>();
                for (var mount : maps(container.get("volumeMounts"))) {
                    assertThat(volumes).contains((String) mount.get("name"));
                    mounts.put((String) mount.get("mountPath"), Boolean.TRUE.equals(mount.get("readOnly")));
                }
                environment(container).forEach((variable, value) -> {
                    if (value.startsWith("/")) {
                        assertThat(mounts.keySet())
                                .as(variable)
                                .anyMatch(path -> value.equals(path) || value.startsWith(path + "/"));
                    }
                });
                assertThat(mounts.entrySet())
                        .filteredOn(mount -> !mount.getValue())
                        .extracting(Map.Entry::getKey)
                        .isSubsetOf("/var/lib/touchpoint", "/tmp");
            }
        }
    }

    @Test
    void shouldMountTheFilesThatTheSettingsOfTheExampleName() {
        var objects = render(TLS);
        var mounted =
                maps(maps(at(spec(named(objects, "StatefulSet", "tp")), "containers"))
                                .get(0)
                                .get("volumeMounts"))
                        .stream()
                        .map(mount -> mount.get("mountPath") + "/")
                        .toList();
        var named = properties(objects)
                .lines()
                .map(line -> line.substring(line.indexOf('=') + 1))
                .filter(value -> value.startsWith("/"))
                .toList();
        assertThat(named).hasSize(3).allMatch(value -> mounted.stream().anyMatch(value::startsWith));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULTS, TLS})
    void shouldLeaveThePipelineTheTimeItTakesToStopAndComeBack(String values) throws IOException {
        var objects = render(values);
        var pod = spec(named(objects, "StatefulSet", "tp"));
        var pipeline = maps(pod.get("containers")).get(0);
        int grace = (Integer) pod.get("terminationGracePeriodSeconds");
        int drain = (Integer) at(pipeline, "lifecycle", "preStop", "sleep", "seconds");

        assertThat(Duration.ofSeconds(grace - drain)).isGreaterThan(Pipeline.STOPS_WITHIN);
        assertThat(environment(pipeline)).containsEntry("TOUCHPOINT_STREAMS_INSTANCE_ID", "metadata.name");
        assertThat(config(objects, pipeline, "run").streams().rejoinWithin())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULTS, TLS})
    void shouldSelectPodsThatThereAreAndPortsThatTheyHave(String values) throws IOException {
        var objects = render(values);
        var labels = new ArrayList<Map<String, Object>>();
        pods(objects).forEach(object -> labels.add(map(at(object, "spec", "template", "metadata", "labels"))));
        var container = maps(at(spec(named(objects, "StatefulSet", "tp")), "containers"))
                .get(0);
        var port = maps(container.get("ports")).get(0);
        assertThat(port)
                .containsEntry("name", "http")
                .containsEntry(
                        "containerPort",
                        config(objects, container, "run").http().port());
        for (var object : objects) {
            var kind = (String) object.get("kind");
            var selector = switch (kind) {
                case "Service" -> map(at(object, "spec", "selector"));
                case "PodDisruptionBudget", "StatefulSet", "Deployment" ->
                    map(at(object, "spec", "selector", "matchLabels"));
                case "NetworkPolicy" -> map(at(object, "spec", "podSelector", "matchLabels"));
                default -> Map.<String, Object>of();
            };
            assertThat(labels).as(kind).anyMatch(each -> each.entrySet().containsAll(selector.entrySet()));
            if (kind.equals("Service")) {
                maps(at(object, "spec", "ports"))
                        .forEach(each -> assertThat(each).containsEntry("targetPort", "http"));
            }
        }
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat((String) at(container, probe, "httpGet", "path")).isIn("/health/live", "/health/ready");
            assertThat(at(container, probe, "httpGet", "port")).isEqualTo("http");
        }
        assertThat(named(objects, "Service", (String) at(named(objects, "StatefulSet", "tp"), "spec", "serviceName")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULTS, TLS})
    void shouldRunWithoutRootWithoutTokensAndReadOnly(String values) {
        for (var object : pods(render(values))) {
            assertThat(spec(object)).containsEntry("automountServiceAccountToken", false);
            assertThat(map(spec(object).get("securityContext")))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("runAsUser", 10001);
            for (var container : maps(spec(object).get("containers"))) {
                assertThat(map(container.get("securityContext")))
                        .containsEntry("readOnlyRootFilesystem", true)
                        .containsEntry("allowPrivilegeEscalation", false);
                assertThat(at(container, "resources", "limits", "memory")).isNotNull();
                assertThat((String) container.get("image")).matches(".+:.*\\d.*");
            }
        }
    }

    @Test
    void shouldSwitchOnWhatIsOptional() {
        var kinds = render(DEFAULTS).stream().map(object -> object.get("kind")).toList();
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "ConfigMap",
                        "StatefulSet",
                        "Service",
                        "Service",
                        "PodDisruptionBudget",
                        "NetworkPolicy",
                        "Job");
        var all = render(TLS);
        assertThat(all.stream().map(object -> object.get("kind"))).contains("ServiceMonitor", "Deployment");
        var activate = named(all, "Deployment", "tp-activate");
        assertThat(at(activate, "spec", "replicas")).isEqualTo(1);
        assertThat(at(activate, "spec", "strategy", "type")).isEqualTo("Recreate");
        var monitor = named(all, "ServiceMonitor", "tp");
        var service = map(at(named(all, "Service", "tp"), "metadata", "labels"));
        assertThat(service.entrySet())
                .containsAll(map(at(monitor, "spec", "selector", "matchLabels")).entrySet());
    }

    private static List<Map<String, Object>> render(String values) {
        return Project.yaml(Project.run(List.of(helm, "template", "tp", CHART, "-f", values)));
    }

    private static List<Map<String, Object>> pods(List<Map<String, Object>> objects) {
        return objects.stream()
                .filter(object -> at(object, "spec", "template") != null)
                .toList();
    }

    private static Map<String, Object> spec(Map<String, Object> object) {
        return map(at(object, "spec", "template", "spec"));
    }

    private static Map<String, Object> named(List<Map<String, Object>> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")) && name.equals(at(object, "metadata", "name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static String properties(List<Map<String, Object>> objects) {
        return (String) at(named(objects, "ConfigMap", "tp"), "data", "touchpoint.properties");
    }

    /** As the container would read it: the file where it names one, its environment, its flags. */
    private AppConfig config(List<Map<String, Object>> objects, Map<String, Object> container, String... words)
            throws IOException {
        var environment = environment(container);
        var file = environment.containsKey("TOUCHPOINT_CONFIG")
                ? Optional.of(Files.writeString(folder.resolve("touchpoint.properties"), properties(objects)))
                : Optional.<Path>empty();
        var flags = new HashMap<String, String>();
        for (int word = 0; word < words.length; word++) {
            if (words[word].equals("--set")) {
                var setting = words[word + 1].split("=", 2);
                flags.put(setting[0], setting[1]);
            }
        }
        return MountedSettings.read(file, environment, flags, SECRETS, folder);
    }

    private static Map<String, String> environment(Map<String, Object> container) {
        var environment = new HashMap<String, String>();
        for (var variable : maps(container.get("env"))) {
            var value = variable.containsKey("value")
                    ? variable.get("value")
                    : at(variable, "valueFrom", "fieldRef", "fieldPath");
            var instance = environment.getOrDefault("TOUCHPOINT_STREAMS_INSTANCE_ID", "");
            var text = String.valueOf(value).replace("$(TOUCHPOINT_STREAMS_INSTANCE_ID)", instance);
            environment.put((String) variable.get("name"), text);
        }
        return environment;
    }
}
