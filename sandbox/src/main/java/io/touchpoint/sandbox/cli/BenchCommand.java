package io.touchpoint.sandbox.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.touchpoint.config.InvalidConfigException;
import io.touchpoint.sandbox.bench.Bench;
import io.touchpoint.sandbox.bench.BenchReport;
import io.touchpoint.sandbox.bench.BenchRequest;
import io.touchpoint.sandbox.bench.QueryBench;
import io.touchpoint.sandbox.bench.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast the pipeline is on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast the pipeline is on this machine.",
            "",
            "Starts Kafka in a process of its own, fills it with invented events (orders 40 %%, clicks 40 %%, answers 10 %%,"
                    + " support 10 %%; some customers are busier than others), then measures by turns (a) a transactional"
                    + " byte copy of these records by one thread that commits every 100 ms, and (b) the whole pipeline"
                    + " with all its outputs, exactly once, in a process of its own. Producing the events, starting, and"
                    + " the events to warm up are not counted. At last events that happen now are sent at"
                    + " a share of (b), and the time is taken from each payment to its suppression at a consumer of"
                    + " committed records.",
            ""
        })
public final class BenchCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";
    private static final double MEBIBYTE = 1 << 20;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(names = "--events", paramLabel = "N", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "3000000",
            description = "Events to copy and to fold first and not to measure, while the JVMs compile, about other"
                    + " customers. Default: ${DEFAULT-VALUE}, after which little is left to compile.")
    private int warmUp;

    @Option(names = "--threads", paramLabel = "T", description = "Threads of the pipeline. Default: one per core.")
    private Integer threads;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many customers the events are about. Default: ${DEFAULT-VALUE}.")
    private int customers;

    @Option(
            names = "--span",
            paramLabel = "DURATION",
            defaultValue = "P1D",
            description = "The time over which the events happened, up to now. Default: ${DEFAULT-VALUE}.")
    private Duration span;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often to measure both, by turns; shows least, median and greatest. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int repeat;

    @Option(
            names = "--latency",
            paramLabel = "DURATION",
            defaultValue = "PT20S",
            description =
                    "How long to send at --load, once the compilers rest and the pipeline keeps up, three minutes later at most; PT0S for not at all. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Duration latency;

    @Option(
            names = "--load",
            paramLabel = "SHARE",
            defaultValue = "0.7",
            description =
                    "The share of the throughput of (b) to send at, over 0 up to 1. What sends and receives takes its part of"
                            + " the same processors. Default: ${DEFAULT-VALUE}.")
    private double load;

    @Option(
            names = "--queries",
            description =
                    "Measure instead what 200 who watch the stream cost, 20 of whom do not read, and how fast the pipeline answers 500"
                            + " questions a second while it folds --load of its throughput. Prints JSON.")
    private boolean queries;

    @Option(
            names = "--kpis",
            paramLabel = "ID,…",
            description =
                    "Count these KPIs only, such as nps, to see what the others cost; the same as --set kpis.only=ID,…"
                            + " Default: all.")
    private String kpis;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting of the pipeline; may be repeated. See docs/configuration.md.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--json",
            arity = "0..1",
            paramLabel = "FILE",
            fallbackValue = STANDARD_OUTPUT,
            description = "Write everything as JSON to FILE, or in place of the text to standard output.")
    private String json;

    /** The command, on the machine's clock. */
    public BenchCommand() {
        this(InstantSource.system());
    }

    BenchCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            if (queries) {
                print(new QueryBench(request(), this::progress, clock).run());
                return ExitCode.OK;
            }
            var report = new Bench(request(), this::progress, clock).run();
            if (!STANDARD_OUTPUT.equals(json)) {
                print(report);
            }
            writeJson(report);
            return ExitCode.OK;
        } catch (InvalidConfigException wrong) {
            return failed(wrong, ExitCode.USAGE);
        } catch (KafkaException | IllegalStateException failed) {
            return failed(failed, ExitCode.SOFTWARE);
        }
    }

    private BenchRequest request() {
        atLeast(1_000, "--events", events);
        atLeast(0, "--warm-up", warmUp);
        atLeast(1, "--customers", customers);
        atLeast(1, "--repeat", repeat);
        if (!(load > 0 && load <= 1)) {
            throw new ParameterException(spec.commandLine(), "--load: " + load + " (expected: over 0, up to 1)");
        }
        if (span.isNegative() || latency.isNegative()) {
            throw new ParameterException(spec.commandLine(), "--span and --latency must not be negative");
        }
        var all = new LinkedHashMap<>(settings);
        if (threads != null) {
            all.put("streams.threads", threads.toString());
        }
        if (kpis != null) {
            all.put("kpis.only", kpis);
        }
        return new BenchRequest(events, warmUp, customers, span, repeat, latency, load, all);
    }

    private void atLeast(int least, String option, int value) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + value + " (expected: " + least + " or more)");
        }
    }

    private int failed(Exception failure, int exitCode) {
        spec.commandLine().getErr().println("bench: " + failure.getMessage());
        spec.commandLine().getErr().flush();
        return exitCode;
    }

    private void progress(String what) {
        spec.commandLine().getErr().println(what);
        spec.commandLine().getErr().flush();
    }

    private void print(QueryBench.Report report) throws IOException {
        spec.commandLine()
                .getOut()
                .println(new ObjectMapper()
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(report));
        spec.commandLine().getOut().flush();
    }

    private void writeJson(BenchReport report) throws IOException {
        if (json == null) {
            return;
        }
        var text = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
        if (STANDARD_OUTPUT.equals(json)) {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(Path.of(json), text + "\n");
        }
    }

    private void print(BenchReport report) {
        var out = spec.commandLine().getOut();
        var machine = report.machine();
        var setup = report.setup();
        out.printf(
                Locale.ROOT,
                "%,d events of %,d customers over %s, %d threads, commits every %d ms; %d processors, %.0f GiB, %s%n%n",
                setup.events(),
                setup.customers(),
                setup.span(),
                setup.threads(),
                setup.commitIntervalMillis(),
                machine.processors(),
                machine.memoryBytes() / MEBIBYTE / 1024,
                machine.java());
        out.printf(Locale.ROOT, "%-44s %12s %12s %12s%n", "", "least", "median", "greatest");
        row(out, "byte copy, events/s", report.byteCopy().eventsPerSecond(), "%,.0f");
        var fold = report.pipeline();
        row(out, "pipeline, events/s", fold.eventsPerSecond(), "%,.0f");
        row(out, "ratio", report.ratioSpread(), "%.3f");
        row(out, "byte copy, CPU per event, µs", report.byteCopy().cpuMicrosPerEvent(), "%.1f");
        row(out, "  of the broker meanwhile, µs", report.byteCopy().brokerCpuMicrosPerEvent(), "%.1f");
        row(out, "pipeline, CPU per event, µs", fold.cpuMicrosPerEvent(), "%.1f");
        row(out, "  of its just-in-time compilers, µs", fold.compilerCpuMicrosPerEvent(), "%.1f");
        row(out, "  of the broker meanwhile, µs", fold.brokerCpuMicrosPerEvent(), "%.1f");
        row(out, "store gets per event", fold.stateGetsPerEvent(), "%.3f");
        row(out, "store puts per event", fold.statePutsPerEvent(), "%.3f");
        row(out, "changelog bytes per event", fold.changelogBytesPerEvent(), "%,.0f");
        row(out, "state on disk, bytes per event", fold.stateBytesPerEvent(), "%,.0f");
        row(out, "peak memory, resident, MiB", mebibytes(fold.peakRssBytes()), "%,.0f");
        row(out, "peak memory, heap, MiB", mebibytes(fold.peakHeapBytes()), "%,.0f");
        if (report.latency() != null) {
            var latency = report.latency();
            row(out, "load for the times below, events/s", latency.loadEventsPerSecond(), "%,.0f");
            row(out, "payment to suppression, p50, ms", latency.p50Millis(), "%.0f");
            row(out, "payment to suppression, p99, ms", latency.p99Millis(), "%.0f");
            row(out, "payment to suppression, max, ms", latency.maxMillis(), "%.0f");
            if (latency.unseen() > 0) {
                out.printf(
                        Locale.ROOT,
                        "%,d of %,d payments caused no suppression in time%n",
                        latency.unseen(),
                        latency.payments());
            }
        }
        out.printf(Locale.ROOT, "%n%-44s %12s %12s%n", "written per event", "records", "bytes");
        fold.writtenPerEvent()
                .forEach((topic, written) ->
                        out.printf(Locale.ROOT, "  %-42s %12.3f %12.0f%n", topic, written.records(), written.bytes()));
        out.flush();
    }

    private static Spread mebibytes(Spread bytes) {
        return new Spread(bytes.min() / MEBIBYTE, bytes.median() / MEBIBYTE, bytes.max() / MEBIBYTE);
    }

    private static void row(PrintWriter out, String what, Spread spread, String format) {
        out.printf(Locale.ROOT, "%-44s", what);
        for (double value : new double[] {spread.min(), spread.median(), spread.max()}) {
            out.printf(Locale.ROOT, " %12s", String.format(Locale.ROOT, format, value));
        }
        out.println();
    }
}
