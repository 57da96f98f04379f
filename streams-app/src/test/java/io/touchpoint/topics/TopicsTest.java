package io.touchpoint.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.docs.GeneratedPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final TopicSettings SETTINGS = TopicSettings.forOneMachine(4);

    @Test
    void shouldHaveAnUpToDatePage() {
        GeneratedPage.assertUpToDate("topics.md", TopicsPage.text());
    }

    @Test
    void shouldDeclareEachNameOnce() {
        assertThat(Topics.all()).extracting(Topic::name).doesNotHaveDuplicates();
        assertThat(Topics.all()).extracting(Topic::name).allMatch(name -> name.matches("touchpoint\\.[a-z.-]+\\.v1"));
    }

    @Test
    void shouldDeclareEveryTopicOfTheDesign() {
        assertThat(Topics.of(Role.INPUT))
                .extracting(Topic::label)
                .containsExactly(
                        "surveys",
                        "orders",
                        "ad-clicks",
                        "support",
                        "customers",
                        "erasures",
                        "invitations",
                        "ad-spend",
                        "leads");
        assertThat(Topics.of(Role.OUTPUT))
                .extracting(Topic::label)
                .containsExactly(
                        "profiles",
                        "suppressions",
                        "audience-changes",
                        "audience-receipts",
                        "churn-signals",
                        "attribution",
                        "kpis.rolling",
                        "kpis.calendar",
                        "alerts",
                        "rejected",
                        "erasure-receipts");
        assertThat(Topics.of(Role.INTERNAL))
                .extracting(Topic::label)
                .containsExactly("fact-partials", "control", "runs-done", "activation-state");
    }

    @Test
    void shouldCoPartitionWhatTheFoldReads() {
        assertThat(Topics.coPartitioned())
                .extracting(Topic::label)
                .containsExactlyInAnyOrder(
                        "surveys",
                        "orders",
                        "ad-clicks",
                        "support",
                        "customers",
                        "erasures",
                        "invitations",
                        "ad-spend",
                        "leads",
                        "control");
        assertThat(Topics.ofCustomers())
                .doesNotContain(Topics.AD_SPEND, Topics.LEADS)
                .hasSize(8);
        // Whatever carries the customer in an input is keyed by it.
        assertThat(Topics.of(Role.INPUT).stream()
                        .filter(topic -> topic.key().equals("customer_id"))
                        .toList())
                .allMatch(topic -> topic.partitioning() == Partitioning.WITH_CUSTOMERS)
                .allMatch(topic -> SpecificData.get().getSchema(topic.type()).getField("customer_id") != null);
    }

    @Test
    void shouldCompactOnlyWhatIsReplacedByKey() {
        assertThat(Topics.all().stream()
                        .filter(topic -> topic.lifetime() == Lifetime.LATEST)
                        .toList())
                .extracting(Topic::label)
                .containsExactlyInAnyOrder(
                        "customers",
                        "ad-spend",
                        "profiles",
                        "suppressions",
                        "kpis.rolling",
                        "kpis.calendar",
                        "activation-state");
    }

    @Test
    void shouldNeverDeleteByEventTimeUnlessAsked() {
        assertThat(Topics.ORDERS.required(SETTINGS))
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete", "retention.ms", "-1", "message.timestamp.type", "CreateTime"));
        assertThat(Topics.CHURN_SIGNALS.required(SETTINGS)).containsEntry("retention.ms", "-1");
        assertThat(Topics.PROFILES.required(SETTINGS))
                .isEqualTo(Map.of(
                        "cleanup.policy", "compact", "retention.ms", "-1", "message.timestamp.type", "CreateTime"));
        var yearOnly = new TopicSettings(
                4, (short) 1, Optional.of(Duration.ofDays(365)), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(Topics.ORDERS.required(yearOnly)).containsEntry("retention.ms", "31536000000");
        assertThat(Topics.CUSTOMERS.required(yearOnly)).containsEntry("retention.ms", "-1");
    }

    @Test
    void shouldKeepWhatIsReplacedUntilItHasSurelyBeenRead() {
        assertThat(Topics.all().stream().filter(Topic::isCompactedInput).toList())
                .containsExactly(Topics.CUSTOMERS, Topics.AD_SPEND)
                .allSatisfy(topic -> assertThat(topic.toCreate(SETTINGS).configs())
                        .containsEntry("min.compaction.lag.ms", "34560000000"));
        var forEver =
                new TopicSettings(4, (short) 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(Topics.CUSTOMERS.required(forEver)).containsEntry("min.compaction.lag.ms", "9223372036854775807");
        assertThat(Topics.PROFILES.required(forEver)).doesNotContainKey("min.compaction.lag.ms");
    }

    @Test
    void shouldStampRejectedRecordsByArrival() {
        assertThat(Topics.REJECTED.required(SETTINGS))
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "2592000000",
                        "message.timestamp.type", "LogAppendTime",
                        "max.message.bytes", "2097152"));
    }

    @Test
    void shouldCreateWithPartitionsAndCopies() {
        var orders = Topics.ORDERS.toCreate(SETTINGS);
        assertThat(orders.numPartitions()).isEqualTo(4);
        assertThat(orders.replicationFactor()).isEqualTo((short) 1);
        assertThat(Topics.PROFILES.toCreate(SETTINGS).configs()).containsEntry("delete.retention.ms", "604800000");
    }

    @Test
    void shouldFindATopicByName() {
        assertThat(Topics.named("touchpoint.kpis.rolling.v1")).contains(Topics.ROLLING_KPIS);
        assertThat(Topics.named("other")).isEmpty();
        assertThat(Topics.ROLLING_KPIS.slug()).isEqualTo("kpis-rolling");
        assertThat(List.of(Topics.ORDERS.subject())).containsExactly("touchpoint.orders.v1-value");
    }
}
