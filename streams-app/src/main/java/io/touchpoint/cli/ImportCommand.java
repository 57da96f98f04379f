package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.history.Cutoff;
import io.touchpoint.history.History;
import io.touchpoint.history.HistoryFiles;
import io.touchpoint.history.HistoryPublisher;
import io.touchpoint.history.ImportError;
import io.touchpoint.runtime.TemporaryFolder;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.TopicOnBroker;
import io.touchpoint.topics.TopicProvisioner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes files of events to the input topics of a cluster. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Publish files of events to the input topics of a cluster.",
            "",
            "The name of a file says which topic: orders, surveys, ad-clicks, support, customers, erasures, invitations,"
                    + " ad-spend or leads, each .jsonl or .jsonl.gz. A line is a JSON object with the fields of the topic's"
                    + " record; times are ISO-8601 with an offset or epoch milliseconds. Events are published in order of"
                    + " occurred_at over all files. A line that is no such record is listed and left out, and then the exit"
                    + " code is 1 (2 when a file or setting is wrong and nothing was published). Importing the same file again is harmless, since the pipeline drops duplicates.",
            "",
            "Import a history before the pipeline first runs. One that runs goes by the wall clock as soon as it has found"
                    + " nothing to read for ten seconds, and to it last year's events are late ones.",
            ""
        })
public final class ImportCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final long PROGRESS_EVERY = 100_000;

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of events.")
    private List<Path> files;

    private long problems;
    private long told;

    /** The command, with the environment of this process and the machine's clock. */
    public ImportCommand() {
        this(System.getenv(), InstantSource.system());
    }

    ImportCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        try (TemporaryFolder scratch = TemporaryFolder.create("import")) {
            AppConfig config = options.read(environment);
            HistoryFiles sources = HistoryFiles.of(files);
            try (History history = History.read(sources, Cutoff.none(clock.instant()), scratch.path(), this::show)) {
                return importTo(config, history);
            }
        } catch (IllegalArgumentException wrong) {
            // Settings or files.
            return failed(wrong.getMessage(), ExitCode.USAGE);
        }
    }

    private int importTo(AppConfig config, History history) throws IOException {
        try {
            long published = publish(history, config);
            return report(history, published);
        } catch (KafkaException away) {
            // The cluster or the registry, or one that refuses us.
            return failed(ClusterFailure.words(away, config), ExitCode.SOFTWARE);
        } catch (IllegalStateException missing) {
            return failed(missing.getMessage(), ExitCode.SOFTWARE);
        }
    }

    private int failed(String why, int exitCode) {
        err().println(why);
        err().flush();
        return exitCode;
    }

    private long publish(History history, AppConfig config) throws IOException {
        checkTopics(history, config);
        Map<String, Object> settings = HistoryPublisher.settings(config.kafka().producer());
        try (var serdes = config.serde().open();
                Producer<String, byte[]> producer = new KafkaProducer<>(settings)) {
            return new HistoryPublisher(producer, serdes.anyContract(), clock)
                    .publish(history, this::show, published -> progress(published, history.events()));
        }
    }

    /** A producer would wait for a missing topic for a minute, and then blame the broker. */
    private void checkTopics(History history, AppConfig config) {
        try (Admin admin = Admin.create(config.kafka().admin())) {
            var found = new TopicProvisioner(admin, config.topics())
                    .found(history.counts().keySet());
            String missing = history.counts().keySet().stream()
                    .map(Topic::name)
                    .filter(name -> !found.containsKey(name))
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw new IllegalStateException(
                        "missing on the cluster: " + missing + " (expected: created with touchpoint topics create)");
            }
            history.counts().keySet().forEach(topic -> warnOfCompaction(topic, history, found.get(topic.name())));
        }
    }

    /** Not an error: where no two records have the same key, or a pipeline reads along, nothing is lost. */
    private void warnOfCompaction(Topic<?> topic, History history, TopicOnBroker there) {
        history.first(topic)
                .filter(first -> there.mayCompact(topic, first, clock.instant()))
                .ifPresent(first -> {
                    err().println(topic.name()
                            + " may be compacted before the pipeline has read these events, the first of " + first
                            + " (expected: min.compaction.lag.ms above their age, until they are read)");
                    err().flush();
                });
    }

    private void progress(long published, long total) {
        if (published - told >= PROGRESS_EVERY) {
            told = published;
            err().printf(Locale.ROOT, "%,d of %,d published%n", published, total);
            err().flush();
        }
    }

    private void show(ImportError error) {
        problems++;
        if (problems <= SHOWN) {
            err().println(error.message());
        }
    }

    private int report(History history, long published) {
        if (problems > SHOWN) {
            err().printf(Locale.ROOT, "and %,d more lines like these%n", problems - SHOWN);
        }
        history.counts()
                .forEach((topic, events) -> out().printf(Locale.ROOT, "%-12s %,12d events%n", topic.slug(), events));
        out().printf(
                        Locale.ROOT,
                        "%,d published, %,d repeated lines and %,d others left out%n",
                        published,
                        history.repeated(),
                        problems);
        out().flush();
        err().flush();
        return problems == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
