package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ExitCode;

class AclsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintTheGrantsOfAllParties() {
        assertThat(execute()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .filteredOn(line -> line.startsWith("# "))
                .extracting(line -> line.substring(2, line.indexOf(':')))
                .containsExactly("operator", "pipeline", "producer", "importer", "reader", "connect", "activate");
    }

    @Test
    void shouldPrintThoseOfOneUnderItsOwnNameAndTheConfiguredApplication() {
        assertThat(execute("pipeline", "--principal", "pipeline=User:alice", "--set", "application.id=mine"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.contains("--allow-principal User:alice "))
                .anyMatch(line -> line.endsWith(" --group mine"));
    }

    @Test
    void shouldRefuseWhatIsNoPrincipal() {
        assertThat(execute("--principal", "pipeline=alice")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("--principal: expected a string in format principalType:principalName");
    }

    private int execute(String... arguments) {
        return Touchpoint.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("topics", "acls"), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
