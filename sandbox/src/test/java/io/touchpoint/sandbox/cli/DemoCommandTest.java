package io.touchpoint.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandTest {

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--rate=0, --rate: 0.0 (expected: more than 0",
        "--rate=1000000, at most 5000",
        "--rate=NaN, --rate: NaN",
        "--http-port=70000, --http-port: 70000 (expected: 0 to 65535"
    })
    void shouldSayWhatIsWrongWithAnOptionBeforeAnythingIsStarted(String option, String message) {
        assertThat(run(new DemoCommand(), option)).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    @Test
    void shouldRefuseTwoBrokers() {
        assertThat(run(new SandboxCommand(), "--brokers=2")).isEqualTo(2);
        assertThat(errors.toString()).contains("--brokers: 2 (expected: 1 or 3)");
    }

    private int run(Object command, String... options) {
        return new CommandLine(command)
                .setErr(new PrintWriter(errors))
                .setOut(new PrintWriter(output))
                .execute(options);
    }
}
