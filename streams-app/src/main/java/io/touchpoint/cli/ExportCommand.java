package io.touchpoint.cli;

import picocli.CommandLine.Command;

/** Files for others. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {"Write what is on the topics into files for others.", ""},
        synopsisSubcommandLabel = "WHAT",
        subcommands = ExportSuppressionsCommand.class)
public final class ExportCommand {}
