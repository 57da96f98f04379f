package io.touchpoint.sandbox.cli;

import io.touchpoint.cli.Help;
import io.touchpoint.cli.Touchpoint;
import picocli.CommandLine;

/** The command line with the commands that bring their own Kafka. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** {@return the command line with all commands} */
    static CommandLine commandLine() {
        return Help.completed(Touchpoint.commandLine()
                .addSubcommand(new DemoCommand())
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new SandboxCommand())
                .addSubcommand(new BenchCommand()));
    }
}
