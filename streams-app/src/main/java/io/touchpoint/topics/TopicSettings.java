package io.touchpoint.topics;

import java.time.Duration;
import java.util.Optional;

/**
 * What an installation decides about its topics.
 *
 * @param partitions of every topic, 1 to 10,000; those of the customer fold must all have the same
 * @param replication copies of each partition; -1 leaves it to the broker
 * @param retention of topics by event time that are not compacted; empty is unlimited
 * @param rejectedRetention of the rejected records, counted from their arrival
 * @param internalRetention of records between two steps, counted from their arrival; a pause of the pipeline longer than
 *     that loses facts
 * @param compactionLag how old a record of a compacted input must be, by its own time, before the broker may compact it away;
 *     empty is for ever
 */
public record TopicSettings(
        int partitions,
        short replication,
        Optional<Duration> retention,
        Optional<Duration> rejectedRetention,
        Optional<Duration> internalRetention,
        Optional<Duration> compactionLag) {

    public TopicSettings {
        if (partitions < 1 || partitions > 10_000) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: 1 to 10000)");
        }
        if (replication == 0 || replication < -1) {
            throw new IllegalArgumentException("replication: " + replication + " (expected: 1 or more, or -1)");
        }
    }

    /** Defaults with this many partitions and one copy: for one machine. */
    public static TopicSettings forOneMachine(int partitions) {
        return new TopicSettings(
                partitions,
                (short) 1,
                Optional.empty(),
                Optional.of(Duration.ofDays(30)),
                Optional.of(Duration.ofDays(7)),
                Optional.of(Duration.ofDays(400)));
    }
}
