package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.domain.attribution.MarkovChain;
import io.touchpoint.domain.attribution.PathCount;
import io.touchpoint.domain.attribution.PublishedPaths;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AttributionCommandTest {

    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The journeys of Bryl's example, of which the removal effects are published; the lines in no order. */
    private void history() throws IOException {
        Files.write(
                folder.resolve("orders.jsonl"),
                List.of(
                        order("a", "o1", "2024-03-04T00:00:00Z", "PAID"),
                        order("a", "o1", "2024-03-05T00:00:00Z", "SHIPPED"),
                        order("d", "o2", "2024-03-05T00:00:00Z", "PAID")));
        Files.write(
                folder.resolve("ad-clicks.jsonl"),
                List.of(
                        click("a", "k3", "C3", "c3", "2024-03-03T00:00:00Z"),
                        click("a", "k1", "C1", "c1", "2024-03-01T00:00:00Z"),
                        click("a", "k2", "C2", "c2", "2024-03-02T00:00:00Z"),
                        click("b", "k4", "C1", "c1", "2024-03-01T00:00:00Z"),
                        click("c", "k6", "C3", "c3", "2024-03-02T00:00:00Z"),
                        click("c", "k5", "C2", "c2", "2024-03-01T00:00:00Z"),
                        click("e", "k7", "C1", "c1", "2024-05-01T00:00:00Z")));
    }

    @Test
    void shouldPrintTheRemovalEffectsOfAHistory() throws IOException {
        history();

        assertThat(run("--markov", "--data", folder.toString())).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).isEqualTo("""
                By platform until 2024-05-01T00:00:00Z, lookback PT720H: left out 1 orders without a click and 1 paths still open
                3 paths, 1 of them to an order: 33.3333 %

                channel  removal effect %    share %   conversions
                C2               100.0000    40.0000          0.40
                C3               100.0000    40.0000          0.40
                C1                50.0000    20.0000          0.20
                """);
    }

    @Test
    void shouldSayTheSameOfPathsThatWereKept() throws IOException {
        history();
        var kept = folder.resolve("paths.csv");
        run("--markov", "--data", folder.toString(), "--by", "campaign", "--save-paths", kept.toString());
        var effects = out.toString().lines().skip(1).toList();
        out.getBuffer().setLength(0);

        assertThat(run("--markov", "--paths", kept.toString())).isZero();

        assertThat(out.toString().lines().toList()).isEqualTo(effects).anyMatch(line -> line.startsWith("c1 "));
        assertThat(kept).hasContent("""
                path,total_conversions,total_null
                c1 > c2 > c3,1,0
                c1,0,1
                c2 > c3,0,1
                """);
    }

    @Test
    void shouldLookBackAsThePolicySays() throws IOException {
        history();
        var shipped = Path.of("src", "main", "resources", "policy.yaml");
        var policy = Files.writeString(
                folder.resolve("policy.yaml"), Files.readString(shipped).replace("lookback: P30D", "lookback: P2D"));

        run("--markov", "--data", folder.toString(), "--policy", policy.toString());

        // C1 of the three days before the order led to nothing.
        assertThat(out.toString()).contains("lookback PT48H").contains("4 paths, 1 of them to an order");
    }

    @Test
    void shouldObserveUntilAnInstant() throws IOException {
        history();

        run("--markov", "--data", folder.toString(), "--until", "2024-04-01T00:00:00Z");
        // A click of 30 days ago may still lead to an order of this millisecond, and of the next one no more.
        run("--markov", "--data", folder.toString(), "--until", "2024-04-01T00:00:00.001Z");

        assertThat(out.toString())
                .contains("until 2024-04-01T00:00:00Z, lookback PT720H: left out 1 orders without a click and 1 paths")
                .contains(
                        "until 2024-04-01T00:00:00.001Z, lookback PT720H: left out 1 orders without a click and 0 paths");
    }

    @Test
    void shouldKeepWhateverAChannelIsCalled() throws IOException {
        var file = folder.resolve("paths.csv");
        Map<List<String>, PathCount> paths = Map.of(
                List.of("a > b, \"c\"", "100 %2C", "line\nbreak"),
                new PathCount(1, 2),
                List.of("x"),
                new PathCount(0, 1));

        PathFile.write(file, paths);

        assertThat(PathFile.read(file)).isEqualTo(paths);
    }

    @Test
    void shouldReadThePathsThatAreItsPublishedExample() throws IOException {
        var paths = PathFile.read(PublishedPaths.file("attribution/PathData.csv"));

        var chain = MarkovChain.of(paths);

        long converted =
                paths.values().stream().mapToLong(PathCount::conversions).sum();
        long nulls = paths.values().stream().mapToLong(PathCount::nulls).sum();
        assertThat(converted).as("as many as the heuristic models share out").isEqualTo(19_785);
        assertThat(chain.channels()).hasSize(12);
        // Every path is walked from its start to its end, so the chain converts as they did.
        assertThat(chain.conversion()).isCloseTo((double) converted / (converted + nulls), within(1e-12));
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        Files.write(folder.resolve("orders.jsonl"), List.of(order("a", "o1", "2024-03-04T00:00:00Z", "PAID")));
        assertThat(run("--markov", "--data", folder.toString())).isEqualTo(2);
        Files.write(folder.resolve("ad-clicks.jsonl"), List.of("{\"event_id\": \"x\"}"));
        assertThat(run("--markov", "--data", folder.toString())).isEqualTo(2);
        var wrong = Files.write(
                folder.resolve("paths.csv"), List.of("path,total_conversions", "a > b,1", "a >,1", "a,much"));
        assertThat(run("--markov", "--paths", wrong.toString())).isEqualTo(2);
        Files.write(wrong, List.of("path,total_conversions", "a,-1"));
        assertThat(run("--markov", "--paths", wrong.toString())).isEqualTo(2);
        assertThat(run("--markov", "--data", folder.toString(), "--until", "2025-06-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(run("--markov")).isEqualTo(2);
        assertThat(run("--data", folder.toString())).isEqualTo(2);

        assertThat(out.toString()).doesNotContain("channel ");
        assertThat(err.toString())
                .contains(folder + ": no ad-clicks (expected: orders and ad-clicks, each .jsonl or .jsonl.gz)")
                .contains("ad-clicks.jsonl:1: ")
                .contains(folder + ": no path (expected: at least one)")
                .contains(wrong + ":3: path: \"a >\" (expected: channels between >)")
                .contains(wrong + ":2: total_conversions: \"-1\" (expected: a whole number, 0 or more)")
                .contains("--until: 2025-06-01T00:00:00Z (expected: an instant that has passed")
                .contains("Missing required argument (specify one of these): (--data=DIR | --topics | --paths=FILE)")
                .contains("Missing required option: '--markov'");
    }

    private int run(String... arguments) {
        return new CommandLine(new AttributionCommand(Map.of(), () -> NOW))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static String order(String customer, String id, String at, String status) {
        return """
            {"event_id": "%s", "customer_id": "%s", "occurred_at": "%s", "source": "test", "order_id": "%s", "status": "%s", \
            "lines": [{"sku": "s", "quantity": 1, "unit_price_minor": 100}], "currency": "EUR", "channel": "web"}""".formatted("e" + id + status, customer, at, id, status);
    }

    private static String click(String customer, String id, String platform, String campaign, String at) {
        return """
            {"event_id": "%s", "customer_id": "%s", "occurred_at": "%s", "source": "test", "click_id": "%s", "platform": "%s", \
            "campaign_id": "%s", "retargeting": false}""".formatted("e" + id, customer, at, id, platform, campaign);
    }
}
