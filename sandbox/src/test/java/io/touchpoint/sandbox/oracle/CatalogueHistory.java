package io.touchpoint.sandbox.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Lines of every input, as a producer would write them: made without the records of the pipeline, so that what the pipeline reads is
 * not what it wrote. The same seed makes the same lines.
 */
final class CatalogueHistory {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> lines = new TreeMap<>();
    private final String prefix;
    private final Random random;
    private int events;

    /** @param prefix begins every identifier, so that two histories can be told apart */
    CatalogueHistory(String prefix, long seed) {
        this.prefix = prefix;
        random = new Random(seed);
    }

    /** {@return what so many customers did in so many days} */
    static CatalogueHistory mixed(int customers, int days, long seed) {
        var history = new CatalogueHistory("x" + seed, seed);
        for (int i = 0; i < customers; i++) {
            var customer = history.prefix + "-customer-" + i;
            new OrderLines(history, customer, days).add();
            new TouchLines(history, customer, days).add();
            new AnswerLines(history, customer, days).add();
            if (history.happens(0.04)) {
                history.add(
                        "erasures",
                        history.event(customer, history.within(days))
                                .put("requested_by", "customer")
                                .put("reason", "gdpr-art-17"));
            }
        }
        new SpendLines(history, days).add(customers);
        return history;
    }

    /** {@return an event that belongs to a customer, with what every event has} */
    ObjectNode event(String customer, Instant at) {
        return head(at).put("customer_id", customer);
    }

    /** {@return an event, with what every event has} */
    ObjectNode head(Instant at) {
        return JSON.createObjectNode()
                .put("event_id", id("event"))
                .put("occurred_at", at.toString())
                .put("source", "oracle");
    }

    String id(String kind) {
        return prefix + "-" + kind + "-" + ++events;
    }

    /** Adds a line to the file of a topic. */
    void add(String topic, ObjectNode event) {
        lines.computeIfAbsent(topic, name -> new ArrayList<>()).add(event.toString());
    }

    /** {@return how many lines there are} */
    int size() {
        return lines.values().stream().mapToInt(List::size).sum();
    }

    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    /** {@return a number between two, both included} */
    int between(int least, int greatest) {
        return least + random.nextInt(greatest - least + 1);
    }

    /** {@return any of them; repeat one to make it likelier} */
    @SafeVarargs
    final <T> T anyOf(T... things) {
        return things[random.nextInt(things.length)];
    }

    /** {@return an instant of the first so many days, to the millisecond} */
    Instant within(int days) {
        return START.plusMillis(
                (long) (random.nextDouble() * Duration.ofDays(days).toMillis()));
    }

    /** {@return an instant up to so long after another, now and then the very same} */
    Instant after(Instant from, Duration most) {
        return happens(0.02) ? from : from.plusMillis((long) (random.nextDouble() * most.toMillis()));
    }

    /** Adds to one file for each topic, its lines shuffled and a share of them twice. */
    void write(Path folder, double twice) throws IOException {
        Files.createDirectories(folder);
        for (var topic : lines.entrySet()) {
            var mixed = new ArrayList<String>();
            for (var line : topic.getValue()) {
                mixed.addAll(Collections.nCopies(happens(twice) ? 2 : 1, line));
            }
            Collections.shuffle(mixed, random);
            Files.write(
                    folder.resolve(topic.getKey() + ".jsonl"),
                    mixed,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
