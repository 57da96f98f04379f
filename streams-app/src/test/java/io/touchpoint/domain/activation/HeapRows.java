package io.touchpoint.domain.activation;

import io.touchpoint.records.state.ActivationState;
import io.touchpoint.serdes.SingleObjectSerde;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Rows in memory, as bytes, so that nobody changes a row without putting it; a copy is what a crash leaves. */
final class HeapRows implements Rows {

    private static final SingleObjectSerde<ActivationState> SERDE = new SingleObjectSerde<>(ActivationState.class);

    private final TreeMap<String, byte[]> rows;

    HeapRows() {
        this(new TreeMap<>());
    }

    private HeapRows(TreeMap<String, byte[]> rows) {
        this.rows = rows;
    }

    HeapRows copy() {
        return new HeapRows(new TreeMap<>(rows));
    }

    int size() {
        return rows.size();
    }

    @Override
    public ActivationState get(String key) {
        var row = rows.get(key);
        return row == null ? null : SERDE.decode(row);
    }

    @Override
    public void put(String key, ActivationState row) {
        rows.put(key, SERDE.encode(row));
    }

    @Override
    public void delete(String key) {
        rows.remove(key);
    }

    @Override
    public void scan(String prefix, String from, BiPredicate<String, ActivationState> visitor) {
        for (var row : rows.tailMap(from).entrySet()) {
            if (!row.getKey().startsWith(prefix) || !visitor.test(row.getKey(), SERDE.decode(row.getValue()))) {
                return;
            }
        }
    }
}
