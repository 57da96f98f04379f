package io.touchpoint.topology;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Tells how much of the input still waits on the broker. */
@FunctionalInterface
public interface InputLag {

    /**
     * To be called on the thread that reads these partitions.
     *
     * @return the records that wait on all of them together, -1 while that is not known
     */
    long of(Collection<TopicPartition> partitions);
}
