package io.touchpoint.sandbox.replay;

import io.touchpoint.json.OutputLines;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Writes what stands on the output topics to one file each, named like the topic: {@code profiles.jsonl}, {@code kpis-rolling.jsonl} and so
 * on. Of a compacted topic the last value of each key that is not deleted, sorted by key; of the others every record, sorted by (key,
 * timestamp, partition, offset). Keys sort by Unicode code point.
 *
 * <p>A topic is held in memory, encoded, while it is sorted.
 */
final class OutputFiles {
    private static final String SUFFIX = ".jsonl";

    private static final Comparator<String> BY_CODE_POINT =
            Comparator.nullsFirst((one, other) -> compareCodePoints(one, other));

    private static final Comparator<ConsumerRecord<String, byte[]>> BY_KEY_AND_TIME = Comparator.comparing(
                    (ConsumerRecord<String, byte[]> record) -> record.key(), BY_CODE_POINT)
            .thenComparingLong(ConsumerRecord::timestamp)
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset);

    private final CommittedReader reader;
    private final RecordSerdes serdes;
    private final Path folder;

    OutputFiles(CommittedReader reader, RecordSerdes serdes, Path folder) {
        this.reader = reader;
        this.serdes = serdes;
        this.folder = folder;
    }

    /** Writes all of them, replacing what stood there; says how many lines each has, by file name. */
    Map<String, Long> write() throws IOException {
        Map<String, Long> lines = new LinkedHashMap<>();
        for (Topic<?> topic : Topics.of(Role.OUTPUT)) {
            lines.put(topic.slug() + SUFFIX, write(topic));
        }
        return lines;
    }

    private <T extends SpecificRecord> long write(Topic<T> topic) throws IOException {
        Collection<ConsumerRecord<String, byte[]>> records =
                topic.lifetime() == Lifetime.LATEST ? latest(topic) : everything(topic);
        try (OutputLines file = OutputLines.create(folder.resolve(topic.slug() + SUFFIX));
                Deserializer<T> values = topic.serde(serdes).deserializer()) {
            for (ConsumerRecord<String, byte[]> record : records) {
                file.write(record.key(), record.timestamp(), values.deserialize(topic.name(), record.value()));
            }
            return file.lines();
        }
    }

    private Collection<ConsumerRecord<String, byte[]>> latest(Topic<?> topic) {
        Map<String, ConsumerRecord<String, byte[]>> latest = new TreeMap<>(BY_CODE_POINT);
        reader.read(topic, record -> {
            if (record.value() == null) {
                latest.remove(record.key());
            } else {
                latest.put(record.key(), record);
            }
        });
        return latest.values();
    }

    private Collection<ConsumerRecord<String, byte[]>> everything(Topic<?> topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        reader.read(topic, records::add);
        records.sort(BY_KEY_AND_TIME);
        return records;
    }

    /** Java's own order puts characters beyond the first 65,536 before the last of those. */
    static int compareCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
