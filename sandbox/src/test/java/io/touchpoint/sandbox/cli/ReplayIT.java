package io.touchpoint.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReplayIT {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2024-03-01T00:00:00Z");
    private static final int CUSTOMERS = 40;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldGiveTheSameFilesWhateverTheOrderOfLinesAndHoweverOftenTheyAreThere() throws IOException {
        List<String> orders = orders();
        List<String> answers = answers();
        List<String> contacts = contacts();
        write("tidy", orders, answers);
        Files.write(folder.resolve("tidy/customers.jsonl"), contacts);
        repeatAndShuffle(orders);
        repeatAndShuffle(answers);
        repeatAndShuffle(contacts);
        write("untidy", orders, answers);
        Files.write(folder.resolve("untidy/customers.jsonl"), contacts);

        assertThat(replay("--data", "tidy", "--out", "a", "--until", UNTIL.toString()))
                .isZero();
        assertThat(replay("--data", "untidy", "--out", "b", "--until", UNTIL.toString()))
                .isZero();

        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            assertThat(files)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(text(folder.resolve("b").resolve(file.getFileName())))
                            .isEqualTo(text(file)));
        }
        List<String> profiles = Files.readAllLines(folder.resolve("a/profiles.jsonl"));
        assertThat(profiles).hasSize(CUSTOMERS).isSorted();
        assertThat(profiles.get(0))
                .startsWith("{\"key\":\"c100\",\"timestamp\":\"2024-")
                .contains("\"paid_orders\":1,");
        assertThat(Files.readString(folder.resolve("a/kpis-rolling.jsonl"))).contains("\"nps|all|P90D\"");
        assertThat(Files.readAllLines(folder.resolve("a/audience-changes.jsonl")))
                .hasSizeGreaterThan(4 * CUSTOMERS)
                .anyMatch(line -> line.contains("\"change\":\"ADD\"") && line.contains("\"cause\":\"CONTACT_CHANGED\""))
                .anyMatch(line -> line.contains("\"change\":\"REMOVE\""));
        assertThat(out.toString()).contains("Replayed ").contains("repeated lines");
    }

    /** But for how often a final value was corrected, which depends on what came within one second. */
    private static String text(Path file) throws IOException {
        String text = Files.readString(file);
        return file.endsWith("kpis-calendar.jsonl")
                ? text.replaceAll("\"revision\":[1-9]\\d*", "\"revision\":some")
                : text;
    }

    @Test
    void shouldRejectWhatMakesNoSenseAndListWhatCannotBeImported() throws IOException {
        write(
                "mixed",
                List.of(
                        order(100, START),
                        order(101, Instant.parse("2090-01-01T00:00:00Z")),
                        order(102, Instant.EPOCH)),
                List.of(
                        answer(100, 11, ""),
                        answer(101, 9, "x".repeat(2 << 20)),
                        answer(102, 9, "").replace("score", "points"),
                        answer(103, 9, "").replace("2024-01-31", "2024-05-31")));

        assertThat(replay("--data", "mixed", "--out", "out", "--until", UNTIL.toString()))
                .isZero();

        assertThat(Files.readAllLines(folder.resolve("out/import-errors.jsonl")))
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "{\"file\":\"surveys.jsonl\",\"line\":3,\"field\":null,\"problem\":\"expected only fields"))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "{\"file\":\"surveys.jsonl\",\"line\":2,\"field\":null,\"problem\":\"expected a record"));
        assertThat(Files.readAllLines(folder.resolve("out/rejected.jsonl")))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("\"reason\":\"FROM_THE_FUTURE\""))
                .anySatisfy(line -> assertThat(line).contains("\"reason\":\"INVALID\"", "touchpoint.orders.v1"))
                .anySatisfy(line -> assertThat(line).contains("\"reason\":\"INVALID\"", "touchpoint.surveys.v1"));
        assertThat(Files.readAllLines(folder.resolve("out/profiles.jsonl"))).hasSize(1);
        assertThat(out.toString()).containsPattern("left out, after that +1\\R");

        assertThat(replay("--data", "mixed", "--out", "strict", "--strict")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("1 line could not be imported (expected: none, since the run is strict)");
        assertThat(folder.resolve("strict/import-errors.jsonl")).isNotEmptyFile();
        assertThat(folder.resolve("strict/profiles.jsonl")).doesNotExist();
    }

    @Test
    void shouldRefuseWrongFoldersAndTimesBeforeAnythingStarts() throws IOException {
        write("good", orders(), List.of());

        assertThat(replay("--data", "nowhere", "--out", "out")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(replay("--data", "good", "--out", "good")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(replay("--data", "good", "--out", "out", "--until", "2090-01-01T00:00:00Z"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(replay("--data", "good", "--out", "out", "--policy", "none.yaml"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("nowhere: is not a folder that can be read")
                .contains("good: holds the input (expected: another folder for the results)")
                .contains("until 2090-01-01T00:00:00Z is still to come")
                .contains("none.yaml: no such file")
                .doesNotContain("Starting");
    }

    private int replay(String... arguments) {
        List<String> resolved = new ArrayList<>();
        for (String argument : arguments) {
            boolean path = !resolved.isEmpty()
                    && List.of("--data", "--out", "--policy").contains(resolved.get(resolved.size() - 1));
            resolved.add(path ? folder.resolve(argument).toString() : argument);
        }
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(resolved.toArray(String[]::new));
    }

    private void write(String name, List<String> orders, List<String> answers) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.write(data.resolve("orders.jsonl"), orders);
        Files.write(data.resolve("surveys.jsonl"), answers);
    }

    private static void repeatAndShuffle(List<String> lines) {
        lines.addAll(List.copyOf(lines.subList(0, lines.size() / 4)));
        Collections.shuffle(lines, new Random(5));
    }

    private static List<String> orders() {
        List<String> lines = new ArrayList<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            Instant at = START.plus(customer, ChronoUnit.DAYS);
            lines.add(order(100 + customer, at).replace("PAID", "PLACED").replace("\"e1", "\"placed-1"));
            lines.add(order(100 + customer, at.plusSeconds(60)));
        }
        return lines;
    }

    private static List<String> answers() {
        List<String> lines = new ArrayList<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            lines.add(answer(100 + customer, customer % 11, ""));
        }
        return lines;
    }

    /** Each customer's address, and for every fourth another one a month later. */
    private static List<String> contacts() {
        List<String> lines = new ArrayList<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            lines.add(contact("first", 100 + customer, START));
            if (customer % 4 == 0) {
                lines.add(contact("second", 100 + customer, START.plus(30, ChronoUnit.DAYS)));
            }
        }
        return lines;
    }

    private static String contact(String name, int customer, Instant at) {
        return "{\"event_id\":\"" + name + customer + "\",\"customer_id\":\"c" + customer + "\",\"occurred_at\":\"" + at
                + "\",\"source\":\"crm\",\"emails\":[\"" + name + customer
                + "@example.com\"],\"country\":\"GB\",\"ad_consent\":\"GRANTED\",\"created_at\":\"" + at + "\"}";
    }

    private static String order(int customer, Instant at) {
        return "{\"event_id\":\"e" + customer + "\",\"customer_id\":\"c" + customer + "\",\"occurred_at\":\"" + at
                + "\",\"source\":\"shop\",\"order_id\":\"o" + customer
                + "\",\"status\":\"PAID\",\"lines\":[{\"sku\":\"s"
                + customer % 3
                + "\",\"quantity\":1,\"unit_price_minor\":999}],\"currency\":\"EUR\",\"channel\":\"web\"}";
    }

    private static String answer(int customer, int score, String comment) {
        return "{\"event_id\":\"a" + customer + "\",\"customer_id\":\"c" + customer
                + "\",\"occurred_at\":\"2024-01-31T00:00:00Z\",\"source\":\"forms\",\"response_id\":\"r" + customer
                + "\",\"kind\":\"NPS\",\"score\":" + score + ",\"scale_min\":0,\"scale_max\":10,"
                + "\"higher_is_better\":true,\"touchpoint\":\"shop\",\"channel\":\"email\",\"comment\":\"" + comment
                + "\"}";
    }
}
