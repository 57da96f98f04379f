package io.touchpoint.topology;

import java.util.ArrayList;
import java.util.function.BiPredicate;
import org.apache.kafka.streams.state.KeyValueStore;

/** Goes round a store a few rows at a time and deletes those that are too old to be touched again. */
final class Sweep {
    private static final int ROWS_AT_ONCE = 500;

    private final KeyValueStore<String, byte[]> store;
    private final BiPredicate<String, byte[]> old;
    private String next;

    /** @param old whether a row may go, by its key and value */
    Sweep(KeyValueStore<String, byte[]> store, BiPredicate<String, byte[]> old) {
        this.store = store;
        this.old = old;
    }

    /** Looks at the next few rows. */
    void goOn() {
        var gone = new ArrayList<String>();
        try (var rows = store.range(next, null)) {
            next = null;
            for (int looked = 0; rows.hasNext() && next == null; looked++) {
                var row = rows.next();
                if (looked == ROWS_AT_ONCE) {
                    next = row.key;
                } else if (old.test(row.key, row.value)) {
                    gone.add(row.key);
                }
            }
        }
        gone.forEach(store::delete);
    }
}
