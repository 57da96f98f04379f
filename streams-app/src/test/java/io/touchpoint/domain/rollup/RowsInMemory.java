package io.touchpoint.domain.rollup;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The rows of a roll-up in a map. */
final class RowsInMemory implements PaneStore {
    final Map<String, byte[]> rows = new TreeMap<>();
    int deletions;

    @Override
    public void put(String key, byte[] row) {
        rows.put(key, row);
    }

    @Override
    public void delete(String key) {
        rows.remove(key);
        deletions++;
    }

    @Override
    public void scan(BiConsumer<String, byte[]> visitor) {
        rows.forEach(visitor);
    }
}
