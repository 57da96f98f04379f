package io.touchpoint.sandbox.faults;

import static org.awaitility.Awaitility.await;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.RunDone;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.Sandbox;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Subjects;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.TopicProvisioner;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka and a registry for several runs of the pipeline, each with an application id and, when asked for, topics of its own. */
final class TestCluster implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final int PARTITIONS = 4;

    /** Tests look at all that was ever said, on compacted topics too. */
    private static final Map<String, String> BROKER =
            Map.of("log.cleaner.min.compaction.lag.ms", Long.toString(Long.MAX_VALUE));

    private final Sandbox sandbox;
    private final int brokers;
    private final Admin admin;
    private final RecordSerdes serdes;
    private final KafkaProducer<String, byte[]> producer;

    private TestCluster(int brokers) {
        this.brokers = brokers;
        sandbox = Sandbox.start(SharedRegistry.temporary().withBrokers(brokers).withBrokerSettings(BROKER));
        var config = config(Map.of());
        admin = Admin.create(config.kafka().admin());
        serdes = config.serde().open();
        producer = producer(Map.of("linger.ms", 5, "compression.type", "lz4", "max.request.size", 8 << 20));
        try (var registry = new HttpSchemaRegistry(config.serde().registry())) {
            new Subjects(registry).register();
        }
        newTopics(Role.values());
    }

    static TestCluster start() {
        return new TestCluster(1);
    }

    static TestCluster ofThreeBrokers() {
        return new TestCluster(3);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    RecordSerdes serdes() {
        return serdes;
    }

    /** What a pipeline on this cluster is configured with: the clock of the events, and a quick farewell to who was killed. */
    Map<String, String> settings(Map<String, String> over) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("bootstrap.servers", sandbox.bootstrapServers());
        settings.put("registry.url", sandbox.registryUrl().toString());
        settings.put("clock", "EVENT");
        settings.put("topics.partitions", Integer.toString(PARTITIONS));
        settings.put("topics.replication", Integer.toString(brokers));
        // Compaction would remove older contacts before a later run has read them.
        settings.put("topics.compaction-lag", "unlimited");
        settings.put("streams.standbys", "0");
        settings.put("streams.state-dir", sandbox.folder().resolve("streams").toString());
        settings.put("http.port", "0");
        settings.put("kafka.consumer.session.timeout.ms", "6000");
        settings.put("kafka.consumer.heartbeat.interval.ms", "1500");
        settings.putAll(over);
        return settings;
    }

    AppConfig config(Map<String, String> over) {
        return AppConfig.read(Optional.empty(), Map.of(), settings(over));
    }

    /** Starts a pipeline in this process. */
    Pipeline pipeline(Map<String, String> over) {
        return pipeline(over, PolicyFile.shipped());
    }

    Pipeline pipeline(Map<String, String> over, Policy policy) {
        return Pipeline.start(config(over), policy, serdes, InstantSource.system());
    }

    /** Empties the topics of these roles by making them anew. */
    void newTopics(Role... roles) {
        var names = List.of(roles).stream()
                .flatMap(role -> Topics.of(role).stream())
                .map(Topic::name)
                .toList();
        admin.deleteTopics(names).topicNameValues().values().forEach(TestCluster::ignoreMissing);
        await().atMost(PATIENCE).until(() -> {
            var there = admin.listTopics().names().get();
            return names.stream().noneMatch(there::contains);
        });
        new TopicProvisioner(admin, config(Map.of()).topics()).create();
    }

    /** Lets a topic take larger records than by default. */
    void allowRecordsOf(Topic<?> topic, int bytes) {
        var entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        get(admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all());
    }

    /** Publishes in this order and returns when the brokers have everything. */
    void publish(Collection<TouchpointEvent> events) {
        var failure = new AtomicReference<Exception>();
        try (var values = serdes.anyContract()) {
            for (var event : events) {
                var topic = event.topic().name();
                send(topic, event.key(), values.serialize(topic, event.value()), event.occurredAt(), failure);
            }
        }
        flush(failure);
    }

    void publishBytes(Topic<?> topic, String key, byte[] value, Instant timestamp) {
        var failure = new AtomicReference<Exception>();
        send(topic.name(), key, value, timestamp, failure);
        flush(failure);
    }

    private void send(String topic, String key, byte[] value, Instant at, AtomicReference<Exception> failure) {
        // Brokers refuse what is far ahead of their clock; the pipeline goes by occurred_at anyway.
        long timestamp = Math.max(0, Math.min(at.toEpochMilli(), System.currentTimeMillis()));
        producer.send(new ProducerRecord<>(topic, null, timestamp, key, value), (metadata, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    private void flush(AtomicReference<Exception> failure) {
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("could not publish", failure.get());
        }
    }

    /** Says that nothing follows, and returns the run by which the pipeline will answer. */
    String end(Instant until) {
        var run = UUID.randomUUID().toString();
        try (var markers = Topics.CONTROL.serde(serdes).serializer()) {
            var marker = markers.serialize(Topics.CONTROL.name(), new EndMarker(run, until.toEpochMilli()));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(
                        new ProducerRecord<>(Topics.CONTROL.name(), partition, until.toEpochMilli() + 1, run, marker));
            }
        }
        producer.flush();
        return run;
    }

    /** Waits until the pipeline has published everything of a run. */
    void awaitDone(String run, Runnable check) {
        try (var words = Topics.RUNS_DONE.serde(serdes).deserializer();
                var consumer = consumer()) {
            var partitions = partitions(Topics.RUNS_DONE.name());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Set<Integer> done = new HashSet<>();
            await().atMost(PATIENCE).until(() -> {
                check.run();
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    RunDone word = words.deserialize(record.topic(), record.value());
                    if (word.getRun().equals(run)) {
                        done.add(word.getPartition());
                    }
                }
                return done.size() == PARTITIONS;
            });
        }
    }

    /** Everything committed on a topic. */
    List<ConsumerRecord<String, byte[]>> read(Topic<?> topic) {
        return read(topic.name());
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (var consumer = consumer()) {
            var partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
            });
            return records;
        }
    }

    /** Bytes of the largest state that the changelog of an application holds. */
    int largestState(String applicationId) {
        return read(applicationId + "-customer-state-changelog").stream()
                .filter(record -> record.value() != null)
                .mapToInt(record -> record.value().length)
                .max()
                .orElseThrow();
    }

    /** How many input records an application has committed. */
    long committed(String applicationId) {
        var inputs = Topics.of(Role.INPUT).stream().map(Topic::name).toList();
        return get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(entry -> inputs.contains(entry.getKey().topic()) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    KafkaProducer<String, byte[]> producer(Map<String, Object> over) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("bootstrap.servers", sandbox.bootstrapServers());
        settings.put("acks", "all");
        // With more, a batch that was refused once can leave its partition out of sequence until the delivery times
        // out.
        settings.put("max.in.flight.requests.per.connection", "1");
        settings.putAll(over);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        sandbox.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "max.poll.records",
                        5000,
                        "fetch.max.wait.ms",
                        10),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static void ignoreMissing(KafkaFuture<Void> deletion) {
        try {
            get(deletion);
        } catch (UnknownTopicOrPartitionException missing) {
            // Nothing to delete.
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException cause ? cause : new KafkaException(failed.getCause());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        serdes.close();
        admin.close(Duration.ofSeconds(5));
        sandbox.close();
    }
}
