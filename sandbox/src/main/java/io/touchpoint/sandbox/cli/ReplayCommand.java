package io.touchpoint.sandbox.cli;

import io.touchpoint.config.AlertFile;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.history.HistoryFiles;
import io.touchpoint.sandbox.SandboxOptions;
import io.touchpoint.sandbox.replay.Replay;
import io.touchpoint.sandbox.replay.ReplayFailedException;
import io.touchpoint.sandbox.replay.ReplayProgress.Stage;
import io.touchpoint.sandbox.replay.ReplayReport;
import io.touchpoint.sandbox.replay.ReplayRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the pipeline would have said about someone's data. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Put your own history through the pipeline and see what it would have said.",
            "",
            "Reads orders, surveys, ad-clicks, support, customers, erasures, invitations, ad-spend and leads from DIR, each"
                    + " optional, .jsonl or .jsonl.gz: a line is a JSON object with the record's fields, times are ISO-8601"
                    + " with an offset or epoch milliseconds. Publishes them in order of occurred_at to a Kafka of its own,"
                    + " runs on event time, advances the clock to --until and writes one file per output topic, a line"
                    + " {\"key\":...,\"timestamp\":...,\"value\":{...}}: of compacted topics the last value of each live"
                    + " key, of the others everything. Files of these names in --out are replaced, others left alone.",
            "",
            "Lines that could not be read as a record are listed in import-errors.jsonl; events that make no sense are"
                    + " rejected by the pipeline and stand in rejected.jsonl. Exit code 0 when the run came to its end, 1"
                    + " when it failed, 2 when the input or the options are wrong.",
            ""
        })
public final class ReplayCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the input files.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the results; made if missing.")
    private Path out;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description =
                    "What to advance the clock to, such as 2024-06-30T00:00:00Z; later events are left out. Not after"
                            + " now. Default: the last event.")
    private Instant until;

    @Option(names = "--policy", paramLabel = "FILE", description = "The rules to decide by. Default: those shipped.")
    private Path policy;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description = "The rules that raise alerts. Default: those shipped.")
    private Path alerts;

    @Option(names = "--strict", description = "Fail when a line could not be read as a record.")
    private boolean strict;

    /** The command, on the machine's clock. */
    public ReplayCommand() {
        this(InstantSource.system());
    }

    ReplayCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        ProgressLine line = new ProgressLine(err(), System.console() != null, clock);
        try {
            return Ending.orCutOff(() -> replay(line));
        } catch (IllegalArgumentException wrong) {
            return failed(line, wrong.getMessage(), ExitCode.USAGE);
        } catch (ReplayFailedException | KafkaException | IllegalStateException | UncheckedIOException failed) {
            return failed(line, failed.getMessage(), ExitCode.SOFTWARE);
        } catch (FileSystemException failed) {
            String why = failed.getReason() == null ? failed.getClass().getSimpleName() : failed.getReason();
            return failed(line, failed.getFile() + ": " + why, ExitCode.SOFTWARE);
        } catch (IOException failed) {
            return failed(line, failed.getMessage(), ExitCode.SOFTWARE);
        }
    }

    private int replay(ProgressLine line) throws IOException, InterruptedException, ReplayFailedException {
        Instant start = clock.instant();
        Policy rules = policy == null ? PolicyFile.shipped() : PolicyFile.read(policy);
        if (alerts != null) {
            // Before the servers start.
            AlertFile.read(alerts);
        }
        warnOfIgnoredFiles();
        ReplayRequest request =
                new ReplayRequest(data, out, Optional.ofNullable(until), rules, strict, Optional.ofNullable(alerts));
        ReplayReport report = new Replay(
                        request,
                        SandboxOptions.temporary(),
                        (stage, done, total) -> line.show(words(stage), done, total),
                        clock)
                .run();
        line.clear();
        print(report, Duration.between(start, clock.instant()));
        return ExitCode.OK;
    }

    private int failed(ProgressLine line, String why, int exitCode) {
        line.clear();
        err().println("replay: " + why);
        err().flush();
        return exitCode;
    }

    private void warnOfIgnoredFiles() {
        for (String name : HistoryFiles.in(data).ignored()) {
            err().println("not read, since it is no .jsonl or .jsonl.gz: " + data.resolve(name));
        }
        err().flush();
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case READING -> "Reading the files";
            case STARTING -> "Starting Kafka and the schema registry";
            case PUBLISHING -> "Publishing";
            case FOLDING -> "Folding";
            case WRITING -> "Writing the results";
        };
    }

    private void print(ReplayReport report, Duration took) {
        PrintWriter summary = spec.commandLine().getOut();
        long events =
                report.events().values().stream().mapToLong(Long::longValue).sum();
        summary.printf(
                Locale.ROOT,
                "Replayed %,d events until %s in %.1f s%n",
                events,
                report.until(),
                took.toMillis() / 1000.0);
        report.events().forEach((topic, count) -> summary.printf(Locale.ROOT, "  %-24s %,12d%n", topic.slug(), count));
        printIfAny(summary, "repeated lines", report.repeated());
        printIfAny(summary, "left out, after that", report.leftOut());
        printIfAny(summary, "lines not importable", report.importErrors());
        if (report.importErrors() > 0) {
            summary.println("What is wrong with them, line by line: " + out.resolve("import-errors.jsonl"));
        }
        summary.println("Results in " + out);
        report.files().forEach((name, lines) -> summary.printf(Locale.ROOT, "  %-24s %,12d%n", name, lines));
        summary.flush();
    }

    private static void printIfAny(PrintWriter summary, String what, long count) {
        if (count > 0) {
            summary.printf(Locale.ROOT, "  %-24s %,12d%n", what, count);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
