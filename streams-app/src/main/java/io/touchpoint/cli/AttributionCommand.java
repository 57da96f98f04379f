package io.touchpoint.cli;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.attribution.ClickWalks;
import io.touchpoint.domain.attribution.MarkovChain;
import io.touchpoint.domain.attribution.PathCount;
import io.touchpoint.records.AdClick;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what each platform or campaign is worth by its removal from the paths of clicks. */
@Command(
        name = "attribution",
        mixinStandardHelpOptions = true,
        description = {
            "Say what each ad platform or campaign is worth by its removal from the paths to an order.",
            "",
            "The pipeline itself attributes each order as it is paid, by five models. This sixth one needs all paths at"
                    + " once, those that led to nothing included: a first-order Markov chain from click to click, solved"
                    + " exactly. The removal effect of a channel is the share of conversions that is lost when whoever"
                    + " comes to it goes no further; its share is its part in all effects. It describes the paths, it does"
                    + " not prove a cause.",
            "",
            "A path is the clicks within the policy's lookback before a PAID, those before the customer's previous PAID"
                    + " left out; or clicks that no PAID followed in that time. Orders count whatever became of them"
                    + " later.",
            ""
        })
public final class AttributionCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(names = "--markov", required = true, description = "The model: removal effects of a Markov chain.")
    private boolean markov;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** Where the paths come from. */
    private static final class Source {
        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "Folder with orders, ad-clicks and, if there are any, erasures, as for replay.")
        private Path data;

        @Option(
                names = "--topics",
                required = true,
                description = "The topics of a cluster: all that is on orders, ad-clicks and erasures.")
        private boolean topics;

        @Option(
                names = "--paths",
                required = true,
                paramLabel = "FILE",
                description = "Path counts as --save-paths writes them: CSV with the columns path (channels between >),"
                        + " total_conversions and total_null.")
        private Path paths;
    }

    /** What a channel is. */
    enum Channel {
        platform,
        campaign;

        String of(AdClick click) {
            return switch (this) {
                case platform -> click.getPlatform();
                case campaign -> click.getCampaignId();
            };
        }
    }

    @Option(
            names = "--by",
            paramLabel = "CHANNEL",
            defaultValue = "platform",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. Not of --paths.")
    private Channel channel;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description =
                    "End of the observation, such as 2024-06-30T00:00:00Z; later events are left out. Default: the"
                            + " last event. Of --data.")
    private Instant until;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Policy whose attribution.lookback is used. Default: the one shipped.")
    private Path policyFile;

    @Option(
            names = "--save-paths",
            paramLabel = "FILE",
            description = "Also keep the path counts in this file. They hold no customer.")
    private Path saved;

    @Mixin
    private ConfigOptions options;

    /** The command, with the environment of this process and the machine's clock. */
    public AttributionCommand() {
        this(System.getenv(), InstantSource.system());
    }

    AttributionCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (until != null && until.isAfter(clock.instant())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--until: " + until + " (expected: an instant that has passed, now is " + clock.instant() + ")");
        }
        try {
            var paths = source.paths != null ? PathFile.read(source.paths) : walked();
            if (paths.isEmpty()) {
                return failed(
                        (source.paths == null ? source.data : source.paths) + ": no path (expected: at least one)",
                        source.topics ? ExitCode.SOFTWARE : ExitCode.USAGE);
            }
            if (saved != null) {
                PathFile.write(saved, paths);
            }
            print(paths);
            return ExitCode.OK;
        } catch (IOException e) {
            return failed("cannot be written or read: " + e, ExitCode.SOFTWARE);
        } catch (IllegalArgumentException wrong) {
            return failed(wrong.getMessage(), ExitCode.USAGE);
        } catch (IllegalStateException missing) {
            return failed(missing.getMessage(), ExitCode.SOFTWARE);
        } catch (KafkaException away) {
            // The cluster or the registry, or one that refuses us.
            return failed(ClusterFailure.words(away, options.read(environment)), ExitCode.SOFTWARE);
        }
    }

    private Map<List<String>, PathCount> walked() throws IOException {
        var policy = policyFile == null ? PolicyFile.shipped() : PolicyFile.read(policyFile);
        var lookback = policy.attribution().lookback();
        var walks = new ClickWalks(lookback.toMillis());
        var now = clock.instant();
        var events = new ClickEvents(channel::of, now, walks);
        var end = until == null ? now : until;
        if (source.topics) {
            ClickTopics.walk(options.read(environment), end, events);
        } else {
            end = ClickFiles.walk(source.data, now, until, events);
        }
        show(events);
        out().printf(
                        Locale.ROOT,
                        "By %s until %s, lookback %s: left out %,d orders without a click and %,d paths still open%n",
                        channel,
                        end,
                        lookback,
                        walks.unclicked(),
                        walks.open());
        return walks.paths();
    }

    private void show(ClickEvents events) {
        var errors = spec.commandLine().getErr();
        events.problems().forEach(errors::println);
        if (events.refused() > events.problems().size()) {
            errors.println("and " + (events.refused() - events.problems().size()) + " more like these");
        }
        errors.flush();
    }

    private void print(Map<List<String>, PathCount> paths) {
        long converting =
                paths.values().stream().mapToLong(PathCount::conversions).sum();
        long nulls = paths.values().stream().mapToLong(PathCount::nulls).sum();
        var chain = MarkovChain.of(paths);
        out().printf(
                        Locale.ROOT,
                        "%,d paths, %,d of them to an order: %.4f %%%n%n",
                        converting + nulls,
                        converting,
                        100 * chain.conversion());
        int width = chain.channels().stream().mapToInt(String::length).max().orElse(0);
        width = Math.max(width, "channel".length());
        out().printf(
                        Locale.ROOT,
                        "%-" + width + "s  %16s  %9s  %12s%n",
                        "channel",
                        "removal effect %",
                        "share %",
                        "conversions");
        for (var effect : chain.removalEffects()) {
            out().printf(
                            Locale.ROOT,
                            "%-" + width + "s  %16s  %9s  %12s%n",
                            effect.channel(),
                            inPercent(effect.effect()),
                            inPercent(effect.share()),
                            effect.share() == null
                                    ? "-"
                                    : String.format(Locale.ROOT, "%.2f", effect.share() * converting));
        }
        out().flush();
    }

    private static String inPercent(Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.4f", 100 * share);
    }

    private int failed(String message, int exitCode) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
        return exitCode;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
