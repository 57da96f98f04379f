package io.touchpoint.activation;

import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.activation.AudienceLedger;
import io.touchpoint.domain.activation.Batch;
import io.touchpoint.domain.activation.Delivery;
import io.touchpoint.domain.activation.Receipt;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.AudienceReceipt;
import io.touchpoint.records.state.ActivationState;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The ledger of a platform, kept on Kafka: each step is one transaction of the rows it changed, the receipts it gave, and the offsets it has
 * read to. Whoever opens one shuts out the one before, by the producer's transactional id.
 */
final class AudienceWriter implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Platform platform;
    private final AudienceMap audiences;
    private final InstantSource clock;
    private final ActivationFigures figures;
    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<AudienceReceipt> receiptBytes;
    private final Map<String, byte[]> changed = new LinkedHashMap<>();
    private final List<Receipt> told = new ArrayList<>();
    private final DiskRows rows;
    private final AudienceLedger ledger;

    private AudienceWriter(
            AppConfig config,
            Platform platform,
            AudienceMap audiences,
            RecordSerdes serdes,
            InstantSource clock,
            ActivationFigures figures) {
        this.platform = platform;
        this.audiences = audiences;
        this.clock = clock;
        this.figures = figures;
        receiptBytes = Topics.AUDIENCE_RECEIPTS.serde(serdes).serializer();
        producer = producer(config, platform);
        rows = new DiskRows(serdes.internal(ActivationState.class), changed::put);
        try {
            producer.initTransactions();
            load(config);
            changed.clear();
            ledger = new AudienceLedger(
                    platform.label(), config.activation().leastMembers().orElse(platform.least()), rows, this::tell);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Takes over the platform's audiences, and reads how they stand.
     *
     * @throws org.apache.kafka.common.KafkaException when the cluster is away
     */
    static AudienceWriter open(
            AppConfig config,
            Platform platform,
            AudienceMap audiences,
            RecordSerdes serdes,
            InstantSource clock,
            ActivationFigures figures) {
        return new AudienceWriter(config, platform, audiences, serdes, clock, figures);
    }

    private static KafkaProducer<String, byte[]> producer(AppConfig config, Platform platform) {
        var settings = new HashMap<>(config.kafka().producer());
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.kafka().applicationId() + "-activate-" + platform.label());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        // With more, a batch that was refused once can leave its partition out of sequence until the delivery times
        // out.
        settings.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private void load(AppConfig config) {
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        var prefix = platform.label() + "|";
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.ACTIVATION_STATE.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = ends(settings, partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(POLL)) {
                    if (record.key().startsWith(prefix)) {
                        rows.restore(record.key().substring(prefix.length()), record.value());
                    }
                }
            }
        }
    }

    /**
     * Where the rows end, those behind open transactions of other platforms' writers too: up to there only what is committed is read, which
     * waits until those transactions have ended.
     */
    private static Map<TopicPartition, Long> ends(Map<String, Object> settings, List<TopicPartition> partitions) {
        var uncommitted = new HashMap<>(settings);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (var consumer =
                new KafkaConsumer<>(uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    AudienceLedger ledger() {
        return ledger;
    }

    /** Takes changes of this platform, null values too, and moves the group's offsets past all that was read. */
    void take(
            List<ConsumerRecord<String, AudienceChange>> changes,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        inTransaction(() -> {
            for (var change : changes) {
                if (change.value() == null) {
                    ledger.forget(change.key(), clock.instant());
                } else {
                    figures.ignored(ledger.apply(
                            change.key(),
                            change.value(),
                            audiences.of(
                                    change.value().getScope(), change.value().getScopeValue()),
                            clock.instant()));
                }
            }
            producer.sendOffsetsToTransaction(offsets, group);
        });
        figures.changes(changes.size());
    }

    /** The batch to send, which is there again after a crash until it is settled. */
    Optional<Batch> nextBatch(String audience, int most) {
        var open = ledger.openBatch(audience);
        if (open.isPresent()) {
            return open;
        }
        var made = new ArrayList<Batch>();
        inTransaction(() -> ledger.nextBatch(audience, most, clock.instant()).ifPresent(made::add));
        return made.stream().findFirst();
    }

    /** Notes the platform's word on a batch. */
    void settle(Delivery delivery) {
        inTransaction(() -> ledger.settle(delivery.batch(), delivery.settlement(), clock.instant()));
    }

    private void tell(Receipt receipt) {
        told.add(receipt);
    }

    private void inTransaction(Runnable step) {
        producer.beginTransaction();
        step.run();
        long now = clock.millis();
        changed.forEach((key, row) -> producer.send(
                new ProducerRecord<>(Topics.ACTIVATION_STATE.name(), null, now, platform.label() + "|" + key, row)));
        for (var receipt : told) {
            var topic = Topics.AUDIENCE_RECEIPTS.name();
            producer.send(new ProducerRecord<>(
                    topic, null, now, receipt.key(), receiptBytes.serialize(topic, receipt.value())));
        }
        producer.commitTransaction();
        changed.clear();
        told.forEach(figures::receipt);
        told.clear();
    }

    /** An open transaction is left to whoever takes over, and to the broker. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        rows.close();
    }
}
