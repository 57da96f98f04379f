package io.touchpoint.domain.rollup;

import java.util.function.BiConsumer;

/** Where the rows of a {@link RollUp} are kept, so that they survive. */
public interface PaneStore {
    /** Writes a row, in place of an earlier one with the key. */
    void put(String key, byte[] row);

    /** Removes a row; one that is not there is no error. */
    void delete(String key);

    /** Gives all rows, in any order. */
    void scan(BiConsumer<String, byte[]> visitor);
}
