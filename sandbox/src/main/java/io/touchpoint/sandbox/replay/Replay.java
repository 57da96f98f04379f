package io.touchpoint.sandbox.replay;

import io.touchpoint.config.AppConfig;
import io.touchpoint.history.Cutoff;
import io.touchpoint.history.History;
import io.touchpoint.history.HistoryFiles;
import io.touchpoint.history.HistoryPublisher;
import io.touchpoint.history.ImportErrorFile;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.runtime.TemporaryFolder;
import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SandboxOptions;
import io.touchpoint.sandbox.replay.ReplayProgress.Stage;
import io.touchpoint.serdes.RecordSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Puts a history through the pipeline, on Kafka and on event time, and writes what the output topics hold in the end. The same events give
 * the same files, whatever the order of their lines.
 */
public final class Replay {
    /** What is listed in the results beside the output topics. */
    public static final String IMPORT_ERRORS = "import-errors.jsonl";

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ReplayRequest request;
    private final ReplayProgress progress;
    private final SandboxOptions servers;
    private final InstantSource clock;

    /**
     * @param servers what the run is to start for itself
     * @param clock the wall clock; the pipeline goes by the events alone, but knows what is from the future
     */
    public Replay(ReplayRequest request, SandboxOptions servers, ReplayProgress progress, InstantSource clock) {
        this.request = request;
        this.servers = servers;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Runs from the files to the results, and leaves nothing behind but those.
     *
     * @throws IllegalArgumentException when the folders, the files or {@code until} are not what they should be; nothing was started
     * @throws ReplayFailedException when the run did not come to its end
     * @throws IOException when files cannot be written
     */
    public ReplayReport run() throws IOException, InterruptedException, ReplayFailedException {
        Instant now = clock.instant();
        checkUntil(now);
        HistoryFiles files = HistoryFiles.in(request.data());
        prepareOut();
        try (TemporaryFolder scratch = TemporaryFolder.create("replay");
                ImportErrorFile errors = ImportErrorFile.create(request.out().resolve(IMPORT_ERRORS))) {
            progress.at(Stage.READING, 0, 0);
            Cutoff cutoff = new Cutoff(request.until().orElse(now), now);
            try (History history = History.read(files, cutoff, scratch.path(), errors)) {
                return replay(history, errors);
            }
        }
    }

    private void checkUntil(Instant now) {
        request.until().filter(until -> until.isAfter(now)).ifPresent(until -> {
            throw new IllegalArgumentException("until " + until + " is still to come (expected: at most " + now + ")");
        });
    }

    private void prepareOut() throws IOException {
        Path out = request.out();
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + ": is no folder (expected: a folder for the results)");
        }
        Files.createDirectories(out);
        if (Files.isSameFile(out, request.data())) {
            throw new IllegalArgumentException(out + ": holds the input (expected: another folder for the results)");
        }
    }

    private ReplayReport replay(History history, ImportErrorFile errors)
            throws IOException, InterruptedException, ReplayFailedException {
        Instant until = request.until()
                .or(history::last)
                .orElseThrow(() -> new IllegalArgumentException(
                        request.data() + ": holds no event (expected: one to take the end from, or --until)"));
        failIfStrict(errors);
        progress.at(Stage.STARTING, 0, 0);
        try (PipelineSandbox sandbox = PipelineSandbox.start(servers, settings())) {
            AppConfig config = sandbox.config();
            try (RecordSerdes serdes = config.serde().open();
                    Admin admin = Admin.create(config.kafka().admin())) {
                RunEnd end = new RunEnd(UUID.randomUUID().toString(), until, serdes);
                publish(history, errors, config, serdes, end);
                failIfStrict(errors);
                fold(history.events(), config, serdes, admin, end, sandbox);
                Map<String, Long> lines = write(config, serdes);
                lines.put(IMPORT_ERRORS, errors.errors());
                return new ReplayReport(
                        until, history.counts(), history.repeated(), history.leftOut(), errors.errors(), lines);
            }
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of("clock", "EVENT"));
        request.alerts().ifPresent(file -> settings.put("alerts.file", file.toString()));
        return settings;
    }

    private void failIfStrict(ImportErrorFile errors) throws ReplayFailedException {
        if (request.strict() && errors.errors() > 0) {
            throw new ReplayFailedException(
                    lines(errors.errors()) + " could not be imported (expected: none, since the run is strict); "
                            + request.out().resolve(IMPORT_ERRORS) + " lists them");
        }
    }

    private static String lines(long number) {
        return number == 1 ? "1 line" : number + " lines";
    }

    private void publish(History history, ImportErrorFile errors, AppConfig config, RecordSerdes serdes, RunEnd end)
            throws IOException {
        long total = history.events();
        progress.at(Stage.PUBLISHING, 0, total);
        Map<String, Object> settings = HistoryPublisher.settings(config.kafka().producer());
        try (Producer<String, byte[]> producer = new KafkaProducer<>(settings)) {
            new HistoryPublisher(producer, serdes.anyContract(), clock)
                    .publish(
                            history,
                            errors,
                            published -> progress.at(Stage.PUBLISHING, published + history.repeated(), total));
            end.announce(producer);
        }
    }

    private void fold(
            long events, AppConfig config, RecordSerdes serdes, Admin admin, RunEnd end, PipelineSandbox sandbox)
            throws InterruptedException, ReplayFailedException {
        progress.at(Stage.FOLDING, 0, events);
        try (Pipeline pipeline = Pipeline.start(config, request.policy(), serdes, clock);
                CommittedReader reader = new CommittedReader(config.kafka().bootstrapServers(), clock)) {
            sandbox.servers().stopFirst(pipeline);
            FoldWatch watch = new FoldWatch(admin, config, pipeline, clock);
            while (end.done(reader).size() < config.topics().partitions()) {
                progress.at(Stage.FOLDING, Math.min(watch.look(), events), events);
                Thread.sleep(LOOK_EVERY.toMillis());
            }
        }
        progress.at(Stage.FOLDING, events, events);
    }

    private Map<String, Long> write(AppConfig config, RecordSerdes serdes) throws IOException {
        progress.at(Stage.WRITING, 0, 0);
        try (CommittedReader reader = new CommittedReader(config.kafka().bootstrapServers(), clock)) {
            return new OutputFiles(reader, serdes, request.out()).write();
        }
    }
}
