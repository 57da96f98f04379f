package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldRefuseAFileThatIsNoInputBeforeItAsksTheCluster() throws IOException {
        Path file = Files.writeString(folder.resolve("order.jsonl"), "");

        assertThat(runImport(file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("order.jsonl: unknown input (expected ad-clicks.jsonl, ad-spend.jsonl,");
    }

    @Test
    void shouldRefuseASettingThatDoesNotExist() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.jsonl"), "");

        assertThat(runImport(file.toString(), "--set", "nonsense=1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("nonsense: unknown setting");
    }

    @Test
    void shouldListBadLinesEvenIfNothingCanBePublished() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.jsonl"), "{}\n".repeat(25));

        int exit = runImport(
                file.toString(),
                "--bootstrap-servers",
                "localhost:1",
                "--set",
                "kafka.default.api.timeout.ms=500",
                "--set",
                "kafka.request.timeout.ms=400");

        assertThat(exit).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString())
                .contains("orders.jsonl:1: event_id: is missing, expected a value: OrderEvent requires it")
                .contains("orders.jsonl:20: ")
                .doesNotContain("orders.jsonl:21: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldAskForAFile() {
        assertThat(runImport()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Missing required parameter: 'FILE'");
    }

    private int runImport(String... arguments) {
        var command = new ImportCommand(Map.of(), InstantSource.fixed(Instant.parse("2024-06-01T00:00:00Z")));
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
