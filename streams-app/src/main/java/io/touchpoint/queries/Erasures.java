package io.touchpoint.queries;

import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.records.Alert;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.Suppression;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Who was erased, as hashes, so that nothing is shown of them that is older. A receipt and what was published before it stand on different topics and
 * are read in any order; the time of the receipt is not before that of anything that it forgets. Not for several threads.
 */
final class Erasures {

    /** The newest; what is shown of customers are at most the newest thousand decisions. */
    private static final int REMEMBERED = 100_000;

    private static final String CUSTOMER = "customer=";

    private final Map<String, Instant> erased = new LinkedHashMap<>();
    private final Set<String> latest = new HashSet<>();

    /**
     * Somebody was erased.
     *
     * @param customerHash as receipts have it
     * @param at the time of the receipt
     */
    void add(String customerHash, Instant at) {
        var before = erased.remove(customerHash);
        erased.put(customerHash, before == null || at.isAfter(before) ? at : before);
        if (erased.size() > REMEMBERED) {
            var oldest = erased.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        latest.add(customerHash);
    }

    /** {@return whether what was published at that time is of somebody who was erased since} */
    boolean concern(SpecificRecord value, Instant at) {
        if (erased.isEmpty()) {
            return false;
        }
        return customerOf(value)
                .map(customer -> erased.get(CustomerHash.hex(customer)))
                .filter(until -> !at.isAfter(until))
                .isPresent();
    }

    /** {@return whether somebody was added since they were settled} */
    boolean areOpen() {
        return !latest.isEmpty();
    }

    /** {@return whether it is of one of those} */
    boolean areOpenFor(SpecificRecord value) {
        return customerOf(value)
                .filter(customer -> latest.contains(CustomerHash.hex(customer)))
                .isPresent();
    }

    /** Everybody who was added is forgotten by now. */
    void settle() {
        latest.clear();
    }

    private static Optional<String> customerOf(SpecificRecord value) {
        if (value instanceof Suppression suppression) {
            return Optional.of(suppression.getCustomerId());
        }
        if (value instanceof ChurnSignal signal) {
            return Optional.of(signal.getCustomerId());
        }
        if (value instanceof Alert alert && alert.getSegment().startsWith(CUSTOMER)) {
            return Optional.of(KpiKey.decode(alert.getSegment().substring(CUSTOMER.length())));
        }
        return Optional.empty();
    }
}
