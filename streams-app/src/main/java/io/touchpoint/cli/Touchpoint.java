package io.touchpoint.cli;

import io.touchpoint.serdes.TrustedRecords;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the pipeline. */
@Command(
        name = "touchpoint",
        mixinStandardHelpOptions = true,
        version = "touchpoint 1.0.0-SNAPSHOT",
        header = "Real-time customer touchpoints on Kafka: profiles, suppressions, churn signals and KPIs.",
        description = "%nTouchpoint turns orders, surveys, ad clicks and support tickets into decisions.%n",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            RunCommand.class,
            WatchCommand.class,
            TopicsCommand.class,
            ImportCommand.class,
            FitChurnCommand.class,
            AttributionCommand.class,
            ActivateCommand.class,
            ExportCommand.class,
            TopologyCommand.class
        })
public final class Touchpoint {

    static {
        TrustedRecords.trust();
    }

    private Touchpoint() {}

    /** {@return the command line with all commands that need no sandbox} */
    public static CommandLine commandLine() {
        return Help.completed(new CommandLine(new Touchpoint()));
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
