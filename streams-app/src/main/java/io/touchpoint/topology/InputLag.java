package io.touchpoint.topology;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Tells how much of the input of a task still waits, on the broker and in memory. */
@FunctionalInterface
public interface InputLag {

    /** How long what the broker has said holds: a broker that is slow to answer has not said that there is no more. */
    Duration SAID_WITHIN = Duration.ofSeconds(10);

    /**
     * Starts to watch these partitions, of which nothing was read so far. To be called, as the watch, on the thread that
     * reads them.
     */
    Watch over(Collection<TopicPartition> partitions);

    /** Watches the partitions of one task. */
    @FunctionalInterface
    interface Watch {

        /**
         * @param processed how many of their records were processed since the watch began
         * @return how many still wait, on all of them together; 0 only where the broker has said within the last {@link
         *     #SAID_WITHIN} that there are no more; -1 while it is not known
         */
        long waiting(long processed);
    }
}
