package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.Suppression;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.runtime.StreamsProperties;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology without a broker: one task, one partition, a commit after every record, and a wall clock that stands
 * still until it is moved. Everything that comes out is kept; the {@code only…} methods fail where nothing came.
 */
final class PipelineDriver implements AutoCloseable {

    private static final int DAYS_BY_THE_HOUR = 60;

    /** What came out, as it would stand on the topic. */
    record Published<T>(String key, T value, Instant timestamp) {}

    /** The account of a run, from the KPIs. */
    record Account(long read, long folded, long duplicate, long rejected) {}

    private final RecordSerdes serdes = RecordSerdes.over(new InMemorySchemaRegistry());
    private final Serializer<SpecificRecord> values = serdes.anyContract();
    private final Path stateDir = temporary();
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private final Map<String, TestOutputTopic<String, byte[]>> outputs = new HashMap<>();
    private final Map<String, List<Published<byte[]>>> published = new HashMap<>();
    private Instant now;
    private long lag;

    private PipelineDriver(Instant start, Map<String, String> settings) {
        now = start;
        var all = new HashMap<>(Map.of("topics.partitions", "1", "streams.state-dir", stateDir.toString()));
        all.putAll(settings);
        var config = AppConfig.read(Optional.empty(), Map.of(), all);
        var properties = StreamsProperties.of(config);
        var topology = new TouchpointTopology(
                        config, PolicyFile.shipped(), serdes, () -> now, partitions -> processed -> lag)
                .build(properties);
        driver = new TopologyTestDriver(topology, properties, start);
    }

    /** With the wall clock at that instant, the shipped policy, and time taken from the events alone. */
    static PipelineDriver onEventTime(Instant start) {
        return new PipelineDriver(start, Map.of("clock", "EVENT"));
    }

    /** As {@link #onEventTime}, with settings over it. */
    static PipelineDriver onEventTime(Instant start, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("clock", "EVENT");
        return new PipelineDriver(start, all);
    }

    /** With the wall clock at that instant, which counts once the input is read. */
    static PipelineDriver live(Instant start) {
        return new PipelineDriver(start, Map.of("clock", "LIVE"));
    }

    /** As {@link #live}, with settings over it. */
    static PipelineDriver live(Instant start, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("clock", "LIVE");
        return new PipelineDriver(start, all);
    }

    /** Publishes an event as its producer should. */
    void send(Topic<?> topic, SpecificRecord value) {
        send(topic, (String) value.get(value.getSchema().getField("customer_id").pos()), value);
    }

    void send(Topic<?> topic, String key, SpecificRecord value) {
        sendBytes(topic, key, values.serialize(topic.name(), value), occurredAt(value));
    }

