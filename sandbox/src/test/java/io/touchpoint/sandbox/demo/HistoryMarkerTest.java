package io.touchpoint.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryMarkerTest {

    private static final HistoryMarker.Entry BEGUN =
            new HistoryMarker.Entry(Instant.parse("2026-01-05T12:00:00.123456789Z"), 7, false, false);

    @TempDir
    Path folder;

    @Test
    void shouldKnowNothingOfANewFolder() {
        assertThat(new HistoryMarker(folder).read()).isEmpty();
        assertThat(new HistoryMarker(folder.resolve("missing")).read()).isEmpty();
    }

    @Test
    void shouldRememberWhatWasWrittenLast() {
        new HistoryMarker(folder).write(BEGUN);
        assertThat(new HistoryMarker(folder).read()).contains(BEGUN);

        new HistoryMarker(folder).write(BEGUN.afterPublishing().withTraffic());
        assertThat(new HistoryMarker(folder).read())
                .contains(new HistoryMarker.Entry(BEGUN.endsAt(), BEGUN.seed(), true, true));
    }

    @Test
    void shouldNameTheFileThatMakesNoSense() throws IOException {
        Files.writeString(folder.resolve("demo.properties"), "history.seed=one\n");

        assertThatThrownBy(() -> new HistoryMarker(folder).read())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("demo.properties");
    }
}
