package io.touchpoint.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
                if (setting.getKey().matches(".*(url|uri|user|username|password|warehouse)")) {
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
