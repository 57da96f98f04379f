package io.touchpoint.sandbox.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A part of the benchmark in a JVM of its own. It reads commands from its standard input, a line each, answers each with a line, and ends when the input ends: so it
 * ends with this process, however that one ended.
 */
final class ChildJvm implements AutoCloseable {

    /** Begins a line that is meant for the starter: a JVM may print lines of its own. */
    private static final String MARK = "answer: ";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final String name;
    private final Writer commands;
    private final BufferedReader answers;

    private ChildJvm(Process process, String name) {
        this.process = process;
        this.name = name;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the main class on the class path of this process; what it logs goes where this process logs. */
    static ChildJvm start(Class<?> main, List<String> flags, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ChildJvm(process, main.getSimpleName());
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot start a Java process for " + main.getSimpleName(), impossible);
        }
    }

    /** {@return identifier of the process} */
    long pid() {
        return process.pid();
    }

    boolean runs() {
        return process.isAlive();
    }

    /** {@return processor time of all its threads so far, garbage collector and compiler included} */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** {@return processor time of its just-in-time compilers so far; zero where the system does not tell} */
    Duration compilerCpu() {
        var threads = Path.of("/proc", Long.toString(pid()), "task");
        if (!Files.isDirectory(threads)) {
            return Duration.ZERO;
        }
        try (var all = Files.list(threads)) {
            return Duration.ofMillis(all.mapToLong(ChildJvm::compilerMillis).sum());
        } catch (IOException ended) {
            return Duration.ZERO;
        }
    }

    /** User and system time are the twelfth and thirteenth field behind the name, in ticks of 10 ms. */
    private static long compilerMillis(Path thread) {
        try {
            var line = Files.readString(thread.resolve("stat"));
            if (!line.contains("(C1 ") && !line.contains("(C2 ")) {
                return 0;
            }
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
        } catch (IOException ended) {
            return 0;
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws IllegalStateException when the process has ended
     */
    String ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException gone) {
            throw new IllegalStateException(name + " has ended (expected: an answer to '" + command + "')", gone);
        }
        return answer();
    }

    /** Answers; to be called in the process that was started. */
    static void reply(String answer) {
        System.out.println(MARK + answer);
    }

    /**
     * Waits for the next answer.
     *
     * @throws IllegalStateException when the process has ended
     */
    String answer() {
        try {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(MARK)) {
                    return line.substring(MARK.length());
                }
            }
            throw new IllegalStateException(name + " has ended (expected: an answer); its log says why");
        } catch (IOException broken) {
            throw new IllegalStateException(name + " gives no answer", broken);
        }
    }

    /** Ends the input, upon which the process stops; by force when it takes longer than 40 seconds. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException gone) {
            // It has ended already, which is what is wanted.
        }
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
