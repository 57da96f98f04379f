package io.touchpoint.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the declared topics on a cluster and says what is wrong with those that are there. Never alters or deletes one:
 * a change of cleanup or partitions can lose data, and is for people to decide.
 */
public final class TopicProvisioner {

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 20;

    private final Admin admin;
    private final TopicSettings settings;

    /** The client is the caller's to close. */
    public TopicProvisioner(Admin admin, TopicSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * The declared topics that the cluster has, by full name.
     *
     * @throws KafkaException when the cluster does not answer
     */
    public Map<String, TopicOnBroker> found() {
        return found(Topics.all());
    }

    /**
     * Those of these topics that the cluster has, by full name. Asks about no other, of which it may not be allowed to know.
     *
     * @throws KafkaException when the cluster does not answer
     */
    public Map<String, TopicOnBroker> found(Collection<? extends Topic<?>> topics) {
        var descriptions = existing(topics);
        var configs = configs(descriptions.keySet());
        var found = new HashMap<String, TopicOnBroker>();
        descriptions.forEach((name, description) -> {
            int replication = description.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            found.put(name, new TopicOnBroker(name, description.partitions().size(), replication, configs.get(name)));
        });
        return found;
    }

    /**
     * Creates what is missing, leaves the rest alone, and returns when the new topics take records.
     *
     * @return full names of the created ones, in order of declaration
     * @throws KafkaException when the cluster does not answer or refuses
     */
    public List<String> create() {
        var existing = existing(Topics.all()).keySet();
        var missing = Topics.all().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(topic -> topic.toCreate(settings))
                .toList();
        var created = new ArrayList<String>();
        var results = admin.createTopics(missing);
        for (var topic : missing) {
            try {
                await(results.values().get(topic.name()), "create " + topic.name());
                created.add(topic.name());
            } catch (TopicExistsException someoneElse) {
                // Two instances may start together; whoever was first, it is there and verify() judges it.
            }
        }
        awaitLeaders(created, results);
        return created;
    }

    /**
     * A topic is created before its leaders know of it. A producer that writes at once has several batches under way, and
     * when the first is turned away and the second taken, an idempotent one can never deliver the first: a new partition
     * believes any sequence number.
     */
    private void awaitLeaders(Collection<String> names, CreateTopicsResult results) {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        for (var name : names) {
            int count = await(results.numPartitions(name), "create " + name);
            for (int partition = 0; partition < count; partition++) {
                partitions.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        }
        awaitKnown(names);
        // Only a leader that is ready answers; the client asks until then.
        await(admin.listOffsets(partitions).all(), "reach the leaders of the new topics");
    }

    /** The broker that is asked may hear of a topic later than the one that made it. */
    private void awaitKnown(Collection<String> names) {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (!isKnown(names)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException(
                        "the brokers do not know the new topics after " + KNOWN_WITHIN.toSeconds() + " s");
            }
            pause();
        }
    }

    private boolean isKnown(Collection<String> names) {
        try {
            return await(admin.describeTopics(names).allTopicNames(), "describe the new topics").values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (UnknownTopicOrPartitionException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Everything that is wrong with the topics on the cluster; empty when nothing is.
     *
     * @throws KafkaException when the cluster does not answer
     */
    public List<TopicProblem> verify() {
        return TopicCheck.problems(Topics.all(), settings, found());
    }

    private Map<String, TopicDescription> existing(Collection<? extends Topic<?>> topics) {
        var descriptions = new HashMap<String, TopicDescription>();
        var names = topics.stream().map(Topic::name).toList();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
            try {
                descriptions.put(name, await(description, "describe " + name));
            } catch (UnknownTopicOrPartitionException missing) {
                // The absence is the answer.
            }
        });
        return descriptions;
    }

    private Map<String, Map<String, String>> configs(Collection<String> names) {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var configs = await(admin.describeConfigs(resources).all(), "read topic settings");
        return configs.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), entry -> values(entry.getValue())));
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static <V> V await(KafkaFuture<V> future, String what) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            throw new KafkaException("cannot " + what + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
