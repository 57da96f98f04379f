package io.touchpoint.cli;

import io.touchpoint.domain.churn.PurchaseHistory;
import io.touchpoint.domain.customer.OrderHistory;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.json.JsonRecordException;
import io.touchpoint.json.JsonRecordReader;
import io.touchpoint.records.OrderEvent;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Order events read from a file, by customer. */
final class OrderFile {

    private static final int GZIP_FIRST_BYTE = 0x1f;
    private static final int PROBLEMS_SHOWN = 5;

    /** As the pipeline's own intake; only orders after the clock are kept out by it, as there is none of them to wait for. */
    private static final EventCheck CHECK = new EventCheck(Duration.ofMinutes(10));

    private final JsonRecordReader<OrderEvent> reader = JsonRecordReader.of(OrderEvent.class);
    private final Map<String, OrderHistory> customers = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Path file;
    private final Instant now;
    private final Instant untilOrNull;

    private Instant newest = Instant.MIN;
    private long refused;
    private long later;

    private OrderFile(Path file, Instant now, Instant untilOrNull) {
        this.file = file;
        this.now = now;
        this.untilOrNull = untilOrNull;
    }

    /**
     * Reads a whole file, gzipped or not.
     *
     * @param now lines from the future are refused
     * @param untilOrNull events after this instant are left out; null: none are
     * @throws IOException when the file cannot be read
     */
    static OrderFile read(Path file, Instant now, Instant untilOrNull) throws IOException {
        var orders = new OrderFile(file, now, untilOrNull);
        try (var lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    orders.add(line, number);
                }
            }
        }
        return orders;
    }

    private static InputStream open(Path file) throws IOException {
        var content = new BufferedInputStream(Files.newInputStream(file));
        content.mark(1);
        boolean zipped = content.read() == GZIP_FIRST_BYTE;
        content.reset();
        return zipped ? new GZIPInputStream(content) : content;
    }

    private void add(String line, long number) {
        OrderEvent order;
        try {
            order = reader.read(line);
        } catch (JsonRecordException e) {
            refuse(number, e.getMessage());
            return;
        }
        if (untilOrNull != null && order.getOccurredAt().isAfter(untilOrNull)) {
            later++;
            return;
        }
        var refusal = CHECK.check(order.getCustomerId(), CustomerEvent.of(order), now.toEpochMilli());
        if (refusal != null) {
            refuse(number, refusal.detail());
            return;
        }
        newest = order.getOccurredAt().isAfter(newest) ? order.getOccurredAt() : newest;
        customers
                .computeIfAbsent(order.getCustomerId(), id -> new OrderHistory())
                .add(order);
    }

    private void refuse(long number, String problem) {
        refused++;
        if (problems.size() < PROBLEMS_SHOWN) {
            problems.add(file + ":" + number + ": " + problem);
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

    /** How many events were left out because they happened after the end of the observation. */
    long later() {
        return later;
    }

    /** The end of the observation: as asked for, else the newest event. */
    Instant until() {
        return untilOrNull == null ? newest : untilOrNull;
    }

    /** The currency that most customers paid in, of several the first by code; empty when nobody paid. */
    Optional<String> majorityCurrency() {
        return customers.values().stream()
                .flatMap(customer -> customer.currencies().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    /** How many customers paid in another currency than this one, if only once. */
    long paidOtherwise(String currency) {
        return customers.values().stream()
                .filter(customer -> customer.currencies().stream().anyMatch(other -> !other.equals(currency)))
                .count();
    }

    /** The customers who still hold something they paid for, seen from {@link #until}. */
    List<PurchaseHistory> histories(String currency) {
        return customers.values().stream()
                .flatMap(customer -> customer.at(until(), currency).stream())
                // Sums of doubles depend on their order, a hash map's on nothing worth repeating.
                .sorted(Comparator.comparingInt(PurchaseHistory::x)
                        .thenComparingDouble(PurchaseHistory::tx)
                        .thenComparingDouble(PurchaseHistory::T)
                        .thenComparingDouble(PurchaseHistory::meanValue))
                .toList();
    }
}