    /** Publishes whatever is asked. */
    void sendBytes(Topic<?> topic, String key, byte[] value, Instant timestamp) {
        inputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createInputTopic(name, new StringSerializer(), new ByteArraySerializer()))
                .pipeInput(key, value, Math.max(0, timestamp.toEpochMilli()));
        collect();
    }

    /** How many records the broker still has, negative when that is not known. */
    void lag(long records) {
        lag = records;
    }

    /**
     * Lets the wall clock run: two ticks first, since one that follows an event decides nothing, then hour by hour, or twice a day when it is to run
     * for months.
     */
    void advance(Duration time) {
        var end = now.plus(time);
        var stride = time.toDays() > DAYS_BY_THE_HOUR ? Duration.ofHours(12) : Duration.ofHours(1);
        for (int step = 0; now.isBefore(end); step++) {
            var next = now.plus(step < 2 ? CustomerProcessor.TICK : stride);
            advanceTo(next.isBefore(end) ? next : end);
        }
        collect();
    }

    private void advanceTo(Instant next) {
        var step = Duration.between(now, next);
        now = next;
        driver.advanceWallClockTime(step);
    }

    Instant now() {
        return now;
    }

    List<Published<Suppression>> suppressions() {
        return published(Topics.SUPPRESSIONS);
    }

    List<Published<AudienceChange>> audienceChanges() {
        return published(Topics.AUDIENCE_CHANGES);
    }

    List<Published<ChurnSignal>> churnSignals() {
        return published(Topics.CHURN_SIGNALS);
    }

    List<Published<Alert>> alerts() {
        return published(Topics.ALERTS);
    }

    List<Published<ErasureReceipt>> receipts() {
        return published(Topics.ERASURE_RECEIPTS);
    }

    /** The last profile of a customer; fails when there was none, null when it was deleted. */
    CustomerProfile onlyProfile(String customer) {
        return latest(Topics.PROFILES, customer);
    }

    /** The last suppression of a key; fails when there was none, null when it was deleted. */
    Suppression onlySuppression(String key) {
        return latest(Topics.SUPPRESSIONS, key);
    }

    List<Published<Rejected>> rejections() {
        return published(Topics.REJECTED);
    }

    /** The one rejection there is. */
    Rejected onlyRejection() {
        var all = rejections();
        assertThat(all).as("rejected").hasSize(1);
        return all.get(0).value();
    }

    /** What the pipeline says became of its input. */
    Account account() {
        advance(RollUpProcessor.PUBLISH_EVERY);
        return new Account(total("read"), total("folded"), total("duplicate"), total("rejected"));
    }

    /** Records refused for this reason, by the KPI. */
    long rejectedFor(String reason) {
        return total("rejected|reason=" + reason);
    }

    /** A number that the tasks tell about themselves, all its values with this tag together; any tag when it is empty. */
    double told(String name, String tag) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(FoldMetrics.GROUP)
                        && metric.getKey().name().equals(name)
                        && (tag.isEmpty() || metric.getKey().tags().containsValue(tag)))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    /** The keys of a store, in order. */
    List<String> storedKeys(String store) {
        var keys = new ArrayList<String>();
        try (var rows = driver.<String, byte[]>getKeyValueStore(store).all()) {
            rows.forEachRemaining(row -> keys.add(row.key));
        }
        return keys;
    }

    /** The last value of every KPI, over windows and by period, by its key. */
    Map<String, KpiValue> kpis() {
        var values = new HashMap<String, KpiValue>();
        published(Topics.ROLLING_KPIS).forEach(value -> values.put(value.key(), value.value()));
        published(Topics.CALENDAR_KPIS).forEach(value -> values.put(value.key(), value.value()));
        return values;
    }

    private long total(String what) {
        var key = "records-" + what + (what.contains("|") ? "|PT0S" : "|all|PT0S");
        long total = 0;
        for (var value : published(Topics.ROLLING_KPIS)) {
            total = value.key().equals(key) ? Math.round(value.value().getNumerator()) : total;
        }
        return total;
    }

    /** Names of the topics on which anything came out that people read, but for the account of the KPIs. */
    Set<String> touchedOutputs() {
        return published.entrySet().stream()
                .filter(topic -> topic.getValue().stream()
                        .anyMatch(record -> !record.key().startsWith("records-")))
                // Of changelogs nothing is said.
                .flatMap(topic -> Topics.named(topic.getKey()).stream())
                .filter(topic -> topic.role() == Role.OUTPUT)
                .map(Topic::label)
                .collect(Collectors.toSet());
    }

    /** A total of the fold, by the name of its metric. */
    double metric(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    /** What was counted under a name with one tag. */
    double metric(String name, String tag, String value) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name)
                        && value.equals(metric.getKey().tags().get(tag)))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    /** How many deadlines are armed. */
    long armedTimers() {
        KeyValueStore<Bytes, byte[]> timers = driver.getKeyValueStore(CustomerStep.TIMERS);
        long armed = 0;
        try (var all = timers.all()) {
            while (all.hasNext()) {
                armed += all.next().key.get().length == Long.BYTES + CustomerHash.LENGTH ? 1 : 0;
            }
        }
        return armed;
    }

    /** The bytes that are stored of a customer; fails when there are none. */
    byte[] storedState(String customer) {
        KeyValueStore<Bytes, byte[]> states = driver.getKeyValueStore(CustomerStep.STATES);
        var state = states.get(Bytes.wrap(CustomerHash.of(customer)));
        assertThat(state).as("state of " + customer).isNotNull();
        return state;
    }

    private <T extends SpecificRecord> T latest(Topic<T> topic, String key) {
        var latest = new LinkedHashMap<String, T>();
        this.<T>published(topic).forEach(record -> latest.put(record.key(), record.value()));
        assertThat(latest).as(topic.label()).containsKey(key);
        return latest.get(key);
    }

    private <T extends SpecificRecord> List<Published<T>> published(Topic<T> topic) {
        try (var reader = topic.serde(serdes).deserializer()) {
            var records = new ArrayList<Published<T>>();
            for (var record : published.getOrDefault(topic.name(), List.of())) {
                var value = record.value() == null ? null : reader.deserialize(topic.name(), record.value());
                records.add(new Published<>(record.key(), value, record.timestamp()));
            }
            return records;
        }
    }

    private void collect() {
        for (var name : new TreeMap<>(
                        driver.producedTopicNames().stream().collect(Collectors.toMap(name -> name, name -> name)))
                .keySet()) {
            var topic = outputs.computeIfAbsent(
                    name, any -> driver.createOutputTopic(any, new StringDeserializer(), new ByteArrayDeserializer()));
            for (TestRecord<String, byte[]> record : topic.readRecordsToList()) {
                published
                        .computeIfAbsent(name, any -> new ArrayList<>())
                        .add(new Published<>(record.key(), record.value(), record.getRecordTime()));
            }
        }
    }

    private static Instant occurredAt(SpecificRecord value) {
        return (Instant) value.get(value.getSchema().getField("occurred_at").pos());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("touchpoint-driver-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
        serdes.close();
        try (var files = Files.walk(stateDir)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
