package io.touchpoint.sandbox.cli;

import io.touchpoint.cli.Touchpoint;

/** The command line with the commands that bring their own Kafka. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        var commands = Touchpoint.commandLine();
        commands.addSubcommand(new DemoCommand());
        commands.addSubcommand(new ReplayCommand());
        commands.addSubcommand(new SandboxCommand());
        commands.addSubcommand(new BenchCommand());
        System.exit(commands.execute(args));
    }
}
