package io.touchpoint.cli;

import io.touchpoint.activation.AudienceSnapshot;
import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import io.touchpoint.records.SuppressionScope;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes who is suppressed now into a file for a platform's upload form. */
@Command(
        name = "suppressions",
        mixinStandardHelpOptions = true,
        description = {
            "Write who is suppressed now into a CSV file for the upload form of an ad platform.",
            "",
            "One hashed e-mail address or phone number a line, under the platform's column names. One scope is one file, since it is one"
                    + " audience.",
            ""
        })
public final class ExportSuppressionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--platform", required = true, paramLabel = "P", description = "google, meta, tiktok or yandex.")
    private String platform;

    @Option(
            names = "--scope",
            defaultValue = "ALL",
            paramLabel = "SCOPE",
            description = "ALL, CATEGORY or SKU. Default: ${DEFAULT-VALUE}.")
    private SuppressionScope scope;

    @Option(names = "--value", defaultValue = "", paramLabel = "VALUE", description = "The category or the SKU.")
    private String value;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file; what stood there is replaced.")
    private Path out;

    private final Map<String, String> environment;

    /** The command, with the environment of this process. */
    public ExportSuppressionsCommand() {
        this(System.getenv());
    }

    ExportSuppressionsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AppConfig config;
        Platform of;
        try {
            of = ActivateCommand.platform(platform);
            config = options.read(environment);
            if ((scope == SuppressionScope.ALL) != value.isEmpty()) {
                throw new IllegalArgumentException("--value: '" + value
                        + "' (expected: the category or the SKU with those scopes, nothing with ALL)");
            }
        } catch (IllegalArgumentException wrong) {
            return failed(wrong.getMessage(), ExitCode.USAGE);
        }
        try (var serdes = config.serde().open();
                var snapshot = AudienceSnapshot.readByScope(config, of, serdes)) {
            long members = snapshot.writeMembers(scope.name(), value, out);
            spec.commandLine().getOut().println(members + " members in " + out);
            if (members < of.least()) {
                spec.commandLine()
                        .getErr()
                        .println("NOT_EFFECTIVE: " + of.label() + " does not use an audience of fewer than "
                                + of.least());
            }
            return ExitCode.OK;
        } catch (KafkaException away) {
            return failed(ClusterFailure.words(away, config), ExitCode.SOFTWARE);
        } catch (UncheckedIOException full) {
            return failed(out + ": cannot be written: " + full.getCause().getMessage(), ExitCode.SOFTWARE);
        }
    }

    private int failed(String why, int exitCode) {
        spec.commandLine().getErr().println(why);
        return exitCode;
    }
}
