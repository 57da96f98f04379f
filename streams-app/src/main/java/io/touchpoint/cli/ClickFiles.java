package io.touchpoint.cli;

import io.touchpoint.domain.attribution.ClickWalks;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.history.Cutoff;
import io.touchpoint.history.History;
import io.touchpoint.history.HistoryEvent;
import io.touchpoint.history.HistoryFiles;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.runtime.TemporaryFolder;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The clicks, orders and erasures among the files of a history, walked in order of time. */
final class ClickFiles {

    private static final int PROBLEMS_SHOWN = 5;
    private static final EventCheck CHECK = new EventCheck(Duration.ofMinutes(10));

    private final Function<AdClick, String> channel;
    private final Instant now;
    private final ClickWalks walks;
    private final List<String> problems = new ArrayList<>();
    private long refused;
    private Instant until;

    private ClickFiles(Function<AdClick, String> channel, Instant now, ClickWalks walks) {
        this.channel = channel;
        this.now = now;
        this.walks = walks;
    }

    /**
     * Walks the whole history.
     *
     * @param folder where {@code orders.jsonl} and {@code ad-clicks.jsonl} are, zipped or not
     * @param untilOrNull later events are left out; null: until the last
     * @throws IllegalArgumentException when one of the two is missing, or a file cannot be read
     */
    static ClickFiles walk(
            Path folder, Function<AdClick, String> channel, Instant now, Instant untilOrNull, ClickWalks walks)
            throws IOException {
        var files = new ClickFiles(channel, now, walks);
        var cutoff = untilOrNull == null ? Cutoff.none(now) : new Cutoff(untilOrNull, now);
        try (var scratch = TemporaryFolder.create("attribution");
                var history =
                        History.read(sources(folder), cutoff, scratch.path(), error -> files.refuse(error.message()))) {
            files.until = untilOrNull == null ? history.last().orElse(now) : untilOrNull;
            history.sorted().forEachRemaining(files::take);
            walks.end(files.until.toEpochMilli());
        }
        return files;
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

    private void take(HistoryEvent line) {
        var event = CustomerEvent.of(line.value());
        var refusal = CHECK.check(line.key(), event, now.toEpochMilli());
        if (refusal != null) {
            refuse(line.file() + ":" + line.line() + ": " + refusal.detail());
        } else if (event.body() instanceof AdClick click) {
            walks.click(event.customerId(), click.getClickId(), channel.apply(click), event.occurredAt());
        } else if (event.body() instanceof OrderEvent order && order.getStatus() == OrderStatus.PAID) {
            walks.paid(event.customerId(), order.getOrderId(), event.occurredAt());
        } else if (event.body() instanceof ErasureRequest) {
            walks.erased(event.customerId());
        }
    }

    private void refuse(String problem) {
        refused++;
        if (problems.size() < PROBLEMS_SHOWN) {
            problems.add(problem);
        }
    }

    /** The first few lines that were refused, each with what was wrong. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** How many lines were refused. */
    long refused() {
        return refused;
    }

    /** The end of the observation. */
    Instant until() {
        return until;
    }
}
