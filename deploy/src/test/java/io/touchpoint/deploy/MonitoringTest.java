package io.touchpoint.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.touchpoint.metrics.PipelineMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Dashboard and alert rules ask for nothing that a pipeline does not tell; that a running one tells what is declared is proven elsewhere. */
class MonitoringTest {

    private static final Path TOP = Path.of("").toAbsolutePath().getParent();
    private static final Path PROMETHEUS = TOP.resolve("deploy/prometheus");
    private static final Path RULES = PROMETHEUS.resolve("touchpoint-alerts.yml");
    private static final Path DASHBOARD = TOP.resolve("deploy/grafana/dashboards/touchpoint.json");

    /** In a query, what is no label in braces, no duration in brackets and no text. */
    private static final Pattern ASIDE = Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|without|on)\\s*\\([^)]*\\)");

    private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "by", "offset", "bool");
    private static final String OF_PROMETHEUS = "up";

    @Test
    void shouldAskOnlyForMetricsThatThereAre() throws IOException {
        var series = Arrays.stream(PipelineMetric.values())
                .flatMap(metric -> metric.series().stream())
                .collect(Collectors.toSet());
        series.add(OF_PROMETHEUS);

        assertThat(asked(ruleQueries())).isNotEmpty().isSubsetOf(series);
        assertThat(asked(dashboardQueries())).isNotEmpty().isSubsetOf(series);
    }

    @Test
    void shouldAskOnlyForLabelsThatThereAre() throws IOException {
        var labels = Arrays.stream(PipelineMetric.values())
                .flatMap(metric -> metric.labels().stream())
                .collect(Collectors.toCollection(HashSet::new));
        labels.addAll(Set.of("le", "job", "instance"));
        var queries = Stream.concat(ruleQueries().stream(), dashboardQueries().stream())
                .toList();

        for (var query : queries) {
            Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"")
                    .matcher(query)
                    .results()
                    .forEach(match -> assertThat(labels).as(query).contains(match.group(1)));
            Pattern.compile("by \\(([^)]*)\\)")
                    .matcher(query)
                    .results()
                    .flatMap(match -> Stream.of(match.group(1).split(",\\s*")))
                    .forEach(label -> assertThat(labels).as(query).contains(label));
        }
    }

    @Test
    void shouldShowEveryMetricOfThePipelineOnTheDashboard() throws IOException {
        var asked = asked(dashboardQueries());
        var unseen = Arrays.stream(PipelineMetric.values())
                .filter(metric -> metric.metricName().startsWith("touchpoint_"))
                .filter(metric -> metric.series().stream().noneMatch(asked::contains))
                .toList();
        assertThat(unseen).isEmpty();
    }

    @Test
    void shouldGiveEveryPanelAUnitADescriptionAndAnExchangeableDataSource() throws IOException {
        var dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        var ids = new HashSet<Integer>();
        for (var panel : dashboard.get("panels")) {
            var title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("description").asText()).as(title).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                        .as(title)
                        .isNotBlank();
                for (var target : panel.get("targets")) {
                    assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                }
            }
        }
        assertThat(dashboard.at("/templating/list").findValuesAsText("name")).contains("datasource", "instance");
    }

    @Test
    void shouldSayForEveryAlertWhatItMeansAndWhatToDo() throws IOException {
        var headings = Files.readAllLines(TOP.resolve("docs/runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
                .toList();
        var used = new TreeSet<String>();
        for (var rule : rules()) {
            var name = rule.get("alert").asText();
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
            var runbook = rule.at("/annotations/runbook").asText();
            assertThat(runbook).as(name).startsWith("docs/runbook.md#");
            used.add(runbook.substring(runbook.indexOf('#') + 1));
        }
        assertThat(headings).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void shouldPassTheCheckAndTheTestsOfPrometheus() throws IOException, InterruptedException {
        assumeTrue(
                hasPromtool(),
                "promtool is not on the PATH (Debian: package prometheus), so the rules are not checked");
        run("promtool", "check", "config", "prometheus.yml");
        run("promtool", "test", "rules", "touchpoint-alerts-test.yml");
    }

    @Test
    void shouldFindTheMetricsOfAQuery() {
        assertThat(asked(List.of("sum by (le) (rate(a_b{c=\"d\"}[5m])) / e > 1 and f offset 10m")))
                .containsExactly("a_b", "e", "f");
        assertThat(asked(List.of("label_values(touchpoint_live, instance)"))).contains("touchpoint_live");
    }

    private static boolean hasPromtool() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static Set<String> asked(List<String> queries) {
        return queries.stream()
                .map(query -> ASIDE.matcher(query).replaceAll(" ").replaceAll("\"[^\"]*\"|\\b[0-9.]+[a-z]*\\b", " "))
                .flatMap(query -> WORD.matcher(query).results().map(match -> match.group()))
                .filter(word -> !OPERATORS.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonNode> rules() throws IOException {
        return StreamSupport.stream(
                        new YAMLMapper()
                                .readTree(RULES.toFile())
                                .at("/groups/0/rules")
                                .spliterator(),
                        false)
                .toList();
    }

    private static List<String> ruleQueries() throws IOException {
        return rules().stream().map(rule -> rule.get("expr").asText()).toList();
    }

    private static List<String> dashboardQueries() throws IOException {
        var dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        return new ArrayList<>(dashboard.findValuesAsText("expr"));
    }
}
