package io.touchpoint.domain.activation;

import io.touchpoint.records.state.ActivationState;
import java.util.function.BiPredicate;

/** Rows in order of their keys. Whoever keeps them decides where, and whether what is put survives. */
public interface Rows {

    /** Null where there is none. */
    ActivationState get(String key);

    /** Adds or replaces. */
    void put(String key, ActivationState row);

    /** Does nothing where there is none. */
    void delete(String key);

    /**
     * Visits rows in order of their keys, from this key on, as long as they start with the prefix and the visitor says to go on. The visitor
     * changes no rows.
     */
    void scan(String prefix, String from, BiPredicate<String, ActivationState> visitor);
}
