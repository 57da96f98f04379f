package io.touchpoint.sandbox.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.config.AppConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * measure that the pipeline is held against, since it cancels out how fast the machine is. It runs as the pipeline does: in a process of its own that is started anew
 * for each measurement, has the same JVM flags and is warmed up by the same records.
 */
final class ByteCopy {

    static final Duration COMMIT_EVERY = Duration.ofMillis(100);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String WARM = "warm";
    private static final String GO = "go";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What was measured.
     *
     * @param cpuMicrosPerRecord processor time of the process in which the copying goes on
     * @param brokerCpuMicrosPerRecord processor time of the broker's process meanwhile
     */
    record Result(double recordsPerSecond, double cpuMicrosPerRecord, double brokerCpuMicrosPerRecord) {}

    /** What the copying process knows itself. */
    record Copied(long records, double seconds) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    private ByteCopy(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
        this.consumer = consumer;
        this.producer = producer;
    }

    /**
     * Copies what is on the input topics.
     *
     * @param settings of the pipeline, whose clients are used
     * @param warmUp records that are copied first and not counted
     * @param records how many to copy then
     */
    static Result measure(Map<String, String> settings, BrokerProcess broker, long warmUp, long records) {
        var arguments = new ArrayList<String>(List.of(Long.toString(warmUp), Long.toString(records)));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        try (var jvm = ChildJvm.start(ByteCopy.class, PipelineProcess.flags(), arguments)) {
            jvm.answer();
            var cpu = jvm.cpu();
            var brokerCpu = broker.cpu();
            var copied = JSON.readValue(jvm.ask(GO), Copied.class);
            return new Result(
                    copied.records() / copied.seconds(),
                    jvm.cpu().minus(cpu).toNanos() / 1e3 / copied.records(),
                    broker.cpu().minus(brokerCpu).toNanos() / 1e3 / copied.records());
        } catch (JsonProcessingException garbled) {
            throw new IllegalStateException("the copying process gave an answer that is none", garbled);
        }
    }

    /** Copies with arguments warm-up, records and settings {@code key=value}. */
    public static void main(String[] arguments) throws IOException {
        var settings = new HashMap<String, String>();
        for (int i = 2; i < arguments.length; i++) {
            var parts = arguments[i].split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        var config = AppConfig.read(Optional.empty(), Map.of(), settings);
        var name = "bench-copy-" + UUID.randomUUID();
        var consuming = config.kafka().consumer();
        consuming.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        consuming.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consuming.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000); // as Kafka Streams does
        var producing = config.kafka().producer();
        producing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        try (var consumer = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
                var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var copy = new ByteCopy(consumer, producer);
            copy.assign(EventSupply.TOPICS);
            copy.copy(Long.parseLong(arguments[0]));
            ChildJvm.reply(WARM);
            commands.readLine();
            long start = System.nanoTime();
            long copied = copy.copy(Long.parseLong(arguments[1]));
            ChildJvm.reply(JSON.writeValueAsString(new Copied(copied, (System.nanoTime() - start) / 1e9)));
            commands.readLine(); // what it took is read off while it is still there
        }
    }

    private void assign(Collection<String> topics) {
        var partitions = new ArrayList<TopicPartition>();
        topics.forEach(topic -> consumer.partitionsFor(topic)
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        consumer.assign(partitions);
        producer.initTransactions();
    }

    /** Copies at least so many records from the beginning on, all of them committed at the end. */
    private long copy(long atLeast) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.seekToBeginning(consumer.assignment());
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
