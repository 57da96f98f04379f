package io.touchpoint.cli;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.history.Cutoff;
import io.touchpoint.history.History;
import io.touchpoint.history.HistoryFiles;
import io.touchpoint.runtime.TemporaryFolder;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The clicks, orders and erasures among the files of a history, in order of time. */
final class ClickFiles {

    private ClickFiles() {}

    /**
     * Walks the whole history.
     *
     * @param folder where {@code orders.jsonl} and {@code ad-clicks.jsonl} are, zipped or not
     * @param untilOrNull later events are left out; null: until the last
     * @return the end of the observation
     * @throws IllegalArgumentException when one of the two is missing, or a file cannot be read
     */
    static Instant walk(Path folder, Instant now, Instant untilOrNull, ClickEvents into) throws IOException {
        var cutoff = untilOrNull == null ? Cutoff.none(now) : new Cutoff(untilOrNull, now);
        try (var scratch = TemporaryFolder.create("attribution");
                var history =
                        History.read(sources(folder), cutoff, scratch.path(), error -> into.refuse(error.message()))) {
            history.sorted().forEachRemaining(line -> {
                var event = CustomerEvent.of(line.value());
                if (into.accept(line.key(), event, line.file() + ":" + line.line())) {
                    into.take(event);
                }
            });
            var until = untilOrNull == null ? history.last().orElse(now) : untilOrNull;
            into.end(until);
            return until;
        }
    }

    private static HistoryFiles sources(Path folder) {
        var orders = named(folder, Topics.ORDERS);
        var clicks = named(folder, Topics.AD_CLICKS);
        if (orders.isEmpty() || clicks.isEmpty()) {
            throw new IllegalArgumentException(folder + ": " + (orders.isEmpty() ? "no orders" : "no ad-clicks")
                    + " (expected: orders and ad-clicks, each .jsonl or .jsonl.gz)");
        }
        return HistoryFiles.of(Stream.of(orders, clicks, named(folder, Topics.ERASURES))
                .flatMap(List::stream)
                .toList());
    }

    private static List<Path> named(Path folder, Topic<?> topic) {
        return Stream.of(".jsonl", ".jsonl.gz")
                .map(ending -> folder.resolve(topic.slug() + ending))
                .filter(Files::exists)
                .toList();
    }
}
