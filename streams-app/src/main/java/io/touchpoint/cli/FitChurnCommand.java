package io.touchpoint.cli;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.churn.ChurnFit;
import io.touchpoint.domain.churn.PurchaseHistory;
import io.touchpoint.domain.policy.Policy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits the churn model to an orders file and prints it as the policy file wants it. */
@Command(
        name = "fit-churn",
        description = {
            "Fit the churn and value model to your orders.",
            "",
            "Prints the policy file's churn.model block: MBG/NBD (when customers buy and leave) and Gamma-Gamma (what a"
                    + " day's orders are worth), both by maximum likelihood, with their log-likelihoods, the number of"
                    + " customers, and when customers with 1, 3 and 10 purchases cross each level. All but the block is"
                    + " comment, so the output is YAML.",
            "",
            "What counts: days in UTC on which a customer PAID for something that is still held, at the day's first"
                    + " PAID. Returns and cancellations take off what they took, by the rules of the pipeline. MBG/NBD is"
                    + " fitted to every customer, also those with one purchase; Gamma-Gamma to the days after the first,"
                    + " net of returns, of customers who paid in nothing but the currency that most paid in.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class FitChurnCommand implements Callable<Integer> {

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Orders: one OrderEvent per line as JSON (.jsonl), gzipped or not.")
    private Path file;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description =
                    "End of the observation, such as 2024-06-30T00:00:00Z; orders after it are left out. Default: the"
                            + " last event of the file.")
    private Instant until;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Policy whose churn levels and horizon are used. Default: the one shipped.")
    private Path policyFile;

    @Option(
            names = "--model-version",
            paramLabel = "NAME",
            description = "Version to give the model. Default: fit- and the date of the end of the observation.")
    private String modelVersion;

    /** The command, on the machine's clock: it only serves to refuse orders from the future. */
    public FitChurnCommand() {
        this(InstantSource.system());
    }

    FitChurnCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var now = clock.instant();
        if (until != null && until.isAfter(now)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--until: " + until + " (expected: an instant that has passed, now is " + now + ")");
        }
        try {
            var policy = policyFile == null ? PolicyFile.shipped() : PolicyFile.read(policyFile);
            fit(OrderFile.read(file, now, until), policy);
            return ExitCode.OK;
        } catch (NoSuchFileException e) {
            return failed(file + ": no such file", ExitCode.USAGE);
        } catch (IOException e) {
            return failed(file + ": cannot be read: " + e, ExitCode.SOFTWARE);
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage(), ExitCode.USAGE);
        }
    }

    private int failed(String message, int exitCode) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
        return exitCode;
    }

    /** @throws IllegalArgumentException when there are too few orders to fit to, or the fit is no valid model */
    private void fit(OrderFile orders, Policy policy) {
        showProblems(orders);
        var currency = orders.majorityCurrency()
                .orElseThrow(() -> new IllegalArgumentException(file + ": no PAID order (expected: orders of at least "
                        + ChurnFit.FEWEST_CUSTOMERS + " customers who came back)"));
        var customers = orders.histories(currency);
        var fit = fit(customers);
        var version = modelVersion != null
                ? modelVersion
                : "fit-" + orders.until().atZone(ZoneOffset.UTC).toLocalDate();
        var model = fit.parameters(version, policy.churn().model().horizon(), currency);
        var out = spec.commandLine().getOut();
        new FitReport(fit, model, customers, policy.churn().levels())
                .lines(sources(orders, currency))
                .forEach(out::println);
        out.flush();
    }

    private ChurnFit fit(List<PurchaseHistory> customers) {
        try {
            return ChurnFit.of(customers);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private void showProblems(OrderFile orders) {
        var errors = spec.commandLine().getErr();
        orders.problems().forEach(errors::println);
        long unseen = orders.refused() - orders.problems().size();
        if (unseen > 0) {
            errors.println("and " + unseen + " more lines like these");
        }
        errors.flush();
    }

    /** What was read and what was left out. */
    private List<String> sources(OrderFile orders, String currency) {
        var sources = new ArrayList<String>();
        sources.add(
                "Fitted to " + file.getFileName() + ", observed until " + orders.until() + ", by maximum likelihood");
        count(sources, orders.refused(), "refused lines were left out");
        count(sources, orders.later(), "events after the end of the observation were left out");
        count(
                sources,
                orders.paidOtherwise(currency),
                "customers paid in other currencies than " + currency + ": in MBG/NBD, left out of Gamma-Gamma");
        return sources;
    }

    private static void count(List<String> sources, long number, String what) {
        if (number > 0) {
            sources.add(number + " " + what);
        }
    }
}
