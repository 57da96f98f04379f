package io.touchpoint.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.cli.ImportCommand;
import io.touchpoint.config.AppConfig;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.sandbox.Sandbox;
import io.touchpoint.sandbox.SandboxOptions;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.TopicProvisioner;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ImportIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPublishWhatItCanAndSayWhatItCouldNot() throws IOException {
        Path orders = Files.write(
                folder.resolve("orders.jsonl"),
                List.of(
                        order("b", "2024-01-02T00:00:00Z"),
                        order("a", "2024-01-01T00:00:00Z"),
                        "nonsense",
                        order("future", "2090-01-01T00:00:00Z")));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            assertThat(runImport(sandbox, orders)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString())
                    .contains(
                            "missing on the cluster: touchpoint.orders.v1 (expected: created with touchpoint topics create)");

            AppConfig config = config(sandbox);
            try (Admin admin = Admin.create(config.kafka().admin())) {
                new TopicProvisioner(admin, config.topics()).create();
            }
            long before = System.currentTimeMillis();
            assertThat(runImport(sandbox, orders)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString()).contains("orders.jsonl:3: expected one JSON object, found broken JSON");
            assertThat(out.toString()).contains("3 published, 0 repeated lines and 1 others left out");

            Path contacts = Files.writeString(
                    folder.resolve("customers.jsonl"),
                    "{\"event_id\":\"c\",\"customer_id\":\"ca\",\"occurred_at\":\"2001-01-01T00:00:00Z\",\"source\":\"crm\","
                            + "\"emails\":[],\"phones\":[],\"country\":\"GB\",\"ad_consent\":\"DENIED\","
                            + "\"created_at\":\"2001-01-01T00:00:00Z\"}");
            assertThat(runImport(sandbox, contacts)).isEqualTo(CommandLine.ExitCode.OK);
            assertThat(err.toString())
                    .contains(
                            "touchpoint.customers.v1 may be compacted before the pipeline has read these events, the first of"
                                    + " 2001-01-01T00:00:00Z (expected: min.compaction.lag.ms above their age");

            List<ConsumerRecord<String, OrderEvent>> published = published(config);
            assertThat(published).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("ca", "cb", "cfuture");
            assertThat(published).allSatisfy(record -> {
                if (record.key().equals("cfuture")) {
                    assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
                } else {
                    assertThat(record.timestamp())
                            .isEqualTo(record.value().getOccurredAt().toEpochMilli());
                }
            });
        }
    }

    private int runImport(Sandbox sandbox, Path file) {
        return new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "--bootstrap-servers",
                        sandbox.bootstrapServers(),
                        "--registry",
                        sandbox.registryUrl().toString(),
                        file.toString());
    }

    private static AppConfig config(Sandbox sandbox) {
        return AppConfig.read(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap.servers", sandbox.bootstrapServers(),
                        "registry.url", sandbox.registryUrl().toString(),
                        "topics.replication", "1"));
    }

    private static List<ConsumerRecord<String, OrderEvent>> published(AppConfig config) {
        List<ConsumerRecord<String, OrderEvent>> records = new ArrayList<>();
        try (RecordSerdes serdes = config.serde().open();
                var consumer = new KafkaConsumer<>(
                        config.kafka().consumer(),
                        new StringDeserializer(),
                        serdes.contract(OrderEvent.class).deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ORDERS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (!partitions.stream().allMatch(partition -> consumer.position(partition) == ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static String order(String id, String at) {
        return "{\"event_id\":\"" + id + "\",\"customer_id\":\"c" + id + "\",\"occurred_at\":\"" + at
                + "\",\"source\":\"shop\",\"order_id\":\"" + id + "\",\"status\":\"PAID\",\"lines\":[{\"sku\":\"s\","
                + "\"quantity\":1,\"unit_price_minor\":999}],\"currency\":\"EUR\",\"channel\":\"web\"}";
    }
}
