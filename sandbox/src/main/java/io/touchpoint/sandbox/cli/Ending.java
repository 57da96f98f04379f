package io.touchpoint.sandbox.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;

/** The end of the process, as by Ctrl-C, while a command works. */
final class Ending {

    private Ending() {}

    /**
     * Does the work of a command. What fails once the process is being ended fails because the servers are taken away from under
     * it, and the classes of the broker with them; that is not worth a word.
     *
     * @return the exit code of the work, 1 when it was cut off
     * @throws Exception what the work throws while nothing ends
     */
    static int orCutOff(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (Exception | LinkageError failed) {
            if (hasBegun()) {
                return ExitCode.SOFTWARE;
            }
            throw failed;
        }
    }

    /** The runtime takes no more hooks from the moment on at which it begins to run them. */
    private static boolean hasBegun() {
        var probe = new Thread(() -> {}, "ending");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException begun) {
            return true;
        }
    }
}
