package io.touchpoint.topics;

import io.touchpoint.serdes.Decoded;
import io.touchpoint.serdes.RecordSerdes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A topic, declared once: its records, its key, and what the broker must do with it. Provisioning, documentation and the
 * topology all start from here. Keys are UTF-8 strings.
 *
 * @param label the plural noun of the name, for example {@code orders} of {@code touchpoint.orders.v1}
 * @param key what the key is, for people
 * @param doc what the topic is, for people; one line
 */
public record Topic<T extends SpecificRecord>(
        String label, Class<T> type, Role role, Lifetime lifetime, Partitioning partitioning, String key, String doc) {

    private static final String PREFIX = "touchpoint.";
    private static final String VERSION = ".v1";
    private static final String UNLIMITED = "-1";

    /** A rejected record wraps the bytes of another, so its topic takes twice what the broker's default allows. */
    static final int MAX_WRAPPING_BYTES = 2 * 1024 * 1024;

    static final Duration TOMBSTONES_STAY = Duration.ofDays(7);
    static final int COMPACTED_SEGMENT_BYTES = 64 * 1024 * 1024;

    /** The full name on the broker. */
    public String name() {
        return PREFIX + label + VERSION;
    }

    /** The registry's subject of the values. */
    public String subject() {
        return name() + "-value";
    }

    /** The label with hyphens only: of files, operators and metrics. */
    public String slug() {
        return label.replace('.', '-');
    }

    /** The serde of the values: with a registry, but for internal topics. */
    public Serde<T> serde(RecordSerdes serdes) {
        return switch (role) {
            case INPUT, OUTPUT -> serdes.contract(type);
            case INTERNAL -> serdes.internal(type);
        };
    }

    /** Reads an input topic; poison arrives as a value. The operator is called {@code read-<slug>}. */
    public KStream<String, Decoded> decodedFrom(
            StreamsBuilder builder, RecordSerdes serdes, TimestampExtractor timestamps) {
        return builder.stream(name(), consumed(serdes.input(type), timestamps));
    }

    /** Reads a topic of trusted records. The operator is called {@code read-<slug>}. */
    public KStream<String, T> from(StreamsBuilder builder, RecordSerdes serdes, TimestampExtractor timestamps) {
        return builder.stream(name(), consumed(serde(serdes), timestamps));
    }

    /** Writes the stream to this topic. The operator is called {@code write-<slug>}. */
    public void to(KStream<String, T> records, RecordSerdes serdes) {
        records.to(name(), produced(serdes));
    }

    /** Writes the stream to this topic, to partitions of the caller's choice. */
    public void to(KStream<String, T> records, RecordSerdes serdes, StreamPartitioner<String, T> partitioner) {
        records.to(name(), produced(serdes).withStreamPartitioner(partitioner));
    }

    /** What to create on the broker. */
    public NewTopic toCreate(TopicSettings settings) {
        var configs = new LinkedHashMap<>(required(settings));
        if (lifetime == Lifetime.LATEST) {
            // With the defaults a new reader goes through up to 1 GB of old values, and one away for a day misses
            // deletions.
            configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(COMPACTED_SEGMENT_BYTES));
            configs.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONES_STAY.toMillis()));
        }
        var partitions = Optional.of(settings.partitions());
        var replication = Optional.of(settings.replication()).filter(copies -> copies > 0);
        return new NewTopic(name(), partitions, replication).configs(configs);
    }

    /** The broker settings without which the topic would lose records or carry the wrong time. */
    public Map<String, String> required(TopicSettings settings) {
        var configs = new LinkedHashMap<String, String>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, lifetime.cleanup());
        configs.put(
                TopicConfig.RETENTION_MS_CONFIG,
                lifetime.retention(settings)
                        .map(limit -> Long.toString(limit.toMillis()))
                        .orElse(UNLIMITED));
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, lifetime.timestamps().name);
        if (isCompactedInput()) {
            // A broker goes by the time of the records here too: of a history it would remove all but the newest of
            // each
            // key, before the pipeline has read the others.
            configs.put(
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(
                            settings.compactionLag().map(Duration::toMillis).orElse(Long.MAX_VALUE)));
        }
        if (lifetime == Lifetime.REFUSALS) {
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_WRAPPING_BYTES));
        }
        return configs;
    }

    /** Whether the broker may remove records of it that the pipeline has yet to read. */
    public boolean isCompactedInput() {
        return role == Role.INPUT && lifetime == Lifetime.LATEST;
    }

    /**
     * Writes what another step has for this topic too.
     *
     * @param which of the steps; the operator is called {@code write-<slug>-<which>}
     */
    public void to(KStream<String, T> records, RecordSerdes serdes, String which) {
        records.to(name(), produced(serdes).withName("write-" + slug() + "-" + which));
    }

    private <V> Consumed<String, V> consumed(Serde<V> values, TimestampExtractor timestamps) {
        return Consumed.with(Serdes.String(), values)
                .withTimestampExtractor(timestamps)
                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                .withName("read-" + slug());
    }

    private Produced<String, T> produced(RecordSerdes serdes) {
        return Produced.with(Serdes.String(), serde(serdes)).withName("write-" + slug());
    }
}
