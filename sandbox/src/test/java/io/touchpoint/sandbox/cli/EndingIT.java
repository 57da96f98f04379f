package io.touchpoint.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ctrl-C while a replay is on its way, in a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EndingIT {

    private static final String ORDER =
            "{\"event_id\":\"e\",\"customer_id\":\"c\",\"occurred_at\":\"2024-01-01T00:00:00Z\",\"source\":\"shop\","
                    + "\"order_id\":\"o\",\"status\":\"PAID\",\"lines\":[{\"sku\":\"s\",\"quantity\":1,\"unit_price_minor\":999}],"
                    + "\"currency\":\"EUR\",\"channel\":\"web\"}";

    @TempDir
    private Path folder;

    private Path temporary;
    private Path said;
    private Process process;

    /** When it comes. */
    enum Moment {
        AS_THE_SERVERS_START {
            @Override
            boolean hasCome(EndingIT test) throws IOException {
                return Files.readString(test.said).contains("Starting Kafka");
            }
        },
        AS_THE_REGISTRY_RUNS {
            @Override
            boolean hasCome(EndingIT test) {
                return test.process.descendants().findAny().isPresent();
            }
        },
        AS_THE_EVENTS_ARE_FOLDED {
            @Override
            boolean hasCome(EndingIT test) throws IOException {
                return Files.readString(test.said).contains("Folding");
            }
        };

        abstract boolean hasCome(EndingIT test) throws IOException;
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void shouldLeaveNothingAndSayNothingOnCtrlC(Moment moment) throws IOException, InterruptedException {
        startReplay();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> moment.hasCome(this));
        var children = process.descendants().toList();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(45, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(said))
                .doesNotContain("Exception")
                .doesNotContain("Error")
                .doesNotContain("\tat ")
                .doesNotContain("replay: ");
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
    }

    private void startReplay() throws IOException {
        var data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("orders.jsonl"), ORDER);
        temporary = Files.createDirectory(folder.resolve("tmp"));
        said = folder.resolve("said");
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        // Else the runtime and the compression libraries put files of their own beside ours.
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "replay",
                        "--data",
                        data.toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }
}
