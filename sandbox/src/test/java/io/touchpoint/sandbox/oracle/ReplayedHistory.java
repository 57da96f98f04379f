package io.touchpoint.sandbox.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.sandbox.oracle.CatalogueOracle.Comparison;
import io.touchpoint.sandbox.replay.Replay;
import io.touchpoint.sandbox.replay.ReplayRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A folder with the files of a history, and what replay made of them. */
final class ReplayedHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Path out;
    private final Path policy;

    /** @param folder in which everything is written */
    ReplayedHistory(Path folder) throws IOException {
        data = Files.createDirectories(folder.resolve("in"));
        out = folder.resolve("out");
        policy = folder.resolve("policy.yaml");
        try (var resource = ReplayedHistory.class.getResourceAsStream("/oracle/policy.yaml")) {
            Files.write(policy, resource.readAllBytes());
        }
    }

    /** {@return the folder of the input files} */
    Path data() {
        return data;
    }

    /** Adds events to the input files. */
    void add(Stream<TouchpointEvent> events) throws IOException {
        var files = new HashMap<String, BufferedWriter>();
        try {
            events.forEach(event -> {
                try {
                    var file = files.get(event.topic().slug());
                    if (file == null) {
                        file = Files.newBufferedWriter(
                                data.resolve(event.topic().slug() + ".jsonl"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
                        files.put(event.topic().slug(), file);
                    }
                    file.write(JsonRecordWriter.toJson(event.value()));
                    file.newLine();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } finally {
            for (var file : files.values()) {
                file.close();
            }
        }
    }

    /** {@return how many seconds it took to replay the files until then} */
    long replay(Instant until) throws Exception {
        long started = System.nanoTime();
        var request = new ReplayRequest(data, out, Optional.of(until), PolicyFile.read(policy), true);
        new Replay(request, SharedRegistry.temporary(), (stage, done, of) -> {}, InstantSource.system()).run();
        return Duration.ofNanos(System.nanoTime() - started).toSeconds();
    }

    /** {@return what came of comparing the last replay, which went until then; said as well} */
    Comparison compare(CatalogueOracle oracle, Instant until) throws Exception {
        var comparison = oracle.compare(out, until);
        say(
                "%s: %,d values of %d KPIs and %,d credits compared, %,d different",
                until, comparison.compared(), comparison.values().size(), comparison.credits(), comparison.different());
        comparison.first().forEach(difference -> say("  %s", difference));
        return comparison;
    }

    /** {@return the records of an output by their keys} */
    Map<String, JsonNode> read(String output) throws IOException {
        var values = new HashMap<String, JsonNode>();
        each(output, values::put);
        return values;
    }

    /** Hands over the key and the value of each record of an output. */
    void each(String output, BiConsumer<String, JsonNode> record) throws IOException {
        try (var lines = Files.lines(out.resolve(output + ".jsonl"))) {
            lines.forEach(line -> {
                try {
                    var read = JSON.readTree(line);
                    record.accept(read.get("key").asText(), read.get("value"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Counts belong to the result: a comparison of nothing would pass as well. */
    static void say(String format, Object... values) {
        System.out.println("oracle: " + String.format(Locale.ROOT, format, values));
    }
}
