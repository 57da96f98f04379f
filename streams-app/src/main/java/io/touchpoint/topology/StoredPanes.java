package io.touchpoint.topology;

import io.touchpoint.domain.rollup.PaneStore;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The rows of the roll-up in a logged store. They are read once, at the start, and written at commits. */
record StoredPanes(KeyValueStore<String, byte[]> store) implements PaneStore {
    static final String NAME = "kpi-panes";

    /** Few rows, often rewritten: small segments, cleaned early, keep the log that a new instance reads short. */
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", String.valueOf(16 << 20), "min.cleanable.dirty.ratio", "0.1");

    static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    @Override
    public void put(String key, byte[] row) {
        store.put(key, row);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void scan(BiConsumer<String, byte[]> visitor) {
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, byte[]> row = rows.next();
                visitor.accept(row.key, row.value);
            }
        }
    }
}
