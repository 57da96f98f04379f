package io.touchpoint.topology;

import io.touchpoint.records.state.FactPartial;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Sends the facts of a dimension to one partition, by the hash of the dimension, which is their key; and clocks and ends,
 * with keys made by {@link #keyOf}, to the partition that they name.
 */
final class FactPartitioner implements StreamPartitioner<String, FactPartial> {
    private static final char TO_PARTITION = '#';

    /** The key that sends a record to a partition. */
    static String keyOf(int partition) {
        return TO_PARTITION + Integer.toString(partition);
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, FactPartial partial, int partitions) {
        if (key.isEmpty() || key.charAt(0) != TO_PARTITION) {
            return Optional.empty();
        }
        int partition = Integer.parseInt(key.substring(1));
        if (partition >= partitions) {
            throw new IllegalArgumentException(
                    "Record for partition " + partition + " of " + topic + " (expected: 0 to " + (partitions - 1)
                            + "; was the topic created with another number of partitions?)");
        }
        return Optional.of(Set.of(partition));
    }
}
