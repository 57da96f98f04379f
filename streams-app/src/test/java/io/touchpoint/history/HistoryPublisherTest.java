package io.touchpoint.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.serdes.RecordSerdes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPublisherTest {
    private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final List<ImportError> errors = new ArrayList<>();
    private final RecordSerdes serdes = RecordSerdes.over(new InMemorySchemaRegistry());

    @AfterEach
    void close() {
        serdes.close();
    }

    @Test
    void shouldPublishInOrderWithKeysAndEventTimes() throws Exception {
        MockProducer<String, byte[]> producer = producer();
        assertThat(publish(producer, erasure("b", 7), erasure("a", 3))).isEqualTo(2);
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("cust-a", "cust-b");
        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsExactly(3L, 7L);
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsOnly("touchpoint.erasures.v1");
        assertThat(producer.flushed()).isTrue();
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldGiveRecordsATimestampThatTheBrokerTakes() throws Exception {
        MockProducer<String, byte[]> producer = producer();
        long soon = NOW.plusSeconds(60).toEpochMilli();
        publish(producer, erasure("past", -5), erasure("soon", soon), erasure("future", Long.MAX_VALUE));
        assertThat(producer.history())
                .extracting(ProducerRecord::timestamp)
                .containsExactly(0L, soon, NOW.toEpochMilli());
    }

    @Test
    void shouldListAnEventThatIsTooLargeAndPublishTheRest() throws Exception {
        MockProducer<String, byte[]> producer = failing("cust-b", new RecordTooLargeException("large"));
        assertThat(publish(producer, erasure("a", 1), erasure("b", 2), erasure("c", 3)))
                .isEqualTo(2);
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.file()).isEqualTo("erasures.jsonl");
            assertThat(error.line()).isEqualTo(2);
            assertThat(error.problem()).contains("max.request.size");
        });
    }

    @Test
    void shouldStopWhenTheBrokerRefusesForAnotherReason() {
        MockProducer<String, byte[]> producer = failing("cust-a", new TopicAuthorizationException("not yours"));
        assertThatThrownBy(() -> publish(producer, erasure("a", 1), erasure("b", 2)))
                .isInstanceOf(KafkaException.class)
                .hasMessage("publishing failed after 0 events: not yours");
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void shouldLetTheClientSettingsWinButForTheSerializers() {
        Map<String, Object> settings = HistoryPublisher.settings(
                Map.of("bootstrap.servers", "b:1", "compression.type", "zstd", "value.serializer", "other"));
        assertThat(settings)
                .containsEntry("bootstrap.servers", "b:1")
                .containsEntry("compression.type", "zstd")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 1)
                .containsEntry("value.serializer", ByteArraySerializer.class);
    }

    private long publish(MockProducer<String, byte[]> producer, String... lines) throws Exception {
        Files.write(folder.resolve("erasures.jsonl"), List.of(lines));
        try (History history = History.read(HistoryFiles.in(folder), Cutoff.none(NOW), folder, errors::add)) {
            return new HistoryPublisher(producer, serdes.anyContract(), InstantSource.fixed(NOW))
                    .publish(history, errors::add, published -> {});
        }
    }

    private static MockProducer<String, byte[]> producer() {
        return new MockProducer<>(
                Cluster.empty(), true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    /** Acknowledges every record at once, but fails those of one key. */
    private static MockProducer<String, byte[]> failing(String key, RuntimeException refusal) {
        return new MockProducer<>(
                Cluster.empty(),
                false,
                new RoundRobinPartitioner(),
                new StringSerializer(),
                new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
                var sent = super.send(record, callback);
                if (record.key().equals(key)) {
                    errorNext(refusal);
                } else {
                    completeNext();
                }
                return sent;
            }
        };
    }

    private static String erasure(String id, long at) {
        return "{\"event_id\":\"" + id + "\",\"customer_id\":\"cust-" + id + "\",\"occurred_at\":" + at
                + ",\"source\":\"s\",\"requested_by\":\"r\",\"reason\":\"\"}";
    }
}
