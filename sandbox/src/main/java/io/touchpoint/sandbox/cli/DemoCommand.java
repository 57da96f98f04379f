package io.touchpoint.sandbox.cli;

import io.touchpoint.cli.Screen;
import io.touchpoint.sandbox.demo.Demo;
import io.touchpoint.sandbox.demo.DemoOptions;
import io.touchpoint.sandbox.demo.DemoProgress.Stage;
import io.touchpoint.sandbox.demo.summary.DemoState;
import io.touchpoint.sandbox.demo.summary.HistoryText;
import io.touchpoint.sandbox.demo.summary.SummaryText;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole system on one machine, with something to see. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "See the whole system at work on this machine: Kafka, a schema registry and the pipeline.",
            "",
            "Puts a year of real purchases and survey answers through the pipeline, moved so that the year ends now, then"
                    + " generates live traffic and shows what comes of it, until Ctrl-C. Nothing needs to be installed and"
                    + " nothing is left running.",
            ""
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final int MOST_PER_SECOND = 5_000;
    private static final double MILLIS = 1000;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "Stop when the year is folded, and show what came of it.")
    private boolean once;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep topics and state in DIR, and go on from there the next time. Default: nothing is kept.")
    private Path keep;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Generated events a second after the year. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of what is generated: the same seed, the same events. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the dashboard, the queries, /health and /metrics. Default: a free one.")
    private int httpPort;

    @Option(
            names = "--with-warehouse",
            description = "Start PostgreSQL and Kafka Connect too: what is published becomes rows.")
    private boolean withWarehouse;

    /** The command, on the machine's clock. */
    public DemoCommand() {
        this(InstantSource.system());
    }

    DemoCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        DemoOptions options = options();
        boolean terminal = System.console() != null;
        ProgressLine line = new ProgressLine(err(), terminal, clock);
        try {
            return Ending.orCutOff(() -> show(options, line, terminal));
        } catch (IllegalArgumentException wrong) {
            return failed(line, wrong, ExitCode.USAGE);
        } catch (KafkaException | IllegalStateException | UncheckedIOException failed) {
            return failed(line, failed, ExitCode.SOFTWARE);
        }
    }

    private int failed(ProgressLine line, RuntimeException why, int exitCode) {
        line.clear();
        err().println("demo: " + why.getMessage());
        err().flush();
        return exitCode;
    }

    private int show(DemoOptions options, ProgressLine line, boolean terminal) throws InterruptedException {
        Screen screen = new Screen(out(), terminal, clock);
        Instant start = clock.instant();
        try (Demo demo = Demo.start(options, (stage, done, total) -> line.show(words(stage), done, total), clock)) {
            line.clear();
            describe(demo);
            foldHistory(demo, screen, line, start);
            if (!once) {
                goOn(demo, screen);
            }
            return ExitCode.OK;
        }
    }

    private DemoOptions options() {
        if (!(rate > 0) || rate > MOST_PER_SECOND) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rate: " + rate + " (expected: more than 0, at most " + MOST_PER_SECOND + ")");
        }
        if (httpPort < 0 || httpPort > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--http-port: " + httpPort + " (expected: 0 to 65535, 0 for a free one)");
        }
        return new DemoOptions(Optional.ofNullable(keep), rate, seed, httpPort, withWarehouse);
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case STARTING -> "Starting Kafka and the schema registry";
            case PUBLISHING -> "Publishing the year";
        };
    }

    private void describe(Demo demo) {
        out().println("Kafka     " + demo.config().kafka().bootstrapServers());
        out().println("Registry  " + demo.config().serde().registry().urls().get(0));
        out().println("Dashboard http://127.0.0.1:" + demo.httpPort() + "/");
        demo.warehouse().ifPresent(parts -> {
            WarehouseText.addresses(parts).forEach(out()::println);
            out().println();
            out().println("Rows come as the year is folded. Ask for them in another terminal:");
            out().println();
            out().println(WarehouseText.query(parts));
        });
        if (demo.resumed()) {
            out().println("Resumed from " + keep);
        }
        out().println();
        out().flush();
    }

    private void foldHistory(Demo demo, Screen screen, ProgressLine line, Instant start) throws InterruptedException {
        Instant folding = clock.instant();
        while (!demo.awaitHistory(REFRESH)) {
            if (demo.stopping()) {
                return;
            }
            showProgress(demo.state(), screen, line);
        }
        screen.erase();
        DemoState state = demo.state();
        Instant now = clock.instant();
        out().printf(
                        Locale.ROOT,
                        "%,d events folded in %.1f s, %.1f s after the start%n",
                        state.folded(),
                        Duration.between(folding, now).toMillis() / MILLIS,
                        Duration.between(start, now).toMillis() / MILLIS);
        print(HistoryText.results(state.summary(), !demo.hadTraffic()));
        print(HistoryText.origins());
        if (once) {
            print(SummaryText.lines(state));
        }
    }

    private static void showProgress(DemoState state, Screen screen, ProgressLine line) {
        if (state.summary().records().read() > 0) {
            List<String> lines = new ArrayList<>();
            lines.add("Folding the year " + line.bar(state.folded(), state.published()));
            lines.addAll(SummaryText.lines(state));
            screen.show(lines);
        }
    }

    private void goOn(Demo demo, Screen screen) throws InterruptedException {
        if (demo.stopping()) {
            return;
        }
        demo.startTraffic();
        out().printf(
                        Locale.ROOT,
                        "Live traffic from now on, %,.0f events a second. Ctrl-C stops everything.%n%n",
                        rate);
        do {
            screen.show(SummaryText.lines(demo.state()));
        } while (!demo.awaitStop(REFRESH));
    }

    private void print(List<String> lines) {
        lines.forEach(out()::println);
        out().println();
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
