package io.touchpoint.sandbox;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs a server in a process of its own and ends it when the process that started it is gone, however that
 * one ended. The starting process holds the other end of the standard input: when it dies, even by SIGKILL, the input
 * ends.
 *
 * <p>Only the JDK may be used here: nothing else is on the class path of that process but the server.
 */
final class RegistryProcess {

    private static final long PATIENCE_MILLIS = 5_000;

    private RegistryProcess() {}

    /**
     * Starts the class named by the first argument.
     *
     * @param arguments the name of the server's main class, then its arguments
     * @throws ReflectiveOperationException when there is no such class with a main method
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        var guard = new Thread(RegistryProcess::endWithStarter, "starter-guard");
        guard.setDaemon(true);
        guard.start();
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithStarter() {
        awaitEndOfInput();
        var exit = new Thread(() -> System.exit(0), "exit");
        exit.setDaemon(true);
        exit.start();
        try {
            exit.join(PATIENCE_MILLIS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes to this process; what comes is skipped.
            }
        } catch (IOException broken) {
            // A broken input tells the same as its end.
        }
    }
}
