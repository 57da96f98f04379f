package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the broker and the clients cost without any processing: the same records from topic to topic, exactly once, by one thread that commits every 100 ms. The
 * measure that the pipeline is held against, since it cancels out how fast the machine is.
 */
final class ByteCopy {

    static final Duration COMMIT_EVERY = Duration.ofMillis(100);

    private static final Duration AT_LEAST = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * What was measured.
     *
     * @param cpuMicrosPerRecord processor time of this process, in which the copying goes on
     * @param brokerCpuMicrosPerRecord processor time of the broker's process meanwhile
     */
    record Result(double recordsPerSecond, double cpuMicrosPerRecord, double brokerCpuMicrosPerRecord) {}

    private final BrokerProcess broker;
    private final Map<String, Object> consumerSettings;
    private final Map<String, Object> producerSettings;

    ByteCopy(AppConfig config, BrokerProcess broker) {
        this.broker = broker;
        var name = "bench-copy-" + UUID.randomUUID();
        consumerSettings = config.kafka().consumer();
        consumerSettings.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        consumerSettings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumerSettings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumerSettings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000); // as Kafka Streams does
        producerSettings = config.kafka().producer();
        producerSettings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
    }

    /**
     * Copies everything, over again until 5 seconds are measured.
     *
     * @param warmUp records that are copied first and not counted
     * @param records how many there are
     */
    Result run(Collection<String> topics, long warmUp, long records) {
        try (var consumer = new KafkaConsumer<>(
                        consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer =
                        new KafkaProducer<>(producerSettings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var partitions = new ArrayList<TopicPartition>();
            topics.forEach(topic -> consumer.partitionsFor(topic)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
            consumer.assign(partitions);
            producer.initTransactions();

            consumer.seekToBeginning(partitions);
            copy(consumer, producer, warmUp);
            long start = System.nanoTime();
            var cpu = ownCpu();
            var brokerCpu = broker.cpu();
            double measured = 0;
            while (measured == 0 || System.nanoTime() - start < AT_LEAST.toNanos()) {
                consumer.seekToBeginning(partitions);
                measured += copy(consumer, producer, records);
            }
            return new Result(
                    measured / ((System.nanoTime() - start) / 1e9),
                    ownCpu().minus(cpu).toNanos() / 1e3 / measured,
                    broker.cpu().minus(brokerCpu).toNanos() / 1e3 / measured);
        }
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Copies at least so many records, all of them committed at the end. */
    private long copy(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, long atLeast) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        long copied = 0;
        while (copied < atLeast) {
            producer.beginTransaction();
            long commitAt = System.nanoTime() + COMMIT_EVERY.toNanos();
            while (copied < atLeast && System.nanoTime() < commitAt) {
                for (var record : consumer.poll(POLL)) {
                    producer.send(new ProducerRecord<>(
                            BenchCluster.COPY, record.partition(), record.timestamp(), record.key(), record.value()));
                    offsets.put(
                            new TopicPartition(record.topic(), record.partition()),
                            new OffsetAndMetadata(record.offset() + 1));
                    copied++;
                }
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
            offsets.clear();
        }
        return copied;
    }
}
