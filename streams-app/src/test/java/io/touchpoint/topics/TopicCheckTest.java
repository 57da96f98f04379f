package io.touchpoint.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    private static final TopicSettings SETTINGS = TopicSettings.forOneMachine(4);

    private final Map<String, TopicOnBroker> cluster = new HashMap<>();

    TopicCheckTest() {
        Topics.all().forEach(topic -> put(topic, 4, 1, Map.of()));
    }

    @Test
    void shouldFindNothingWrongWithWhatWasCreatedAsDeclared() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldSayThatATopicIsMissing() {
        cluster.remove(Topics.SURVEYS.name());

        assertThat(problems())
                .containsExactly(
                        "touchpoint.surveys.v1: missing (expected: a topic; 'touchpoint topics create' makes it)");
    }

    @Test
    void shouldSayThatRetentionEatsHistory() {
        put(Topics.ORDERS, 4, 1, Map.of("retention.ms", "604800000"));

        assertThat(problems())
                .containsExactly(
                        "touchpoint.orders.v1: retention.ms=604800000 (expected: retention.ms=-1; records carry"
                                + " event time, so older ones are deleted within minutes)");
    }

    @Test
    void shouldSayThatHistoryGoesWithSize() {
        put(Topics.LEADS, 4, 1, Map.of("retention.bytes", "1000"));

        assertThat(problems()).singleElement().asString().contains("leads", "retention.bytes=1000");
    }

    @Test
    void shouldAcceptALongerRetentionThanAskedFor() {
        put(Topics.REJECTED, 4, 1, Map.of("retention.ms", "-1"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldSayThatCleanupIsWrongEitherWay() {
        put(Topics.ORDERS, 4, 1, Map.of("cleanup.policy", "compact"));
        put(Topics.PROFILES, 4, 1, Map.of("cleanup.policy", "delete,compact"));

        assertThat(problems())
                .containsExactly(
                        "touchpoint.orders.v1: cleanup.policy=compact (expected: cleanup.policy=delete)",
                        "touchpoint.profiles.v1: cleanup.policy=compact,delete (expected: cleanup.policy=compact)");
    }

    @Test
    void shouldSayThatTheClockIsWrong() {
        put(Topics.REJECTED, 4, 1, Map.of("message.timestamp.type", "CreateTime"));
        put(Topics.SUPPORT, 4, 1, Map.of("message.timestamp.before.max.ms", "86400000"));

        assertThat(problems())
                .hasSize(2)
                .anyMatch(
                        problem -> problem.equals("touchpoint.rejected.v1: message.timestamp.type=CreateTime (expected:"
                                + " message.timestamp.type=LogAppendTime)"))
                .anyMatch(problem -> problem.contains("support") && problem.contains("refuses past events"));
    }

    @Test
    void shouldSayThatARejectedRecordWouldNotFit() {
        put(Topics.REJECTED, 4, 1, Map.of("max.message.bytes", "1048588"));

        assertThat(problems()).singleElement().asString().contains("max.message.bytes=1048588", "at least 2097152");
    }

    @Test
    void shouldSayThatCompactionMayOvertakeThePipeline() {
        put(Topics.CUSTOMERS, 4, 1, Map.of("min.compaction.lag.ms", "0"));
        put(Topics.AD_SPEND, 4, 1, Map.of("min.compaction.lag.ms", "9223372036854775807"));
        put(Topics.PROFILES, 4, 1, Map.of("min.compaction.lag.ms", "0"));

        assertThat(problems())
                .containsExactly(
                        "touchpoint.customers.v1: min.compaction.lag.ms=0 (expected: at least 34560000000; else what is"
                                + " replaced may be gone before the pipeline has read it)");
    }

    @Test
    void shouldKnowWhichRecordsTheBrokerMayCompactAway() {
        var now = Instant.parse("2024-06-01T00:00:00Z");
        var young = now.minus(Duration.ofDays(399));
        var old = now.minus(Duration.ofDays(401));
        var contacts = cluster.get(Topics.CUSTOMERS.name());

        assertThat(contacts.mayCompact(Topics.CUSTOMERS, young, now)).isFalse();
        assertThat(contacts.mayCompact(Topics.CUSTOMERS, old, now)).isTrue();
        assertThat(cluster.get(Topics.ORDERS.name()).mayCompact(Topics.ORDERS, old, now))
                .isFalse();
        put(Topics.CUSTOMERS, 4, 1, Map.of("min.compaction.lag.ms", Long.toString(Long.MAX_VALUE)));
        assertThat(cluster.get(Topics.CUSTOMERS.name()).mayCompact(Topics.CUSTOMERS, Instant.EPOCH, now))
                .isFalse();
    }

    @Test
    void shouldNameTheTopicThatBreaksCoPartitioning() {
        put(Topics.AD_CLICKS, 6, 1, Map.of());

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("touchpoint.ad-clicks.v1: 6 partitions (expected: 4;")
                .contains("6: ad-clicks")
                .contains("4: surveys, orders, support, customers, erasures, invitations, ad-spend, leads, control");
    }

    @Test
    void shouldSayThatAllHaveAnotherNumberOfPartitionsThanConfigured() {
        Topics.coPartitioned().forEach(topic -> put(topic, 8, 1, Map.of()));

        assertThat(problems())
                .hasSize(Topics.coPartitioned().size())
                .allMatch(problem -> problem.contains("8 partitions") && problem.contains("topics.partitions=8"));
    }

    @Test
    void shouldLeaveThePartitionsOfOtherTopicsFree() {
        put(Topics.ALERTS, 1, 1, Map.of());
        put(Topics.PROFILES, 12, 1, Map.of());

        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldSayThatCopiesAreFewerThanConfigured() {
        var three = new TopicSettings(
                4,
                (short) 3,
                SETTINGS.retention(),
                SETTINGS.rejectedRetention(),
                SETTINGS.internalRetention(),
                SETTINGS.compactionLag());

        assertThat(TopicCheck.problems(List.of(Topics.ORDERS), three, cluster))
                .containsExactly(new TopicProblem(
                        "touchpoint.orders.v1", "replication 1", "at least 3, or topics.replication=1"));
    }

    private void put(Topic<?> topic, int partitions, int replication, Map<String, String> over) {
        var configs = new HashMap<>(
                Map.of("retention.bytes", "-1", "message.timestamp.before.max.ms", "9223372036854775807"));
        configs.putAll(topic.toCreate(SETTINGS).configs());
        configs.putAll(over);
        cluster.put(topic.name(), new TopicOnBroker(topic.name(), partitions, replication, configs));
    }

    private List<String> problems() {
        return TopicCheck.problems(Topics.all(), SETTINGS, cluster).stream()
                .map(TopicProblem::toString)
                .toList();
    }
}
