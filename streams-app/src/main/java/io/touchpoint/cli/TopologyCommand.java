package io.touchpoint.cli;

import io.touchpoint.runtime.TopologyPicture;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how the records flow. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description = "Show the operators, stores and topics of the pipeline, as text or as a Mermaid diagram.")
public final class TopologyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--mermaid", description = "A Mermaid flow chart instead of text.")
    private boolean mermaid;

    @Override
    public Integer call() {
        var picture = TopologyPicture.ofDefaults();
        spec.commandLine().getOut().print(mermaid ? picture.mermaid() : picture.text());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
