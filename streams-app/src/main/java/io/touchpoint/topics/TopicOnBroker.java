package io.touchpoint.topics;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as the cluster has it.
 *
 * @param replication copies of the partition with the fewest
 * @param configs broker settings by name, defaults included
 */
public record TopicOnBroker(String name, int partitions, int replication, Map<String, String> configs) {

    String config(String name) {
        return configs.getOrDefault(name, "");
    }

    /**
     * Whether the broker, at some time, may remove a record with this timestamp for a newer one of its key.
     *
     * @param topic its declaration
     */
    public boolean mayCompact(Topic<?> topic, Instant timestamp, Instant now) {
        if (topic.lifetime() != Lifetime.LATEST) {
            return false;
        }
        var lag = config(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
        return Duration.between(timestamp, now).toMillis() >= (lag.isEmpty() ? 0 : Long.parseLong(lag));
    }
}
