package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Subjects;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.TopicProvisioner;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** The topics of the benchmark: made before each measurement, so that none reads or adds to what an earlier one wrote. */
final class BenchCluster implements AutoCloseable {

    /** Where the byte copy goes. */
    static final String COPY = "touchpoint-bench-copy";

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Admin admin;
    private final AppConfig config;

    BenchCluster(AppConfig config) {
        this.config = config;
        this.admin = Admin.create(config.kafka().admin());
    }

    /** Makes all topics and registers the schemas of their records. */
    void provision() {
        new TopicProvisioner(admin, config.topics()).create();
        try (var registry = new HttpSchemaRegistry(config.serde().registry())) {
            new Subjects(registry).register().stream().findFirst().ifPresent(problem -> {
                throw new IllegalStateException(problem.toString());
            });
        }
    }

    /** Deletes everything but the input, and makes the topics anew that must be there. */
    void startAfresh() throws InterruptedException {
        var inputs = Topics.of(Role.INPUT).stream().map(Topic::name).toList();
        var others = new HashSet<>(await(admin.listTopics().names()));
        inputs.forEach(others::remove);
        await(admin.deleteTopics(others).all());
        awaitGone(others);
        new TopicProvisioner(admin, config.topics()).create();
        await(admin.createTopics(List.of(new NewTopic(COPY, config.topics().partitions(), (short) 1)))
                .all());
    }

    private void awaitGone(Set<String> topics) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (await(admin.listTopics().names()).stream().anyMatch(topics::contains)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker has not deleted topics within " + PATIENCE.toSeconds()
                        + " s (expected: all but the input to be gone)");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** {@return how many input events a consumer group has committed} */
    long committed(String group, Collection<String> inputs) throws InterruptedException {
        var offsets = await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null
                        && inputs.contains(entry.getKey().topic()))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw new KafkaException("the broker does not answer: " + Pipeline.cause(failed), failed);
        }
    }

    /** {@return bytes of all files below the folder, as they are when looked at} */
    static long bytesIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(BenchCluster::size)
                    .sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0; // a store compacts its files while one looks
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
