package io.touchpoint.topology;

import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.domain.policy.PolicyPrint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once round all customers when other rules apply than before: the deadline that is armed of a silent one is that of the old rules, and may lie months behind that of the
 * new. How far it has come is stored with the rules it is about, so it goes on after a restart.
 */
final class PolicyReview {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyReview.class);
    private static final Bytes START = Bytes.wrap(new byte[CustomerHash.LENGTH]);

    private final KeyValueStore<Bytes, byte[]> states;
    private final Timers timers;
    private final byte[] print;
    /** The next customer to look at, null when all were. */
    private Bytes next;

    private boolean moved;

    /**
     * @param states of all customers
     * @param timers where it is stored how far a review has come
     * @param print of the rules that apply
     */
    PolicyReview(KeyValueStore<Bytes, byte[]> states, Timers timers, byte[] print) {
        this.states = states;
        this.timers = timers;
        this.print = print;
        var mark = timers.review();
        if (mark == null) {
            // Nothing is stored yet, or nobody knows by which rules.
            moved = true;
        } else if (!Arrays.equals(print, Arrays.copyOf(mark, PolicyPrint.LENGTH))) {
            LOG.info("The policy is another than before: every customer is looked at once, beside the traffic");
            next = START;
            moved = true;
        } else if (mark.length > PolicyPrint.LENGTH) {
            next = Bytes.wrap(Arrays.copyOfRange(mark, PolicyPrint.LENGTH, mark.length));
        }
    }

    /** {@return whether there are customers left to look at} */
    boolean goesOn() {
        return next != null;
    }

    /** {@return whether a customer is still to be looked at} */
    boolean awaits(Bytes customer) {
        return next != null && customer.compareTo(next) >= 0;
    }

    /** {@return the next customers to look at, at most so many} */
    List<Bytes> next(int limit) {
        var customers = new ArrayList<Bytes>(limit);
        try (var rows = states.range(next, null)) {
            next = null;
            while (rows.hasNext() && next == null) {
                var key = rows.next().key;
                if (customers.size() == limit) {
                    next = key;
                } else if (key.get().length == CustomerHash.LENGTH) {
                    customers.add(key);
                }
            }
        }
        moved = true;
        if (next == null) {
            LOG.debug("Every customer stands by the policy that applies");
        }
        return customers;
    }

    /** Stores how far it has come, to be called in each commit. */
    void save() {
        if (moved) {
            int position = next == null ? 0 : next.get().length;
            var mark = ByteBuffer.allocate(PolicyPrint.LENGTH + position).put(print);
            if (next != null) {
                mark.put(next.get());
            }
            timers.review(mark.array());
            moved = false;
        }
    }
}
