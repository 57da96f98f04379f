package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.KpiValue;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.Rejected;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a reader of committed records finds on the output topics: of a compacted topic the last record of each key, of audiences their members, of the
 * others all of them. Records are texts with their timestamp, in a stable order, so that a difference can be read.
 */
record Outputs(Map<String, Map<String, String>> compacted, Map<String, List<String>> others) {

    static Outputs of(TestCluster cluster) {
        var compacted = new LinkedHashMap<String, Map<String, String>>();
        var others = new LinkedHashMap<String, List<String>>();
        for (var topic : Topics.of(Role.OUTPUT)) {
            if (topic.lifetime() == Lifetime.LATEST) {
                compacted.put(topic.label(), latest(cluster, topic));
            } else if (topic.equals(Topics.AUDIENCE_CHANGES)) {
                compacted.put(topic.label(), members(cluster));
            } else {
                others.put(topic.label(), everything(cluster, topic));
            }
        }
        return new Outputs(compacted, others);
    }

    private static <T extends SpecificRecord> Map<String, String> latest(TestCluster cluster, Topic<T> topic) {
        var latest = new TreeMap<String, String>();
        try (var values = topic.serde(cluster.serdes()).deserializer()) {
            for (var record : cluster.read(topic)) {
                if (record.value() == null) {
                    latest.remove(record.key());
                } else {
                    var text = record.timestamp() + " " + values.deserialize(topic.name(), record.value());
                    latest.put(record.key(), topic.equals(Topics.CALENDAR_KPIS) ? withoutRevision(text) : text);
                }
            }
        }
        return latest;
    }

    /**
     * The members of audiences, by key: what changed on the way to them depends on what had arrived by then. Fails where the changes of a key do not follow on one another,
     * as they would not with one lost or told twice.
     */
    private static Map<String, String> members(TestCluster cluster) {
        var members = new TreeMap<String, String>();
        var revisions = new TreeMap<String, Long>();
        try (var values = Topics.AUDIENCE_CHANGES.serde(cluster.serdes()).deserializer()) {
            for (var record : cluster.read(Topics.AUDIENCE_CHANGES)) {
                var change = values.deserialize(Topics.AUDIENCE_CHANGES.name(), record.value());
                if (change == null) {
                    assertThat(members).as("forgotten as members").doesNotContainKey(record.key());
                    continue;
                }
                var hashes = "0 " + change.getEmailHashes() + change.getPhoneHashes();
                assertThat(change.getRevision())
                        .as("revision of " + change)
                        .isGreaterThan(revisions.getOrDefault(record.key(), 0L));
                revisions.put(record.key(), change.getRevision());
                boolean add = change.getChange() == MembershipChange.ADD;
                boolean newcomer = add && !change.getCause().equals("REFRESHED");
                assertThat(members.get(record.key())).as("before " + change).isEqualTo(newcomer ? null : hashes);
                if (add) {
                    members.put(record.key(), hashes);
                } else {
                    members.remove(record.key());
                }
            }
        }
        return members;
    }

    /** How often a final value was corrected depends on which corrections came within one second. */
    private static String withoutRevision(String value) {
        return value.replaceAll("\"revision\": [1-9]\\d*", "\"revision\": some");
    }

    private static <T extends SpecificRecord> List<String> everything(TestCluster cluster, Topic<T> topic) {
        var all = new ArrayList<String>();
        try (var values = topic.serde(cluster.serdes()).deserializer()) {
            for (var record : cluster.read(topic)) {
                // Rejected records are stamped by the broker.
                var time = topic.lifetime() == Lifetime.REFUSALS ? "" : record.timestamp() + " ";
                all.add(record.key() + " " + time + values.deserialize(topic.name(), record.value()));
            }
        }
        Collections.sort(all);
        return all;
    }

    Map<String, String> of(Topic<?> topic) {
        return compacted.get(topic.label());
    }

