package io.touchpoint.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.config.AppConfig;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    @Test
    void shouldReplaceTheDefaultsThatDoNotSuitUs() {
        var properties = StreamsProperties.of(AppConfig.read(Optional.empty(), Map.of(), Map.of()));

        assertThat(properties)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", 100L)
                .containsEntry("num.standby.replicas", 1)
                .containsEntry("replication.factor", 3)
                .containsEntry("consumer.max.poll.interval.ms", 600_000)
                .containsEntry("producer.transaction.timeout.ms", 60_000)
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("rocksdb.config.setter", BoundedRocksDb.class)
                .containsEntry(BoundedRocksDb.MEMORY, 256L << 20);
        assertThat(properties.getProperty("state.dir")).doesNotStartWith("/tmp");
        assertThat(new StreamsConfig(properties).getMainConsumerConfigs("g", "c", 0))
                .containsEntry("isolation.level", "read_committed");
    }

    @Test
    void shouldLetPassedThroughPropertiesGoOverOurDefaults() {
        var config = AppConfig.read(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "kafka.producer.transaction.timeout.ms", "30000",
                        "kafka.security.protocol", "SSL",
                        "streams.threads", "7"));
        var properties = StreamsProperties.of(config);

        assertThat(properties)
                .containsEntry("producer.transaction.timeout.ms", "30000")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("num.stream.threads", 7);
    }

    @Test
    void shouldMakeANamedInstanceAMemberThatTheGroupWaitsFor() {
        var named = StreamsProperties.of(AppConfig.read(
                Optional.empty(),
                Map.of(),
                Map.of("streams.instance-id", "touchpoint-1", "streams.rejoin-within", "90s")));

        assertThat(new StreamsConfig(named).getMainConsumerConfigs("g", "c", 3))
                .containsEntry("group.instance.id", "touchpoint-1-3")
                .containsEntry("session.timeout.ms", 90_000);
        assertThat(new StreamsConfig(named).getRestoreConsumerConfigs("c")).doesNotContainKey("group.instance.id");
        assertThat(new StreamsConfig(StreamsProperties.of(AppConfig.read(Optional.empty(), Map.of(), Map.of())))
                        .getMainConsumerConfigs("g", "c", 3))
                .doesNotContainKey("group.instance.id");
    }
}
