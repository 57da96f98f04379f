package io.touchpoint.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.touchpoint.docs.GeneratedPage;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topics;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrantsTest {

    private final Grants grants = new Grants("app");

    @Test
    void shouldHaveAnUpToDatePage() {
        GeneratedPage.assertUpToDate("acls.md", AccessPage.text());
    }

    @Test
    void shouldLetThePipelineReadItsInputsAndWriteItsOutputsAndNoMore() {
        assertThat(operations(Party.PIPELINE, "touchpoint.orders.v1"))
                .containsExactlyInAnyOrder(READ, DESCRIBE_CONFIGS);
        assertThat(operations(Party.PIPELINE, "touchpoint.profiles.v1"))
                .containsExactlyInAnyOrder(WRITE, DESCRIBE_CONFIGS);
        assertThat(operations(Party.PIPELINE, "touchpoint.fact-partials.v1"))
                .containsExactlyInAnyOrder(READ, WRITE, DESCRIBE_CONFIGS);
        for (var input : Topics.of(Role.INPUT)) {
            assertThat(operations(Party.PIPELINE, input.name()))
                    .as(input.name())
                    .doesNotContain(WRITE);
        }
    }

    @Test
    void shouldNameGroupTransactionsAndChangelogsByTheApplication() {
        assertThat(grants.of(Party.PIPELINE))
                .filteredOn(grant -> !grant.on().name().startsWith("touchpoint."))
                .extracting(
                        grant -> grant.on().resourceType(),
                        grant -> grant.on().patternType(),
                        grant -> grant.on().name(),
                        Grant::operations)
                .containsExactlyInAnyOrder(
                        tuple(ResourceType.TOPIC, PatternType.PREFIXED, "app-", Set.of(CREATE, READ, WRITE)),
                        tuple(ResourceType.GROUP, PatternType.LITERAL, "app", Set.of(READ)),
                        tuple(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, "app-", Set.of(WRITE)));
    }

    @ParameterizedTest
    @EnumSource(value = Party.class, names = "PIPELINE", mode = EnumSource.Mode.EXCLUDE)
    void shouldLetNobodyElseTouchStateGroupOrTransactionsOfThePipeline(Party party) {
        assertThat(grants.of(party))
                .noneMatch(grant ->
                        "app-customer-state-changelog".startsWith(grant.on().name()))
                .noneMatch(grant -> "app-0b6a2c8e-1".startsWith(grant.on().name()))
                .noneMatch(grant -> grant.on().name().equals("app"));
    }

    @Test
    void shouldNotShowRejectedRecordsToReaders() {
        assertThat(operations(Party.READER, "touchpoint.rejected.v1")).isEmpty();
        assertThat(operations(Party.READER, "touchpoint.kpis.rolling.v1")).containsExactly(READ);
    }

    @Test
    void shouldLetOperatorsCreateEveryDeclaredTopic() {
        for (var topic : Topics.all()) {
            assertThat(operations(Party.OPERATOR, topic.name()))
                    .containsExactlyInAnyOrder(CREATE, DESCRIBE, DESCRIBE_CONFIGS);
        }
    }

    @Test
    void shouldPrintOneCallForWhatIsAllowedAlike() {
        var lines = grants.commands(Party.PIPELINE, "User:CN=the pipeline", "kafka:9093");

        assertThat(lines)
                .contains(
                        "kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties --add --allow-principal"
                                + " 'User:CN=the pipeline' --operation Read --group app",
                        "kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties --add --allow-principal"
                                + " 'User:CN=the pipeline' --operation Write --resource-pattern-type prefixed --transactional-id app-");
        assertThat(String.join("\n", lines))
                .contains("--operation Read --operation DescribeConfigs", "--topic touchpoint.orders.v1");
    }

    private List<AclOperation> operations(Party party, String topic) {
        return grants.of(party).stream()
                .filter(grant -> grant.on().name().equals(topic))
                .flatMap(grant -> grant.operations().stream())
                .toList();
    }
}
