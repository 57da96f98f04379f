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

    /** A record without what its consumer adds to it: of some topics there are many. */
    private record Row(String key, long timestamp, int partition, long offset, byte[] value) {
        static Row of(ConsumerRecord<String, byte[]> record) {
            return new Row(record.key(), record.timestamp(), record.partition(), record.offset(), record.value());
        }
    }

    private static final Comparator<Row> BY_KEY_AND_TIME = Comparator.comparing(Row::key, BY_CODE_POINT)
            .thenComparingLong(Row::timestamp)
            .thenComparingInt(Row::partition)
            .thenComparingLong(Row::offset);

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
        Collection<Row> records = topic.lifetime() == Lifetime.LATEST ? latest(topic) : everything(topic);
        try (OutputLines file = OutputLines.create(folder.resolve(topic.slug() + SUFFIX));
                Deserializer<T> values = topic.serde(serdes).deserializer()) {
            for (Row record : records) {
                file.write(record.key(), record.timestamp(), values.deserialize(topic.name(), record.value()));
            }
            return file.lines();
        }
    }

    private Collection<Row> latest(Topic<?> topic) {
        Map<String, Row> latest = new TreeMap<>(BY_CODE_POINT);
        reader.read(topic, record -> {
            if (record.value() == null) {
                latest.remove(record.key());
            } else {
                latest.put(record.key(), Row.of(record));
            }
        });
        return latest.values();
    }

    private Collection<Row> everything(Topic<?> topic) {
        List<Row> records = new ArrayList<>();
        reader.read(topic, record -> records.add(Row.of(record)));
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
