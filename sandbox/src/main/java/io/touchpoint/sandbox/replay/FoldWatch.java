package io.touchpoint.sandbox.replay;

import io.touchpoint.config.AppConfig;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Watches a pipeline work through a history: how far it is, and whether it still moves. */
final class FoldWatch {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Admin admin;
    private final String group;
    private final Pipeline pipeline;
    private final InstantSource clock;
    private final List<String> inputs = names(Role.INPUT);
    private final List<TopicPartition> written;
    private long folded;
    private long reached = -1;
    private Instant movedAt;

    FoldWatch(Admin admin, AppConfig config, Pipeline pipeline, InstantSource clock) throws ReplayFailedException {
        this.admin = admin;
        this.group = config.kafka().applicationId();
        this.pipeline = pipeline;
        this.clock = clock;
        this.movedAt = clock.instant();
        this.written = partitions();
    }

    /**
     * Looks again.
     *
     * @return how many events were folded so far
     * @throws ReplayFailedException when the pipeline has stopped, or nothing has moved for two minutes
     */
    long look() throws ReplayFailedException, InterruptedException {
        if (pipeline.hasStopped()) {
            throw new ReplayFailedException("the pipeline stopped: "
                    + pipeline.failure().map(Pipeline::cause).orElse("no reason given"));
        }
        long now = position();
        if (now > reached) {
            reached = now;
            movedAt = clock.instant();
        } else if (clock.instant().isAfter(movedAt.plus(PATIENCE))) {
            throw new ReplayFailedException("the pipeline has neither read nor written anything for "
                    + PATIENCE.toSeconds() + " s, after " + folded + " events");
        }
        return folded;
    }

    /** Grows with everything that is read or written, also within a transaction: one event can cause much work. */
    private long position() throws ReplayFailedException, InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            folded = 0;
            long position = 0;
            for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : offsets.entrySet()) {
                // A partition without a commit so far has no offset.
                long offset = entry.getValue() == null ? 0 : entry.getValue().offset();
                position += offset;
                if (inputs.contains(entry.getKey().topic())) {
                    folded += offset;
                }
            }
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            written.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            for (var end : admin.listOffsets(latest).all().get().values()) {
                position += end.offset();
            }
            return position;
        } catch (ExecutionException e) {
            throw new ReplayFailedException("the broker does not answer: " + Pipeline.cause(e), e);
        }
    }

    private List<TopicPartition> partitions() throws ReplayFailedException {
        List<String> topics = new ArrayList<>(names(Role.OUTPUT));
        topics.addAll(names(Role.INTERNAL));
        try {
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
        } catch (ExecutionException | InterruptedException e) {
            throw new ReplayFailedException("the broker does not answer: " + Pipeline.cause(e), e);
        }
    }

    private static List<String> names(Role role) {
        return Topics.of(role).stream().map(Topic::name).toList();
    }
}
