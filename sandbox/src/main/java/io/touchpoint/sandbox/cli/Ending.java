package io.touchpoint.sandbox.cli;

/**
 * Knows whether the process is being ended, as by Ctrl-C. What fails from then on fails because the servers are taken away
 * from under it, and that is not worth a word.
 */
final class Ending {
    private volatile boolean begun;

    private Ending() {}

    /** Starts to listen. */
    static Ending watched() {
        Ending ending = new Ending();
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.begun = true, "ending"));
        } catch (IllegalStateException already) {
            ending.begun = true;
        }
        return ending;
    }

    /** Whether it has begun. */
    boolean begun() {
        return begun;
    }
}
