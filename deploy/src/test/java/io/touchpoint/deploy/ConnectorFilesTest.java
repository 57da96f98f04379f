package io.touchpoint.deploy;

import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.access.Grant;
import io.touchpoint.access.Grants;
import io.touchpoint.access.Party;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class ConnectorFilesTest {

    private static final Path CONNECT = Path.of("connect");

    @Test
    void shouldReadTopicsThatExist() throws IOException {
        for (var name : List.of("postgres-latest", "postgres-history", "iceberg")) {
            assertThat(topics(name)).as(name).isNotEmpty();
        }
    }

    @Test
    void shouldDeleteByKeyOnlyWhereAKeyHasOneValue() throws IOException {
        assertThat(topics("postgres-latest")).allMatch(topic -> topic.lifetime() == Lifetime.LATEST);
        assertThat(config("postgres-latest").get("delete.enabled").textValue()).isEqualTo("true");
        assertThat(topics("postgres-history")).noneMatch(topic -> topic.lifetime() == Lifetime.LATEST);
        assertThat(config("postgres-history").get("primary.key.mode").textValue())
                .isEqualTo("kafka");
        assertThat(topics("iceberg")).noneMatch(topic -> topic.lifetime() == Lifetime.LATEST);
    }

    @Test
    void shouldHoldNoSecretAndNoAddress() throws IOException {
        for (var name : List.of("postgres-latest", "postgres-history", "iceberg")) {
            config(name).properties().forEach(setting -> {
                if (setting.getKey().matches(".*(url|uri|user|username|password|warehouse|servers)")) {
                    assertThat(setting.getValue().textValue())
                            .as(name + " " + setting.getKey())
                            .startsWith("${env:WAREHOUSE_");
                }
            });
        }
    }

    @Test
    void shouldReadOnlyWhatWasCommitted() throws IOException {
        assertThat(Files.readString(CONNECT.resolve("worker.properties")))
                .contains("\nconsumer.isolation.level=read_committed\n");
    }

    @Test
    void shouldUseNoNameThatConnectIsNotGranted() throws IOException {
        var iceberg = config("iceberg");
        var granted = new Grants("touchpoint").of(Party.CONNECT);

        assertThat(isGranted(granted, TOPIC, iceberg, "iceberg.control.topic")).isTrue();
        assertThat(isGranted(granted, GROUP, iceberg, "iceberg.control.group-id-prefix"))
                .isTrue();
        assertThat(isGranted(granted, TRANSACTIONAL_ID, iceberg, "iceberg.coordinator.transactional.prefix"))
                .isTrue();
        // Else what was written and not committed before the first commit is lost with the one who knew of it.
        assertThat(iceberg.get("iceberg.kafka.auto.offset.reset").textValue()).isEqualTo("earliest");
    }

    private static boolean isGranted(List<Grant> granted, ResourceType type, JsonNode config, String setting) {
        var name = config.get(setting).textValue();
        return granted.stream()
                .map(Grant::on)
                .anyMatch(on -> on.resourceType() == type
                        && on.patternType() == PatternType.PREFIXED
                        && name.startsWith(on.name()));
    }

    private static List<Topic<?>> topics(String name) throws IOException {
        return Arrays.stream(config(name).get("topics").textValue().split(","))
                .<Topic<?>>map(topic -> Topics.named(topic).orElseThrow(() -> new AssertionError(topic)))
                .toList();
    }

    private static JsonNode config(String name) throws IOException {
        return new ObjectMapper()
                .readTree(CONNECT.resolve(name + ".json").toFile())
                .get("config");
    }
}
