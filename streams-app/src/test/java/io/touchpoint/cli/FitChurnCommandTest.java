package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.config.PolicyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FitChurnCommandTest {

    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintABlockThatAPolicyCanHold() throws IOException {
        var orders = Files.write(folder.resolve("orders.jsonl"), orders(300));

        int exit = fit(orders.toString(), "--model-version", "mine \"1\"", "--until", "2024-12-01T00:00:00Z");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        var shipped =
                new String(PolicyFile.class.getResourceAsStream("/policy.yaml").readAllBytes(), StandardCharsets.UTF_8);
        var merged = Files.writeString(
                folder.resolve("policy.yaml"),
                shipped.replaceAll("(?m)^churn:\\R  model:.*\\R", out.toString().replace("\\", "\\\\")));
        var model = PolicyFile.read(merged).churn().model();
        assertThat(model.version()).isEqualTo("mine \"1\"");
        assertThat(model.currencyOrNull()).isEqualTo("EUR");
        assertThat(model.horizon())
                .isEqualTo(PolicyFile.shipped().churn().model().horizon());
        assertThat(out.toString())
                .contains("# Fitted to orders.jsonl, observed until 2024-12-01T00:00:00Z, by maximum likelihood")
                .containsPattern(
                        "# MBG/NBD: 300 customers, \\d+ of them with repeat purchase days; log-likelihood -\\d+\\.\\d{4}")
                .containsPattern("# Gamma-Gamma: \\d+ customers; log-likelihood -\\d+\\.\\d{4} \\(EUR\\)")
                .containsPattern("(?m)^# +1  +0\\.\\d{4} ")
                .containsPattern("(?m)^# +3  +0\\.\\d{4} ")
                .containsPattern("(?m)^# +10  +0\\.\\d{4} ");
    }

    @Test
    void shouldFitTheSameToAZippedDoubledAndReversedFile() throws IOException {
        var lines = orders(120);
        var plain = Files.write(folder.resolve("plain.jsonl"), lines);
        var doubled = new ArrayList<>(lines);
        doubled.addAll(lines);
        java.util.Collections.reverse(doubled);
        var zipped = folder.resolve("zipped.jsonl.gz");
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            file.write(String.join("\n", doubled).getBytes(StandardCharsets.UTF_8));
        }

        fit(plain.toString());
        var first = out.toString().replace("plain.jsonl", "FILE");
        out.getBuffer().setLength(0);
        fit(zipped.toString());

        assertThat(out.toString().replace("zipped.jsonl.gz", "FILE")).isEqualTo(first);
    }

    @Test
    void shouldNameLinesThatAreNoOrdersAndFitToTheRest() throws IOException {
        var lines = new ArrayList<>(orders(100));
        lines.add(3, "{\"event_id\": \"x\"}");
        lines.add(5, order("bad", "bad-1", NOW.plus(1, ChronoUnit.DAYS), 100));
        var file = Files.write(folder.resolve("orders.jsonl"), lines);

        int exit = fit(file.toString());

        assertThat(exit).isZero();
        assertThat(err.toString()).contains(file + ":4: ").contains(file + ":6: occurred_at");
        assertThat(out.toString()).contains("# 2 refused lines were left out").contains("# MBG/NBD: 100 customers");
    }

    @Test
    void shouldLeaveOutWhatHappenedLater() throws IOException {
        var lines = new ArrayList<>(orders(100));
        lines.add(order("late", "late-1", Instant.parse("2024-12-24T00:00:00Z"), 100));
        var file = Files.write(folder.resolve("orders.jsonl"), lines);

        fit(file.toString(), "--until", "2024-12-01T00:00:00Z");

        assertThat(out.toString())
                .contains("# 1 events after the end of the observation were left out")
                .contains("# MBG/NBD: 100 customers");
    }

    @Test
    void shouldSayWhyNothingCanBeFitted() throws IOException {
        var few = Files.write(folder.resolve("few.jsonl"), List.of(order("c", "o", NOW, 100)));
        var empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        var absent = folder.resolve("absent.jsonl");

        assertThat(fit(few.toString())).isEqualTo(2);
        assertThat(fit(empty.toString())).isEqualTo(2);
        assertThat(fit(absent.toString())).isEqualTo(2);
        assertThat(fit(few.toString(), "--until", "2025-06-01T00:00:00Z")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains(few + ": 0 customers bought on more than one day")
                .contains(empty + ": no PAID order")
                .contains(absent + ": no such file")
                .contains("--until: 2025-06-01T00:00:00Z (expected: an instant that has passed");
    }

    private int fit(String... arguments) {
        return new CommandLine(new FitChurnCommand(() -> NOW))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static List<String> orders(int customers) {
        var random = new Random(11);
        var lines = new ArrayList<String>();
        for (int c = 0; c < customers; c++) {
            double gap = 3 + 40 * random.nextDouble();
            double leaves = 0.1 + 0.4 * random.nextDouble();
            double day = 300 * random.nextDouble();
            for (int o = 0; day < 330; o++) {
                var at = Instant.parse("2024-01-01T00:00:00Z").plusSeconds((long) (day * 86_400));
                lines.add(order("c" + c, "o" + c + "-" + o, at, 500 + random.nextInt(9_000)));
                if (random.nextDouble() < leaves) {
                    break;
                }
                day -= gap * Math.log1p(-random.nextDouble());
            }
        }
        return lines;
    }

    private static String order(String customer, String id, Instant at, int price) {
        return """
            {"event_id": "%s", "customer_id": "%s", "occurred_at": "%s", "source": "test", "order_id": "%s", "status": "PAID", \
            "lines": [{"sku": "s", "quantity": 1, "unit_price_minor": %d}], "currency": "EUR", "channel": "web"}""".formatted("e" + id, customer, at, id, price);
    }
}
