package io.touchpoint.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Shows a block of lines again and again: in place on a terminal, one below the other now and then elsewhere. */
public final class Screen {
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final String UP = "\u001b[%dF";
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private int shown;
    private Instant shownAt = Instant.MIN;

    /**
     * A screen with nothing on it.
     *
     * @param terminal whether lines can be shown in place
     * @param clock tells when it is time to show lines again that are not in place
     */
    public Screen(PrintWriter out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Shows the lines, if it is time. */
    public void show(List<String> lines) {
        Instant now = clock.instant();
        if (!terminal && now.isBefore(shownAt.plus(ELSEWHERE))) {
            return;
        }
        shownAt = now;
        erase();
        lines.forEach(line -> out.println(terminal ? CLEAR_LINE + line : line));
        if (terminal) {
            shown = lines.size();
        } else {
            out.println();
        }
        out.flush();
    }

    /** Takes what is shown off a terminal, for what is printed next. */
    public void erase() {
        if (shown > 0) {
            out.printf(UP, shown);
            out.print(CLEAR_BELOW);
            out.flush();
            shown = 0;
        }
    }
}
