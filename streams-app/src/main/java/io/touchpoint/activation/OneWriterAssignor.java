package io.touchpoint.activation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives every partition to one member of the group: an audience's changes come on all partitions, and only one may write to it. Who has them
 * keeps them; the others stand by, and one of them gets all when that member is gone.
 */
public final class OneWriterAssignor implements ConsumerPartitionAssignor {

    @Override
    public String name() {
        return "one-writer";
    }

    /** Who keeps its partitions does not have to give them up first. */
    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
    }

    @Override
    public ByteBuffer subscriptionUserData(java.util.Set<String> topics) {
        return null;
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        var members = group.groupSubscription();
        var all = new ArrayList<TopicPartition>();
        members.values().stream()
                .flatMap(member -> member.topics().stream())
                .distinct()
                .sorted()
                .forEach(topic -> cluster.partitionsForTopic(topic)
                        .forEach(partition -> all.add(new TopicPartition(topic, partition.partition()))));
        var writer = writer(members);
        var others = members.entrySet().stream()
                .filter(member -> !member.getKey().equals(writer))
                .flatMap(member -> owned(member.getValue()).stream())
                .toList();
        var assignments = new HashMap<String, Assignment>();
        members.keySet().forEach(member -> assignments.put(member, new Assignment(List.of())));
        // What only somebody else still holds comes in a second round, when it was given up. What the writer holds
        // stays: it would stop
        // being the writer, and pass over what it reads of the rest meanwhile.
        var held = owned(members.get(writer));
        all.removeIf(partition -> others.contains(partition) && !held.contains(partition));
        assignments.put(writer, new Assignment(all));
        return new GroupAssignment(assignments);
    }

    /** The one of the newest generation that has any; without one, any, but the same for everybody. */
    private static String writer(Map<String, Subscription> members) {
        return members.entrySet().stream()
                .max(Comparator.<Map.Entry<String, Subscription>>comparingInt(
                                member -> owned(member.getValue()).isEmpty() ? 0 : 1)
                        .thenComparingInt(
                                member -> member.getValue().generationId().orElse(-1))
                        .thenComparing(
                                Map.Entry.<String, Subscription>comparingByKey().reversed()))
                .orElseThrow()
                .getKey();
    }

    private static List<TopicPartition> owned(Subscription member) {
        return member.ownedPartitions();
    }
}
