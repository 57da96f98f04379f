package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.docs.GeneratedPage;
import io.touchpoint.runtime.TopologyPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GoldenTopologyTest {

    private static final Path EXPECTED = Path.of("src", "test", "resources", "expected-topology.txt");
    private static final Pattern GENERATED_NAME = Pattern.compile("KSTREAM-|KTABLE-|KGROUPED|-\\d{10}");

    private final TopologyPicture picture = TopologyPicture.ofDefaults();

    @Test
    void shouldBeAsExpected() throws IOException {
        if (Boolean.getBoolean(GeneratedPage.WRITE)) {
            Files.createDirectories(EXPECTED.getParent());
            Files.writeString(EXPECTED, picture.text());
        }
        assertThat(picture.text())
                .as(
                        "The topology differs from %s. If that is meant, run 'mvn -pl streams-app -am test -D%s=true'"
                                + " and commit the file. Where the name of a store has changed, or the number of a"
                                + " sub-topology that has stores, a running pipeline does not find its state: say in"
                                + " CHANGELOG.md that it needs a reset, or a new application.id. New operators without a"
                                + " store are compatible with the state there is",
                        EXPECTED, GeneratedPage.WRITE)
                .isEqualTo(Files.exists(EXPECTED) ? Files.readString(EXPECTED) : "");
    }

    @Test
    void shouldHaveNoGeneratedName() {
        assertThat(picture.text()).doesNotContainPattern(GENERATED_NAME);
    }

    @Test
    void shouldHaveAnUpToDatePage() {
        GeneratedPage.assertUpToDate("topology.md", """
            <!-- Generated from the running topology by GoldenTopologyTest; do not edit. -->
            # Topology

            Topics are cylinders, operators are boxes with their stores, and each frame is one kind of task, of which there is\
             one per partition. `touchpoint topology` prints the same, `touchpoint topology --mermaid` the chart.

            ```mermaid
            %s```

            As Kafka Streams describes it:

            ```text
            %s```
            """.formatted(ended(picture.mermaid()), ended(picture.text())));
    }

    private static String ended(String text) {
        return text.stripTrailing() + "\n";
    }
}
