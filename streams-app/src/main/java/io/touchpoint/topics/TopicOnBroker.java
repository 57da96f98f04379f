package io.touchpoint.topics;

import java.util.Map;

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
}