    List<String> all(Topic<?> topic) {
        return others.get(topic.label());
    }

    /** The same, but for values whose key has another reason to differ. */
    Outputs without(Topic<?> topic, Predicate<String> keys) {
        var kept = new LinkedHashMap<>(compacted);
        var left = new TreeMap<>(compacted.get(topic.label()));
        left.keySet().removeIf(keys);
        kept.put(topic.label(), left);
        return new Outputs(kept, others);
    }

    /** The same, but for when things were decided, which depends on what had arrived by then. */
    Outputs withoutTimestamps() {
        var values = new LinkedHashMap<>(compacted);
        values.replaceAll((topic, records) -> {
            var stripped = new TreeMap<>(records);
            stripped.replaceAll((key, record) -> record.substring(record.indexOf(' ') + 1));
            return stripped;
        });
        return new Outputs(values, others);
    }

    /** Fails, naming topic and key, unless the compacted topics are equal. */
    void assertSameCompactedAs(Outputs expected) {
        for (var topic : expected.compacted.entrySet()) {
            assertSame(topic.getKey(), compacted.get(topic.getKey()), topic.getValue());
        }
    }

    /** Fails unless the other topics hold the same records too, each as often. */
    void assertSameAs(Outputs expected) {
        assertSameCompactedAs(expected);
        for (var topic : expected.others.entrySet()) {
            assertThat(others.get(topic.getKey())).as(topic.getKey()).isEqualTo(topic.getValue());
        }
    }

    private static void assertSame(String topic, Map<String, String> found, Map<String, String> expected) {
        assertThat(lacking(found, expected)).as("missing from " + topic).isEmpty();
        assertThat(lacking(expected, found)).as("not expected on " + topic).isEmpty();
        expected.forEach(
                (key, value) -> assertThat(found.get(key)).as(topic + " " + key).isEqualTo(value));
    }

    /** What the other has and this has not: thousands of equal keys would hide it. */
    private static Map<String, String> lacking(Map<String, String> present, Map<String, String> other) {
        var lacking = new TreeMap<>(other);
        lacking.keySet().removeAll(present.keySet());
        return lacking;
    }

    /** Fails unless there is enough to tell a right run from a wrong one. */
    void assertTelling() {
        assertThat(of(Topics.PROFILES)).as("profiles").hasSizeGreaterThan(100);
        assertThat(of(Topics.SUPPRESSIONS).values())
                .as("suppressions")
                .hasSizeGreaterThan(100)
                .anyMatch(value -> value.contains("\"LIFTED\""))
                .anyMatch(value -> value.contains("\"ACTIVE\""));
        assertThat(of(Topics.AUDIENCE_CHANGES)).as("members of audiences").hasSizeGreaterThan(100);
        assertThat(all(Topics.CHURN_SIGNALS)).as("churn signals").hasSizeGreaterThan(100);
        assertThat(of(Topics.ROLLING_KPIS)).as("KPIs").containsKey("nps|all|P30D");
    }

    /** The numerator of a KPI; fails where it is not there. */
    static double numerator(TestCluster cluster, String key) {
        Double found = null;
        try (var values = Topics.ROLLING_KPIS.serde(cluster.serdes()).deserializer()) {
            for (var record : cluster.read(Topics.ROLLING_KPIS)) {
                if (record.key().equals(key)) {
                    KpiValue value = values.deserialize(Topics.ROLLING_KPIS.name(), record.value());
                    found = value.getNumerator();
                }
            }
        }
        assertThat(found).as(key).isNotNull();
        return found;
    }

    /** Everything refused, in no particular order. */
    static List<Rejected> rejections(TestCluster cluster) {
        try (var values = Topics.REJECTED.serde(cluster.serdes()).deserializer()) {
            return cluster.read(Topics.REJECTED).stream()
                    .map(record -> values.deserialize(Topics.REJECTED.name(), record.value()))
                    .toList();
        }
    }
}
