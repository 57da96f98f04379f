package io.touchpoint.sandbox.demo;

import io.touchpoint.config.AppConfig;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Keeps the broker from compacting the inputs while a history waits there. A broker cuts segments by the time of the records,
 * so a year makes dozens of them within a second, and what a newer record of the same customer replaces would be gone before
 * the pipeline has read it.
 */
final class CompactionPause {
    private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);

    private final AppConfig config;

    CompactionPause(AppConfig config) {
        this.config = config;
    }

    /** @throws KafkaException when the broker does not answer */
    void begin() throws InterruptedException {
        alter(OpType.SET);
    }

    /** @throws KafkaException when the broker does not answer */
    void end() throws InterruptedException {
        alter(OpType.DELETE);
    }

    private void alter(OpType type) throws InterruptedException {
        var change = new AlterConfigOp(new ConfigEntry(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, FOR_EVER), type);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = Topics.of(Role.INPUT).stream()
                .filter(topic -> topic.lifetime() == Lifetime.LATEST)
                .collect(Collectors.toMap(CompactionPause::resource, topic -> List.of(change)));
        try (Admin admin = Admin.create(config.kafka().admin())) {
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException failed) {
            throw new KafkaException(
                    "the broker does not answer: " + failed.getCause().getMessage(), failed.getCause());
        }
    }

    private static ConfigResource resource(Topic<?> topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }
}
