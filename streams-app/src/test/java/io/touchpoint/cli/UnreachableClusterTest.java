package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What the commands that need a cluster say where there is none, or something else is wrong before it matters. */
@Timeout(60)
class UnreachableClusterTest {

    private static final List<String> IMPATIENT =
            List.of("--set", "kafka.default.api.timeout.ms=500", "--set", "kafka.request.timeout.ms=400");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"run", "topics", "import", "watch"})
    void shouldSayThatNobodyAnswers(String command) throws IOException {
        assertThat(execute(command, "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString().lines().filter(line -> !line.startsWith("Reading what is published on ")))
                .singleElement()
                .asString()
                .startsWith("no answer from Kafka at 127.0.0.1:1 (expected: bootstrap.servers of a cluster that is up");
        var before = command.equals("run") ? "Looking at the topics on 127.0.0.1:1 ..." : "";
        assertThat(out.toString().strip()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "topics", "import", "watch"})
    void shouldSayThatAnAddressIsNone(String command) throws IOException {
        assertThat(execute(command, "--bootstrap-servers", "broker")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString().strip()).isEqualTo("Invalid url in bootstrap.servers: broker");
    }

    @Test
    void shouldNotStandByForAClusterThatIsNotThere() throws IOException {
        var audiences = Files.writeString(folder.resolve("audiences.yaml"), "ALL: 1");

        assertThat(execute(
                        "activate",
                        "--platform=meta",
                        "--bootstrap-servers=127.0.0.1:1",
                        "--set=http.port=0",
                        "--set=activation.audiences=" + audiences))
                .isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).startsWith("no answer from Kafka at 127.0.0.1:1 ");
    }

    @Test
    void shouldTakeNoTokenFromTheCommandLine() throws IOException {
        assertThat(execute("activate", "--platform=meta", "--set=activation.token=canary"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("activation.token-file").doesNotContain("canary");
    }

    @Test
    void shouldSayThatThePolicyIsMissing() throws IOException {
        assertThat(execute("run", "--set", "policy.file=" + folder.resolve("none.yaml")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().strip()).isEqualTo(folder.resolve("none.yaml") + ": no such file");
    }

    @Test
    void shouldSayThatTheConfigurationIsMissing() throws IOException {
        assertThat(execute("run", "--config", folder.resolve("none.properties").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().strip())
                .isEqualTo(folder.resolve("none.properties") + ": no such file (expected: a properties file, UTF-8)");
    }

    private int execute(String name, String... arguments) throws IOException {
        var events = Files.writeString(folder.resolve("orders.jsonl"), "").toString();
        Object command = switch (name) {
            case "run" -> new RunCommand(Map.of());
            case "watch" -> new WatchCommand(Map.of());
            case "topics" -> new TopicsCommand(Map.of());
            case "activate" -> new ActivateCommand(Map.of("TOUCHPOINT_ACTIVATION_TOKEN", "token"));
            default -> new ImportCommand(Map.of(), InstantSource.system());
        };
        var all = Stream.of(List.of(arguments), IMPATIENT, name.equals("import") ? List.of(events) : List.<String>of())
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
