package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import io.touchpoint.sandbox.bench.PipelineFigures.Sent;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Turns the rounds of a benchmark into its report. */
final class Summary {

    private static final String CHANGELOG = "-changelog";

    private final BenchRequest request;
    private final List<Round> rounds;

    private Summary(BenchRequest request, List<Round> rounds) {
        this.request = request;
        this.rounds = rounds;
    }

    /** {@return the report of what these rounds found} */
    static BenchReport of(BenchRequest request, AppConfig config, List<Round> rounds, Instant at) {
        var summary = new Summary(request, rounds);
        var ratio = summary.spread(Round::ratio);
        return new BenchReport(
                ratio.median(),
                ratio,
                machine(at),
                summary.setup(config),
                new BenchReport.Copy(
                        summary.spread(round -> round.copied().recordsPerSecond()),
                        summary.spread(round -> round.copied().cpuMicrosPerRecord()),
                        summary.spread(round -> round.copied().brokerCpuMicrosPerRecord())),
                summary.fold(),
                summary.latency());
    }

    static BenchReport.Machine machine(Instant at) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new BenchReport.Machine(
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                String.join(" ", PipelineProcess.flags()),
                at.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private BenchReport.Setup setup(AppConfig config) {
        return new BenchReport.Setup(
                request.events(),
                request.warmUp(),
                request.customers(),
                request.span().toString(),
                request.repeat(),
                config.streams().threads(),
                config.streams().commitInterval().toMillis(),
                request.settings());
    }

    private BenchReport.Fold fold() {
        return new BenchReport.Fold(
                spread(round -> round.fold().eventsPerSecond()),
                spread(round -> round.fold().cpuMicrosPerEvent()),
                spread(round -> round.fold().compilerMicrosPerEvent()),
                spread(round -> round.fold().brokerCpuMicrosPerEvent()),
                spread(round -> round.fold().stateBytesPerEvent()),
                spread(round -> perEvent(changelogBytes(round))),
                spread(round -> perEvent(round.fold().figures().stateGets())),
                spread(round -> perEvent(round.fold().figures().statePuts())),
                spread(Round::peakRssBytes),
                spread(Round::peakHeapBytes),
                written());
    }

    private static double changelogBytes(Round round) {
        return round.fold().figures().sent().entrySet().stream()
                .filter(topic -> topic.getKey().endsWith(CHANGELOG))
                .mapToLong(topic -> topic.getValue().bytes())
                .sum();
    }

    private Map<String, BenchReport.Written> written() {
        var written = new TreeMap<String, BenchReport.Written>();
        var topics = rounds.stream()
                .flatMap(round -> round.fold().figures().sent().keySet().stream())
                .map(Summary::withoutRound)
                .distinct();
        topics.forEach(topic -> written.put(
                topic,
                new BenchReport.Written(
                        spread(round -> perEvent(sent(round, topic).records())).median(),
                        spread(round -> perEvent(sent(round, topic).bytes())).median())));
        return written;
    }

    /** Changelogs carry the name of the application, which is another one in each round. */
    private static String withoutRound(String topic) {
        return topic.endsWith(CHANGELOG) ? topic.replaceFirst("^" + Bench.GROUP + "[0-9]+-", "") : topic;
    }

    private static Sent sent(Round round, String topic) {
        return round.fold().figures().sent().entrySet().stream()
                .filter(entry -> withoutRound(entry.getKey()).equals(topic))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Sent(0, 0));
    }

    private BenchReport.Latency latency() {
        if (request.latency().isZero()) {
            return null;
        }
        return new BenchReport.Latency(
                spread(round -> round.latency().eventsPerSecond()),
                spread(round -> round.latency().p50Millis()),
                spread(round -> round.latency().p99Millis()),
                spread(round -> round.latency().maxMillis()),
                rounds.stream().mapToInt(round -> round.latency().payments()).sum(),
                rounds.stream().mapToInt(round -> round.latency().unseen()).sum());
    }

    private double perEvent(double total) {
        return total / request.events();
    }

    private Spread spread(ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
