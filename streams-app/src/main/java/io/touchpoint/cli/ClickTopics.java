package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.serdes.Decoded;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The clicks, orders and erasures on the topics of a cluster, in order of time. All of a customer is in partitions of one number, so it reads number by
 * number, and holds the events of one of them in memory.
 */
final class ClickTopics {

    private static final List<Topic<?>> TOPICS = List.of(Topics.AD_CLICKS, Topics.ORDERS, Topics.ERASURES);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Comparator<Found> BY_TIME = Comparator.<Found>comparingLong(found -> found.event.occurredAt())
            .thenComparing(Found::topic)
            .thenComparing(found -> found.event.eventId());

    /** An event that makes sense, and its topic. */
    private record Found(String topic, CustomerEvent event) {}

    private final Consumer<String, byte[]> consumer;
    private final Map<String, Deserializer<Decoded>> readers = new HashMap<>();
    private final Instant until;
    private final ClickEvents into;

    private ClickTopics(Consumer<String, byte[]> consumer, RecordSerdes serdes, Instant until, ClickEvents into) {
        this.consumer = consumer;
        this.until = until;
        this.into = into;
        TOPICS.forEach(
                topic -> readers.put(topic.name(), serdes.input(topic.type()).deserializer()));
    }

    /**
     * Walks all that is on the topics by now.
     *
     * @param until later events are left out
     * @throws IllegalArgumentException when a topic is missing, or has another number of partitions than the others
     * @throws org.apache.kafka.common.KafkaException when the cluster or the registry is away
     */
    static void walk(AppConfig config, Instant until, ClickEvents into) {
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        try (var serdes = config.serde().open();
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var topics = new ClickTopics(consumer, serdes, until, into);
            int partitions = topics.partitions();
            for (int partition = 0; partition < partitions; partition++) {
                topics.walk(partition);
            }
        }
    }

    private int partitions() {
        var there = consumer.listTopics();
        int partitions = -1;
        for (var topic : TOPICS) {
            if (!there.containsKey(topic.name())) {
                throw new IllegalStateException("missing on the cluster: " + topic.name()
                        + " (expected: created with touchpoint topics create)");
            }
            int its = there.get(topic.name()).size();
            if (partitions >= 0 && its != partitions) {
                throw new IllegalArgumentException(topic.name() + ": " + its + " partitions (expected: " + partitions
                        + ", as " + TOPICS.get(0).name() + " has)");
            }
            partitions = its;
        }
        return partitions;
    }

    private void walk(int number) {
        var partitions = TOPICS.stream()
                .map(topic -> new TopicPartition(topic.name(), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        List<Found> events = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var record : consumer.poll(POLL)) {
                // What comes while this reads is of another time.
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    read(record, events);
                }
            }
        }
        events.sort(BY_TIME);
        events.forEach(found -> into.take(found.event));
        into.end(until);
    }

    private void read(ConsumerRecord<String, byte[]> record, List<Found> events) {
        var where = record.topic() + "/" + record.partition() + "/" + record.offset();
        var decoded = readers.get(record.topic()).deserialize(record.topic(), record.headers(), record.value());
        if (decoded instanceof Decoded.Event event) {
            var customers = CustomerEvent.of(event.value());
            if (into.accept(record.key(), customers, where) && customers.occurredAt() <= until.toEpochMilli()) {
                events.add(new Found(record.topic(), customers));
            }
        } else {
            into.refuse(where + ": "
                    + (decoded instanceof Decoded.Undecodable poison
                            ? poison.problem()
                            : "null value (expected: a record)"));
        }
    }
}
