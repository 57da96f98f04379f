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
    private long grain = 1;
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
                history.erase(customer, history.within(days));
            }
        }
        new SpendLines(history, days).add(customers);
        return history;
    }

    /**
     * {@return what a few customers did in so many days, now and then at the very same times}
     *
     * @param erasing whether some of them are forgotten
     */
    static CatalogueHistory small(int customers, int days, boolean erasing, long seed) {
        var history = new CatalogueHistory("x" + seed, seed);
        history.grain = Duration.ofMinutes(history.anyOf(1, 60, 360)).toMillis();
        for (int i = 0; i < customers; i++) {
            var customer = history.prefix + "-customer-" + i;
            if (history.happens(0.8)) {
                new OrderLines(history, customer, days).add();
            }
            if (history.happens(0.6)) {
                new TouchLines(history, customer, days).add();
            }
            if (history.happens(0.6)) {
                new AnswerLines(history, customer, days).add();
            }
            if (erasing && history.happens(0.15)) {
                history.erase(customer, history.within(days).plusMillis(1));
            }
        }
        while (history.size() == 0) {
            new OrderLines(history, history.prefix + "-customer", days).add();
        }
        if (history.happens(0.3)) {
            new SpendLines(history, days).add(customers);
        }
        return history;
    }

    private void erase(String customer, Instant at) {
        add("erasures", event(customer, at).put("requested_by", "customer").put("reason", "gdpr-art-17"));
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
                grained((long) (random.nextDouble() * Duration.ofDays(days).toMillis())));
    }

    /** {@return an instant up to so long after another, now and then the very same} */
    Instant after(Instant from, Duration most) {
        return happens(0.02) ? from : from.plusMillis(grained((long) (random.nextDouble() * most.toMillis())));
    }

    private long grained(long millis) {
        return millis - millis % grain;
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
