package io.touchpoint.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.touchpoint.queries.LiveOutputs;
import io.touchpoint.runtime.TopologyPicture;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The least that each party must be allowed on a cluster that denies what is not: derived from the declared topics and from what the
 * topology reads and writes, so that a new topic or step brings its own grants along.
 */
public final class Grants {

    /** As deploy/connect names the group of the workers, their topics, and what belongs to each connector. */
    private static final String WORKERS = "touchpoint-connect";

    private static final String TOPICS_OF_WORKERS = "touchpoint.connect-";
    private static final String SINKS = "connect-touchpoint-";

    private static final List<Topic<?>> WAREHOUSED = List.of(
            Topics.PROFILES,
            Topics.SUPPRESSIONS,
            Topics.CHURN_SIGNALS,
            Topics.ATTRIBUTION,
            Topics.ROLLING_KPIS,
            Topics.CALENDAR_KPIS,
            Topics.ALERTS,
            Topics.ERASURE_RECEIPTS);

    private static final Set<AclOperation> TO_READ = EnumSet.of(READ);
    private static final Set<AclOperation> TO_WRITE = EnumSet.of(WRITE);

    private final String applicationId;
    private final TopologyPicture topology;

    /** @param applicationId of the pipeline; names its group, transactions and changelogs */
    public Grants(String applicationId) {
        this.applicationId = applicationId;
        this.topology = TopologyPicture.ofDefaults();
    }

    /** {@return what a party needs, topics first} */
    public List<Grant> of(Party party) {
        return switch (party) {
            case OPERATOR ->
                each(
                        Topics.all(),
                        EnumSet.of(CREATE, DESCRIBE, DESCRIBE_CONFIGS),
                        "creates it and looks at its settings");
            case PIPELINE -> pipeline();
            case PRODUCER -> each(Topics.of(Role.INPUT), TO_WRITE, "publishes to it");
            case IMPORTER ->
                each(
                        Topics.of(Role.INPUT),
                        EnumSet.of(WRITE, DESCRIBE_CONFIGS),
                        "publishes to it, once its settings are right");
            case READER -> each(LiveOutputs.topics(), TO_READ, "shows what is on it");
            case CONNECT -> connect();
            case ACTIVATE -> activate();
        };
    }

    /** {@return calls of {@code kafka-acls.sh} that grant a party what it needs, one a line} */
    public List<String> commands(Party party, String principal, String bootstrapServers) {
        return AclLines.of(of(party), principal, bootstrapServers);
    }

    private List<Grant> pipeline() {
        var grants = new ArrayList<Grant>();
        for (var topic : Topics.all()) {
            grants.add(Grant.of(TOPIC, topic.name(), pipelineOn(topic), "checks it at the start" + also(topic)));
        }
        var own = applicationId + "-";
        grants.add(Grant.below(TOPIC, own, EnumSet.of(CREATE, READ, WRITE), "keeps its state in these changelogs"));
        grants.add(Grant.of(GROUP, applicationId, TO_READ, "shares the work among its instances"));
        grants.add(Grant.below(
                TRANSACTIONAL_ID, own, TO_WRITE, "writes what it decided and how far it read in one transaction"));
        return grants;
    }

    private List<Grant> connect() {
        var grants = new ArrayList<Grant>(each(WAREHOUSED, TO_READ, "copies what is on it"));
        grants.add(Grant.below(
                TOPIC,
                TOPICS_OF_WORKERS,
                EnumSet.of(CREATE, READ, WRITE, DESCRIBE_CONFIGS),
                "keeps connectors, offsets and status on these"));
        grants.add(Grant.of(GROUP, WORKERS, TO_READ, "shares the work among its workers"));
        grants.add(Grant.below(GROUP, SINKS, TO_READ, "remembers how far each connector read"));
        grants.add(Grant.below(
                TRANSACTIONAL_ID,
                SINKS,
                TO_WRITE,
                "says of the files for Iceberg that they are written, in transactions"));
        return grants;
    }

    private List<Grant> activate() {
        var grants = new ArrayList<Grant>();
        grants.addAll(each(List.of(Topics.AUDIENCE_CHANGES), TO_READ, "takes what changed to the platform"));
        grants.addAll(each(List.of(Topics.AUDIENCE_RECEIPTS), TO_WRITE, "says what became of it"));
        grants.addAll(each(List.of(Topics.ACTIVATION_STATE), EnumSet.of(READ, WRITE), "keeps who is a member on it"));
        var own = applicationId + "-activate-";
        grants.add(Grant.below(GROUP, own, TO_READ, "remembers how far it read, for each platform"));
        grants.add(Grant.below(
                TRANSACTIONAL_ID, own, TO_WRITE, "writes state and receipts in one transaction, for each platform"));
        return grants;
    }

    private Set<AclOperation> pipelineOn(Topic<?> topic) {
        var operations = EnumSet.of(DESCRIBE_CONFIGS);
        if (topology.sources().contains(topic.name()) || onDashboard(topic)) {
            operations.add(READ);
        }
        if (topology.sinks().contains(topic.name())) {
            operations.add(WRITE);
        }
        if (operations.size() == 1) {
            operations.add(DESCRIBE);
        }
        return operations;
    }

    /** The instances also show what was refused, and no longer whom they were told to forget; readers elsewhere show neither. */
    private static boolean onDashboard(Topic<?> topic) {
        return LiveOutputs.topics().contains(topic) || topic == Topics.REJECTED || topic == Topics.ERASURE_RECEIPTS;
    }

    private String also(Topic<?> topic) {
        return (topology.sources().contains(topic.name()) ? ", and reads it" : "")
                + (topology.sinks().contains(topic.name()) ? ", and writes it" : "")
                + (onDashboard(topic) ? ", and shows what is on it" : "");
    }

    private static List<Grant> each(Collection<? extends Topic<?>> topics, Set<AclOperation> operations, String why) {
        return topics.stream()
                .map(topic -> Grant.of(TOPIC, topic.name(), operations, why))
                .toList();
    }
}
