package io.touchpoint.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What the documentation says of the command line is what the command line takes. */
class DocumentedCommandsTest {

    private static final Path PROJECT = Path.of("..");

    /** In a block to copy from, or between back quotes. */
    private static final Pattern IN_BLOCK = Pattern.compile("(?m)^(?:\\$ )?(?:\\./)?touchpoint (\\S.*)$");

    private static final Pattern IN_TEXT = Pattern.compile("`(?:\\./)?touchpoint ([^`]+)`");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z][a-z-]*)([= ][^`]*)?`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ");

    /** What stands for a value of the reader's. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("COMMAND", "demo", "INSTANT", "2024-01-01T00:00:00Z", "N", "1", "PORT", "1", "DURATION", "PT1S");

    @Test
    void shouldTakeEveryCommandThatIsThereToBeCopied() throws IOException {
        int found = 0;
        for (var page : pages()) {
            var blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                var commands = IN_BLOCK.matcher(blocks.group(1));
                while (commands.find()) {
                    found++;
                    assertThat(problem(commands.group(1)))
                            .as("%s: touchpoint %s", page, commands.group(1))
                            .isNull();
                }
            }
        }
        assertThat(found).isGreaterThan(4);
    }

    @Test
    void shouldTakeEveryCommandThatIsSpokenOf() throws IOException {
        int found = 0;
        for (var page : pages()) {
            var commands = IN_TEXT.matcher(Files.readString(page));
            while (commands.find()) {
                found++;
                // One that is only named may leave out what it needs.
                assertThat(problem(commands.group(1)))
                        .as("%s: touchpoint %s", page, commands.group(1))
                        .matches(problem -> problem == null || problem instanceof MissingParameterException);
            }
        }
        assertThat(found).isGreaterThan(8);
    }

    @Test
    void shouldHaveEveryOptionThatIsSpokenOf() throws IOException {
        var options = new TreeSet<String>();
        for (var command : Main.commandLine().getSubcommands().values()) {
            options.addAll(command.getCommandSpec().optionsMap().keySet());
            command.getSubcommands()
                    .values()
                    .forEach(inner ->
                            options.addAll(inner.getCommandSpec().optionsMap().keySet()));
        }
        for (var page : pages()) {
            var spoken = OPTION.matcher(Files.readString(page));
            while (spoken.find()) {
                assertThat(options).as("%s: %s", page, spoken.group()).contains(spoken.group(1));
            }
        }
    }

    @Test
    void shouldListEveryCommand() throws IOException {
        var readme = Files.readString(PROJECT.resolve("README.md"));
        var listed = new TreeSet<String>();
        var rows = ROW.matcher(readme.substring(readme.indexOf("## Commands")));
        while (rows.find()) {
            listed.add(rows.group(1));
        }
        assertThat(listed)
                .isEqualTo(new TreeSet<>(Main.commandLine().getSubcommands().keySet()));
    }

    @Test
    void shouldFindWhatIsWrong() {
        assertThat(problem("demo --twice")).isNotNull();
        assertThat(problem("replay --data DIR")).isInstanceOf(MissingParameterException.class);
        assertThat(problem("replay --data DIR --out DIR --until INSTANT")).isNull();
        assertThatThrownBy(() -> assertThat(problem("deno")).isNull()).isInstanceOf(AssertionError.class);
    }

    /** {@return why the command line does not take these arguments, null when it does} */
    private static ParameterException problem(String arguments) {
        List<String> words = new ArrayList<>();
        for (var word :
                arguments.replaceAll("[\\[\\]…]", "").replace("...", "").strip().split("\\s+")) {
            words.add(PLACEHOLDERS.getOrDefault(word, word));
        }
        CommandLine commands = Main.commandLine();
        try {
            commands.parseArgs(words.toArray(String[]::new));
            return null;
        } catch (ParameterException wrong) {
            return wrong;
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            var pages = new ArrayList<>(docs.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList());
            pages.addAll(Arrays.asList(PROJECT.resolve("README.md"), PROJECT.resolve("deploy/README.md")));
            return pages;
        }
    }
}
