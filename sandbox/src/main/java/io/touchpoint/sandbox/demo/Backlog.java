package io.touchpoint.sandbox.demo;

import io.touchpoint.config.AppConfig;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a pipeline is behind its input, as the broker has it. */
final class Backlog implements AutoCloseable {
    /**
     * A look at it.
     *
     * @param published records on the topics that the pipeline reads
     * @param folded those of them that are committed
     */
    record Look(long published, long folded) {
        /** Records that wait. */
        long lag() {
            return Math.max(0, published - folded);
        }
    }

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> inputs;

    /** @throws KafkaException when the broker does not answer */
    Backlog(AppConfig config) throws InterruptedException {
        admin = Admin.create(config.kafka().admin());
        group = config.kafka().applicationId();
        inputs = partitions();
    }

    /** @throws KafkaException when the broker does not answer */
    Look look() throws InterruptedException {
        try {
            // The commits first: what is published in between is a lag, never less than none.
            Map<TopicPartition, OffsetAndMetadata> commits = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> latest =
                    inputs.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            long published = admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
            long folded = inputs.stream()
                    .mapToLong(partition -> offset(commits.get(partition)))
                    .sum();
            return new Look(published, folded);
        } catch (ExecutionException failed) {
            throw unanswered(failed);
        }
    }

    private static long offset(OffsetAndMetadata commit) {
        return commit == null ? 0 : commit.offset();
    }

    private List<TopicPartition> partitions() throws InterruptedException {
        List<String> topics = Topics.coPartitioned().stream()
                .filter(topic -> topic.role() == Role.INPUT)
                .map(Topic::name)
                .toList();
        try {
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
        } catch (ExecutionException failed) {
            admin.close();
            throw unanswered(failed);
        }
    }

    private static KafkaException unanswered(ExecutionException failed) {
        return new KafkaException(
                "the broker does not answer: " + failed.getCause().getMessage(), failed.getCause());
    }

    @Override
    public void close() {
        admin.close();
    }
}
