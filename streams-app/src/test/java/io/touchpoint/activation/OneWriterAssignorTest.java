package io.touchpoint.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OneWriterAssignorTest {

    private static final String TOPIC = "changes";
    private static final List<TopicPartition> ALL =
            IntStream.range(0, 4).mapToObj(i -> new TopicPartition(TOPIC, i)).toList();

    @Test
    void shouldGiveEverythingToOne() {
        assertThat(assign(Map.of("a", member(List.of(), -1), "b", member(List.of(), -1))))
                .isEqualTo(Map.of("a", ALL, "b", List.of()));
    }

    @Test
    void shouldLeaveItWithWhoHasIt() {
        assertThat(assign(Map.of("a", member(List.of(), -1), "b", member(ALL, 3))))
                .isEqualTo(Map.of("a", List.of(), "b", ALL));
        assertThat(assign(Map.of("a", member(List.of(), 4), "b", member(ALL.subList(0, 2), 4))))
                .as("with the new partitions too")
                .isEqualTo(Map.of("a", List.of(), "b", ALL));
    }

    @Test
    void shouldBelieveTheNewerOwnerAndWaitForTheOlderToGiveUp() {
        assertThat(assign(Map.of("a", member(ALL.subList(0, 2), 3), "b", member(ALL.subList(2, 4), 5))))
                .isEqualTo(Map.of("a", List.of(), "b", ALL.subList(2, 4)));
    }

    @Test
    void shouldNotTakeFromTheWriterWhatAnOlderOwnerStillNames() {
        assertThat(assign(Map.of("a", member(ALL.subList(0, 2), 3), "b", member(ALL, 5))))
                .isEqualTo(Map.of("a", List.of(), "b", ALL));
    }

    private static Subscription member(List<TopicPartition> owned, int generation) {
        return new Subscription(List.of(TOPIC), null, owned, generation, Optional.empty());
    }

    private static Map<String, List<TopicPartition>> assign(Map<String, Subscription> members) {
        var node = new Node(1, "localhost", 9092);
        var partitions = ALL.stream()
                .map(partition ->
                        new PartitionInfo(TOPIC, partition.partition(), node, new Node[] {node}, new Node[] {node}))
                .toList();
        var cluster = new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
        var assigned = new HashMap<String, List<TopicPartition>>();
        new OneWriterAssignor()
                .assign(cluster, new GroupSubscription(members))
                .groupAssignment()
                .forEach((member, assignment) -> assigned.put(member, assignment.partitions()));
        return assigned;
    }
}
