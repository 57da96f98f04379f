package io.touchpoint.domain.customer;

import io.touchpoint.records.Cause;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.time.Instant;
import java.util.List;

/**
 * How one suppression stands: everything that consumers are told about it.
 *
 * @param scope what is suppressed
 * @param value the SKU or the category, empty for ALL
 * @param active whether it holds
 * @param reasons why, sorted
 * @param since epoch milliseconds
 * @param until epoch milliseconds, 0 when only an event can end it or when an event did
 * @param events distinct events that concern it
 * @param endedByClock whether time ended it
 * @param eventIds the events that hold the state
 * @param rule the rules that applied
 */
record Standing(
        SuppressionScope scope,
        String value,
        boolean active,
        List<String> reasons,
        long since,
        long until,
        long events,
        boolean endedByClock,
        List<String> eventIds,
        String rule) {

    long revision(int base) {
        return 2 * (base + events) + (endedByClock ? 1 : 0);
    }

    /** {@return 64 bits over all that is published, to tell whether consumers know it already} */
    long digest(int base) {
        long hash = Hash64.mix(rule.hashCode(), active ? 1 : 0);
        hash = Hash64.mix(hash, since);
        hash = Hash64.mix(hash, until);
        hash = Hash64.mix(hash, revision(base));
        // By index: this runs over all that a customer bought, and an iterator each would be most of what is allocated.
        for (int i = 0; i < reasons.size(); i++) {
            hash = Hash64.mix(hash, reasons.get(i).hashCode());
        }
        for (int i = 0; i < eventIds.size(); i++) {
            hash = Hash64.mix(hash, Hash64.of(eventIds.get(i)));
        }
        return hash;
    }

    Suppression record(String customerId, int base, String policyVersion) {
        return new Suppression(
                customerId,
                scope,
                value,
                active ? SuppressionState.ACTIVE : SuppressionState.LIFTED,
                reasons,
                Instant.ofEpochMilli(since),
                until == 0 ? null : Instant.ofEpochMilli(until),
                revision(base),
                new Cause(eventIds, rule, policyVersion));
    }

    /** {@return the key under which it is published: what stands behind the last separator is the value, so that no two have one key} */
    static String key(String customerId, SuppressionScope scope, String value) {
        return customerId + "|" + scope + "|" + escaped(value);
    }

    /** {@return an id as it stands in a key, without the separator} */
    static String escaped(String id) {
        return id.indexOf('|') < 0 && id.indexOf('%') < 0
                ? id
                : id.replace("%", "%25").replace("|", "%7C");
    }
}
