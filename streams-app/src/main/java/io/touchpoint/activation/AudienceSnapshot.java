package io.touchpoint.activation;

import io.touchpoint.activation.platform.FileTransport;
import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.activation.AudienceLedger;
import io.touchpoint.domain.activation.Backoff;
import io.touchpoint.domain.activation.Delivery;
import io.touchpoint.domain.activation.Identifier;
import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.records.state.ActivationState;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.commons.csv.CSVFormat;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The audiences of a platform as the changes on the topic make them, read once. Writes nothing to Kafka and sends nothing. */
public final class AudienceSnapshot implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Platform platform;
    private final DiskRows rows;
    private final AudienceLedger ledger;

    private AudienceSnapshot(Platform platform, RecordSerdes serdes) {
        this.platform = platform;
        rows = new DiskRows(serdes.internal(ActivationState.class), (key, row) -> {});
        ledger = new AudienceLedger(platform.label(), platform.least(), rows, receipt -> {});
    }

    /**
     * Reads all changes that are there by now.
     *
     * @throws KafkaException when the cluster or the registry is away, or the topic is missing
     */
    public static AudienceSnapshot read(
            AppConfig config, Platform platform, AudienceMap audiences, RecordSerdes serdes) {
        var snapshot = new AudienceSnapshot(platform, serdes);
        try {
            snapshot.read(config, audiences, serdes);
            return snapshot;
        } catch (RuntimeException failed) {
            snapshot.close();
            throw failed;
        }
    }

    /** The same, where each scope and value is an audience by itself. */
    public static AudienceSnapshot readByScope(AppConfig config, Platform platform, RecordSerdes serdes) {
        return read(config, platform, AudienceMap.ofScopes(), serdes);
    }

    private void read(AppConfig config, AudienceMap audiences, RecordSerdes serdes) {
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var topic = Topics.AUDIENCE_CHANGES.name();
        var values = Topics.AUDIENCE_CHANGES.serde(serdes).deserializer();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException(
                        "missing on the cluster: " + topic + " (expected: created with touchpoint topics create)");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(POLL)) {
                    if (record.key() == null || !record.key().startsWith(platform.label() + "|")) {
                        continue;
                    }
                    var change = values.deserialize(topic, record.value());
                    var at = Instant.ofEpochMilli(record.timestamp());
                    if (change == null) {
                        ledger.forget(record.key(), at);
                    } else {
                        ledger.apply(record.key(), change, audiences.of(change.getScope(), change.getScopeValue()), at);
                    }
                }
            }
        }
    }

    /**
     * Writes the requests that would go out if the platform knew nothing yet.
     *
     * @param most identifiers in a request
     * @return how many files there are in the folder
     */
    public int writeRequests(FileTransport files, int most) {
        var noWait = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), RandomGenerator.getDefault());
        for (var audience : new ArrayList<>(ledger.queues().keySet())) {
            while (ledger.queues().containsKey(audience)) {
                var delivery = new Delivery(
                        ledger.nextBatch(audience, most, Instant.EPOCH).orElseThrow(), most, noWait);
                while (!delivery.isDone()) {
                    delivery.take(files.send(delivery.next()), Instant.EPOCH);
                }
                ledger.settle(delivery.batch(), delivery.settlement(), Instant.EPOCH);
            }
        }
        return files.written();
    }

    /**
     * Writes the members of one scope and value the way the platform takes files: its column names, one hash a line.
     *
     * @param value empty for the scope ALL
     * @return how many members there are
     * @throws UncheckedIOException when the file cannot be written; what stood there stays
     */
    public long writeMembers(String scope, String value, Path file) {
        var audience = AudienceMap.ofScopes().of(scope, value).orElseThrow();
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (var out = Files.newBufferedWriter(unfinished)) {
            out.append(CSVFormat.RFC4180.format(platform.columns().toArray())).append('\n');
            var members = new AtomicLong();
            ledger.wanted(audience, member -> {
                print(out, member);
                members.incrementAndGet();
            });
            out.close();
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return members.get();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void print(Appendable out, Identifier member) {
        try {
            boolean email = member.kind() == Kind.EMAIL;
            out.append(CSVFormat.RFC4180.format(email ? member.hash() : "", email ? "" : member.hash()))
                    .append('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
