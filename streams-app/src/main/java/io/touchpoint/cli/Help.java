package io.touchpoint.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** What the help of every command has in common: what its exit codes mean, and columns in which names stand whole. */
public final class Help {

    /** The longest option with its parameter, and a little more. */
    private static final int NAMES = 36;

    private Help() {}

    /** {@return the same command line, once all commands are in it} */
    public static CommandLine completed(CommandLine all) {
        complete(all);
        return all;
    }

    private static void complete(CommandLine command) {
        command.setUsageHelpAutoWidth(true);
        command.setUsageHelpLongOptionsMaxWidth(NAMES);
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        command.getSubcommands().values().forEach(Help::complete);
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        codes.put("0", "done");
        codes.put("1", "failed: a server, a port or a disk; or what was checked is not as it should be");
        codes.put("2", "not begun: a flag, a setting or a file is missing or not what it should be");
        codes.put("130", "ended by Ctrl-C, 143 by SIGTERM; what was under way is taken up the next time");
        return codes;
    }
}
