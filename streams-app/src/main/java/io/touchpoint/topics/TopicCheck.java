package io.touchpoint.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.record.TimestampType;

/** Compares the declared topics with those of a cluster. */
final class TopicCheck {

    private static final long UNLIMITED = -1;

    /** How far back event times must be accepted: to 1990, before which intake refuses them anyway. */
    private static final long LEAST_TIMESTAMP_REACH = Duration.ofDays(366 * 40).toMillis();

    private final TopicSettings settings;
    private final Map<String, TopicOnBroker> found;
    private final List<TopicProblem> problems = new ArrayList<>();

    private TopicCheck(TopicSettings settings, Map<String, TopicOnBroker> found) {
        this.settings = settings;
        this.found = found;
    }

    /** {@return everything that is wrong, topic by topic; empty when nothing is} */
    static List<TopicProblem> problems(
            List<Topic<?>> topics, TopicSettings settings, Map<String, TopicOnBroker> found) {
        var check = new TopicCheck(settings, found);
        topics.forEach(check::check);
        check.checkPartitions(topics);
        return List.copyOf(check.problems);
    }

    private void check(Topic<?> topic) {
        var there = found.get(topic.name());
        if (there == null) {
            problem(topic, "missing", "a topic; 'touchpoint topics create' makes it");
            return;
        }
        var required = topic.required(settings);
        checkCleanup(topic, there, required.get(CLEANUP_POLICY_CONFIG));
        if (topic.lifetime() != Lifetime.LATEST) {
            checkRetention(topic, there, Long.parseLong(required.get(RETENTION_MS_CONFIG)));
        }
        checkTimestamps(topic, there, required.get(MESSAGE_TIMESTAMP_TYPE_CONFIG));
        if (required.containsKey(MIN_COMPACTION_LAG_MS_CONFIG)) {
            checkCompactionLag(topic, there, Long.parseLong(required.get(MIN_COMPACTION_LAG_MS_CONFIG)));
        }
        if (required.containsKey(MAX_MESSAGE_BYTES_CONFIG)) {
            checkMessageSize(topic, there, Integer.parseInt(required.get(MAX_MESSAGE_BYTES_CONFIG)));
        }
        if (there.replication() < settings.replication()) {
            problem(
                    topic,
                    "replication " + there.replication(),
                    "at least " + settings.replication() + ", or topics.replication=" + there.replication());
        }
    }

    private void checkCleanup(Topic<?> topic, TopicOnBroker there, String required) {
        var policies = Arrays.stream(there.config(CLEANUP_POLICY_CONFIG).split(","))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!policies.equals(Set.of(required))) {
            problem(
                    topic,
                    CLEANUP_POLICY_CONFIG + "=" + String.join(",", policies),
                    CLEANUP_POLICY_CONFIG + "=" + required);
        }
    }

    private void checkRetention(Topic<?> topic, TopicOnBroker there, long required) {
        long retention = number(there, RETENTION_MS_CONFIG, UNLIMITED);
        if (isShorter(retention, required)) {
            problem(
                    topic,
                    RETENTION_MS_CONFIG + "=" + retention,
                    RETENTION_MS_CONFIG + "=" + required
                            + (topic.lifetime().timestamps() == TimestampType.CREATE_TIME
                                    ? "; records carry event time, so older ones are deleted within minutes"
                                    : ""));
        }
        long size = number(there, RETENTION_BYTES_CONFIG, UNLIMITED);
        if (size != UNLIMITED) {
            problem(
                    topic,
                    RETENTION_BYTES_CONFIG + "=" + size,
                    RETENTION_BYTES_CONFIG + "=-1; else history goes with size");
        }
    }

    private void checkTimestamps(Topic<?> topic, TopicOnBroker there, String required) {
        var type = there.config(MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (!type.equals(required)) {
            problem(topic, MESSAGE_TIMESTAMP_TYPE_CONFIG + "=" + type, MESSAGE_TIMESTAMP_TYPE_CONFIG + "=" + required);
        }
        long reach = number(there, MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE);
        if (topic.lifetime().timestamps() == TimestampType.CREATE_TIME && reach < LEAST_TIMESTAMP_REACH) {
            problem(
                    topic,
                    MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG + "=" + reach,
                    MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG + "=" + Long.MAX_VALUE
                            + "; else the broker refuses past events");
        }
    }

    private void checkCompactionLag(Topic<?> topic, TopicOnBroker there, long required) {
        long lag = number(there, MIN_COMPACTION_LAG_MS_CONFIG, 0);
        if (lag < required) {
            problem(
                    topic,
                    MIN_COMPACTION_LAG_MS_CONFIG + "=" + lag,
                    "at least " + required + "; else what is replaced may be gone before the pipeline has read it");
        }
    }

    private void checkMessageSize(Topic<?> topic, TopicOnBroker there, int required) {
        long size = number(there, MAX_MESSAGE_BYTES_CONFIG, 0);
        if (size < required) {
            problem(
                    topic,
                    MAX_MESSAGE_BYTES_CONFIG + "=" + size,
                    "at least " + required + "; a refused record is wrapped in another");
        }
    }

    /** One task reads partition n of all of them. */
    private void checkPartitions(List<Topic<?>> topics) {
        var byCount = new TreeMap<Integer, List<Topic<?>>>();
        for (var topic : topics) {
            var there = found.get(topic.name());
            if (topic.partitioning() == Partitioning.WITH_CUSTOMERS && there != null) {
                byCount.computeIfAbsent(there.partitions(), any -> new ArrayList<>())
                        .add(topic);
            }
        }
        if (byCount.size() == 1 && byCount.firstKey() != settings.partitions()) {
            byCount.firstEntry()
                    .getValue()
                    .forEach(topic -> problem(
                            topic,
                            byCount.firstKey() + " partitions",
                            settings.partitions() + ", or topics.partitions=" + byCount.firstKey()
                                    + ", which all topics that one task reads have"));
        } else if (byCount.size() > 1) {
            var counts = byCount.entrySet().stream()
                    .map(entry -> entry.getKey() + ": "
                            + entry.getValue().stream().map(Topic::label).collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; "));
            byCount.forEach((count, same) -> {
                if (count != settings.partitions()) {
                    same.forEach(topic -> problem(
                            topic,
                            count + " partitions",
                            settings.partitions() + "; topics that one task reads must all have the same (" + counts
                                    + ")"));
                }
            });
        }
    }

    private static boolean isShorter(long retention, long required) {
        return retention != UNLIMITED && (required == UNLIMITED || retention < required);
    }

    private static long number(TopicOnBroker there, String config, long absent) {
        var text = there.config(config);
        return text.isEmpty() ? absent : Long.parseLong(text);
    }

    private void problem(Topic<?> topic, String what, String expected) {
        problems.add(new TopicProblem(topic.name(), what, expected));
    }
}
