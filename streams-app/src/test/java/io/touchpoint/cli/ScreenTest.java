package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final StringWriter shown = new StringWriter();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-05T12:00:00Z"));

    @Test
    void shouldWriteOverWhatStoodThereOnATerminal() {
        var screen = new Screen(new PrintWriter(shown), true, now::get);

        screen.show(List.of("one", "two"));
        screen.show(List.of("three"));

        assertThat(shown.toString())
                .isEqualToNormalizingNewlines(
                        "\u001b[2Kone\n\u001b[2Ktwo\n" + "\u001b[2F\u001b[J" + "\u001b[2Kthree\n");
    }

    @Test
    void shouldAppendEveryTenSecondsElsewhere() {
        var screen = new Screen(new PrintWriter(shown), false, now::get);

        screen.show(List.of("one"));
        now.updateAndGet(time -> time.plusSeconds(9));
        screen.show(List.of("too early"));
        now.updateAndGet(time -> time.plusSeconds(1));
        screen.show(List.of("two"));
        screen.erase();

        assertThat(shown.toString()).isEqualToNormalizingNewlines("one\n\ntwo\n\n");
    }
}
