package io.touchpoint.sandbox.replay;

import io.touchpoint.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their start to where they end now, committed records only. For one thread. */
final class CommittedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_WAIT_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, byte[]> consumer;
    private final InstantSource clock;

    CommittedReader(String bootstrapServers, InstantSource clock) {
        this.clock = clock;
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5000,
                        // At the end of what is there nothing more comes: each partition that ends in a marker would
                        // wait for it.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        FETCH_WAIT_MILLIS),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Hands over every committed record, in order within a partition.
     *
     * @throws IllegalStateException when the broker gives nothing for a minute before the end is reached
     */
    void read(Topic<?> topic, Consumer<ConsumerRecord<String, byte[]>> records) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long reached = reached(partitions);
        Instant movedAt = clock.instant();
        while (!partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition))) {
            consumer.poll(POLL).forEach(records);
            long now = reached(partitions);
            if (now > reached) {
                reached = now;
                movedAt = clock.instant();
            } else if (clock.instant().isAfter(movedAt.plus(PATIENCE))) {
                throw new IllegalStateException(topic.name() + ": could not be read to its end, nothing came for "
                        + PATIENCE.toSeconds() + " s");
            }
        }
    }

    // The position, not the records: what ends a partition may be a transaction's marker, which no one is given.
    private long reached(List<TopicPartition> partitions) {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    private List<TopicPartition> partitions(Topic<?> topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
