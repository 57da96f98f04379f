package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.queries.LiveOutputs;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows live KPIs in a terminal, whichever process publishes them. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Watch the live KPIs of a cluster in the terminal.",
            "",
            "In a terminal the values change in place, each with its interval and how it came about; elsewhere they are printed now and"
                    + " then. Below them stands what fires. --json prints each KPI, suppression, churn signal and alert as it is published, a line each.",
            ""
        })
public final class WatchCommand implements Callable<Integer> {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--kpis",
            split = ",",
            paramLabel = "KPI",
            defaultValue = "nps,csat,ces,orders,revenue,aov,cr,rpr,roas,leak-cost,tickets-open,records-rejected",
            description = "Ids, separated by commas; see docs/metrics.md. Default: ${DEFAULT-VALUE}.")
    private List<String> kpis;

    @Option(
            names = "--segment",
            defaultValue = "all",
            paramLabel = "SEGMENT",
            description =
                    "all or dimension=value, with currency and model where a KPI has them: all/GBP, all/GBP/linear."
                            + " Default: ${DEFAULT-VALUE}.")
    private String segment;

    @Option(
            names = "--window",
            defaultValue = "P30D",
            paramLabel = "WINDOW",
            description = "PT1H, PT24H, P7D, P30D or P90D. Default: ${DEFAULT-VALUE}.")
    private String window;

    @Option(names = "--json", description = "Everything as it is published, as JSON, a line each.")
    private boolean json;

    @Option(names = "--once", description = "Print the values as they are now, and end.")
    private boolean once;

    private final Map<String, String> environment;

    /** The command, with the environment of this process. */
    public WatchCommand() {
        this(System.getenv());
    }

    WatchCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        AppConfig config;
        Set<String> wanted;
        try {
            wanted = wanted();
            config = options.read(environment);
        } catch (IllegalArgumentException wrong) {
            return failed(wrong.getMessage(), ExitCode.USAGE);
        }
        try (var serdes = config.serde().open();
                var outputs = json ? LiveOutputs.followNew(config, serdes) : LiveOutputs.follow(config, serdes)) {
            // There may be much to read, and a cluster that is away takes a while to be given up.
            spec.commandLine()
                    .getErr()
                    .println("Reading what is published on " + config.kafka().bootstrapServers() + " ...");
            spec.commandLine().getErr().flush();
            if (!outputs.awaitCaughtUp(PATIENCE)) {
                return failed(
                        "The KPIs on " + config.kafka().bootstrapServers() + " could not be read within "
                                + PATIENCE.toSeconds() + " s (expected: a cluster with the pipeline's topics)",
                        ExitCode.SOFTWARE);
            }
            return json ? tell(outputs, wanted) : show(outputs, wanted);
        } catch (KafkaException away) {
            return failed(ClusterFailure.words(away, config), ExitCode.SOFTWARE);
        } catch (IllegalStateException lost) {
            return failed(lost.getMessage(), ExitCode.SOFTWARE);
        }
    }

    private Set<String> wanted() {
        var known = KpiCatalogue.standard().kpis().stream().map(kpi -> kpi.id()).toList();
        var wanted = new LinkedHashSet<>(kpis);
        for (var kpi : wanted) {
            if (!known.contains(kpi)) {
                throw new IllegalArgumentException(
                        "--kpis: there is no KPI " + kpi + " (expected: some of " + known + ")");
            }
        }
        return wanted;
    }

    private int show(LiveOutputs outputs, Set<String> wanted) throws InterruptedException {
        var lines = new WatchLines(outputs, wanted, segment, window);
        var screen = new Screen(out(), System.console() != null, InstantSource.system());
        screen.show(lines.now());
        while (!once) {
            Thread.sleep(SECOND.toMillis());
            screen.show(lines.now());
        }
        return ExitCode.OK;
    }

    private int tell(LiveOutputs outputs, Set<String> wanted) throws InterruptedException {
        try (var watch = outputs.watch(wanted, segment)) {
            while (!out().checkError() && !System.out.checkError()) {
                watch.next(SECOND).ifPresent(out()::println);
            }
        }
        return ExitCode.OK;
    }

    private int failed(String why, int exitCode) {
        spec.commandLine().getErr().println(why);
        return exitCode;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
