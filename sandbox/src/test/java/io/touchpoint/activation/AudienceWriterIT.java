package io.touchpoint.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.serdes.TrustedRecords;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AudienceWriterIT {

    static {
        TrustedRecords.trust();
    }

    private static final int CHANGES = 50;

    @Test
    void shouldTakeOverWhatWasCommittedBehindATransactionOfAnotherPlatform() throws Exception {
        try (var sandbox = PipelineSandbox.start(SharedRegistry.temporary(), Map.of());
                var serdes = sandbox.config().serde().open();
                var other = writerOfAnotherPlatform(sandbox.config())) {
            other.initTransactions();
            try (var first = open(sandbox.config(), serdes);
                    var member = member(sandbox.config())) {
                other.beginTransaction();
                for (var partition : other.partitionsFor(Topics.ACTIVATION_STATE.name())) {
                    other.send(new ProducerRecord<>(partition.topic(), partition.partition(), "meta|a|1", null));
                }
                other.flush();
                first.take(changes(), Map.of(), member.groupMetadata());
            }

            var second = CompletableFuture.supplyAsync(() -> open(sandbox.config(), serdes));

            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(second)
                            .as("opened before all of its rows could be read")
                            .isNotDone());
            other.commitTransaction();
            try (var taken = second.get(1, TimeUnit.MINUTES)) {
                assertThat(taken.ledger().queues().get("ALL=").changes()).isEqualTo(CHANGES);
            }
        }
    }

    private static AudienceWriter open(AppConfig config, RecordSerdes serdes) {
        return AudienceWriter.open(
                config,
                Platform.GOOGLE,
                AudienceMap.ofScopes(),
                serdes,
                InstantSource.system(),
                new ActivationFigures());
    }

    private static KafkaConsumer<byte[], byte[]> member(AppConfig config) {
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "a-group");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaProducer<String, byte[]> writerOfAnotherPlatform(AppConfig config) {
        var settings = new HashMap<>(config.kafka().producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "another-platform");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static List<ConsumerRecord<String, AudienceChange>> changes() {
        var changes = new ArrayList<ConsumerRecord<String, AudienceChange>>();
        for (int i = 0; i < CHANGES; i++) {
            var change = AudienceChange.newBuilder()
                    .setCustomerId("c" + i)
                    .setPlatform("google")
                    .setScope("ALL")
                    .setScopeValue("")
                    .setChange(MembershipChange.ADD)
                    .setEmailHashes(List.of("%064x".formatted(i + 1)))
                    .setPhoneHashes(List.of())
                    .setRevision(1)
                    .setDecidedAt(Instant.EPOCH)
                    .build();
            changes.add(new ConsumerRecord<>(Topics.AUDIENCE_CHANGES.name(), 0, i, "google|c" + i + "|ALL|", change));
        }
        return changes;
    }
}
