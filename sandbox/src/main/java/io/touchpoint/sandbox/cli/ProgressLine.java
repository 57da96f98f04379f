package io.touchpoint.sandbox.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Shows how far a long piece of work is: one line that is written over on a terminal, a line now and then elsewhere. */
final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 70;
    private static final int BAR = 30;

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private String doing = "";
    private Instant shownAt = Instant.MIN;

    ProgressLine(PrintWriter out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Shows it, if it is time.
     *
     * @param what being done, such as {@code Publishing}
     * @param total 0 where there is nothing to count
     */
    void show(String what, long done, long total) {
        Instant now = clock.instant();
        boolean begins = !what.equals(doing);
        if (!begins && now.isBefore(shownAt.plus(terminal ? ON_TERMINAL : ELSEWHERE))) {
            return;
        }
        doing = what;
        shownAt = now;
        String text = total == 0 ? what : what + " " + bar(done, total);
        if (terminal) {
            out.printf(Locale.ROOT, "\r%-" + WIDTH + "s", text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** How much of it is done, as a bar on a terminal. */
    String bar(long done, long total) {
        if (!terminal) {
            return String.format(Locale.ROOT, "%,d of %,d", done, total);
        }
        int filled = (int) (BAR * done / total);
        return String.format(
                Locale.ROOT, "[%s%s] %,d of %,d", "#".repeat(filled), " ".repeat(BAR - filled), done, total);
    }

    /** Leaves room for what is printed next. */
    void clear() {
        if (terminal) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }
}
