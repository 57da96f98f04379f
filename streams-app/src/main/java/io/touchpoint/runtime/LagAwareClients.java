package io.touchpoint.runtime;

import io.touchpoint.topology.InputLag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Makes the Kafka clients of the pipeline as usual, and remembers the consumer of each thread, since only that knows what
 * still waits: on the broker, and among what it has delivered but a task has not processed.
 */
final class LagAwareClients implements KafkaClientSupplier, InputLag {

    private static final String CONSUMER = "-consumer";

    /** As the pipeline reads: what is not committed does not wait yet. */
    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final Map<String, CountingConsumer> consumers = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile Admin admin;

    LagAwareClients(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Watch over(Collection<TopicPartition> partitions) {
        var consumer = consumers.get(Thread.currentThread().getName() + CONSUMER);
        return consumer == null ? processed -> -1 : new InputWatch(new TaskInput(consumer, partitions), clock);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        var consumer = new CountingConsumer(config);
        // Kafka Streams names a thread and its main consumer alike.
        consumers.put(String.valueOf(config.get(ConsumerConfig.CLIENT_ID_CONFIG)), consumer);
        return consumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        admin = Admin.create(config);
        return admin;
    }

    /** The part of a thread's input that belongs to one task. */
    private final class TaskInput implements InputWatch.Input {

        private final CountingConsumer consumer;
        private final Collection<TopicPartition> partitions;
        private final Map<TopicPartition, OffsetSpec> latest;

        private TaskInput(CountingConsumer consumer, Collection<TopicPartition> partitions) {
            this.consumer = consumer;
            this.partitions = partitions;
            this.latest =
                    partitions.stream().collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
        }

        @Override
        public long onBroker() {
            return consumer.lag(partitions);
        }

        @Override
        public long delivered() {
            return consumer.delivered(partitions);
        }

        @Override
        public CompletableFuture<InputWatch.Ends> askForEnds() {
            try {
                return admin.listOffsets(latest, COMMITTED)
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .thenApply(ends -> () -> consumer.ahead(ends));
            } catch (KafkaException | IllegalStateException closed) {
                return CompletableFuture.failedFuture(closed);
            }
        }
    }

    /** Counts what it delivers. Used by one thread. */
    private static final class CountingConsumer extends KafkaConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Long> delivered = new HashMap<>();

        private CountingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            var records = super.poll(timeout);
            for (var partition : records.partitions()) {
                delivered.merge(partition, (long) records.records(partition).size(), Long::sum);
            }
            return records;
        }

        long delivered(Collection<TopicPartition> partitions) {
            return partitions.stream()
                    .mapToLong(partition -> delivered.getOrDefault(partition, 0L))
                    .sum();
        }

        /** Records from here to these ends, -1 while that is not known. */
        long ahead(Map<TopicPartition, ListOffsetsResultInfo> ends) {
            if (!assignment().containsAll(ends.keySet())) {
                return -1;
            }
            return ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue().offset() - position(end.getKey())))
                    .sum();
        }

        /** Records that wait on the broker as far as was heard, -1 while that is not known. */
        long lag(Collection<TopicPartition> partitions) {
            var assigned = assignment();
            long lag = 0;
            for (var partition : partitions) {
                // In a rebalance a task may run on while its partitions are handed over: nothing is known then.
                OptionalLong known = assigned.contains(partition) ? currentLag(partition) : OptionalLong.empty();
                if (known.isEmpty()) {
                    return -1;
                }
                lag += known.getAsLong();
            }
            return lag;
        }
    }
}
