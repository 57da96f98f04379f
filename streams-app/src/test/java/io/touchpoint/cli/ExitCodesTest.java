package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The same exit code for the same fault, whatever the command; 1 where a cluster is away is tested with the commands. */
class ExitCodesTest {

    private static final int NARROW = 80;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static List<String> commands() {
        return List.copyOf(Touchpoint.commandLine().getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldBeTwoForAFlagThatThereIsNot(String command) {
        assertThat(execute(command, "--nonsense")).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "run,         --config ABSENT",
        "run,         --set nonsense=1",
        "run,         --set policy.file=ABSENT",
        "watch,       --config ABSENT",
        "watch,       --kpis nonsense",
        "topics,      --config ABSENT",
        "import,      ABSENT",
        "import,      --config ABSENT",
        "fit-churn,   ABSENT",
        "attribution, --markov --data ABSENT",
        "attribution, --markov --paths ABSENT",
        "attribution, --markov --topics --config ABSENT",
        "topology,    surplus"
    })
    void shouldBeTwoForWhatIsMissingOrWrong(String command, String arguments) {
        var absent = folder.resolve("absent.jsonl").toString();

        assertThat(execute(command, arguments.replace("ABSENT", absent).split(" ")))
                .isEqualTo(2);

        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldBeInTheHelpOfEveryCommand(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString())
                .contains("Exit codes:")
                .containsPattern("0 +done")
                .containsPattern("1 +failed")
                .containsPattern("2 +not begun");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldKeepNamesWholeInTheHelpAndBesideTheirDescription(String command) {
        var line = Touchpoint.commandLine().getSubcommands().get(command);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(NARROW);
        var help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);

        line.getCommandSpec()
                .options()
                .forEach(option -> assertThat(help.lines()
                                .filter(text -> text.contains(option.longestName()))
                                .anyMatch(text -> text.matches(".*" + option.longestName() + "[ =].*[a-zA-Z].*")))
                        .as(option.longestName() + " in" + System.lineSeparator() + help)
                        .isTrue());
        assertThat(help.lines()).allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(NARROW));
    }

    private int execute(String command, String... arguments) {
        var all = new ArrayList<>(List.of(command));
        Stream.of(arguments).forEach(all::add);
        return Touchpoint.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
