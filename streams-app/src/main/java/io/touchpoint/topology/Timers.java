package io.touchpoint.topology;

import io.touchpoint.domain.customer.CustomerHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The deadlines of silent customers, soonest first: {@code deadline (big-endian millis) ‖ customer hash → empty}. Reading goes on where the last firing ended, so it does
 * not wade through the tombstones of what fired before. The clock's high-water mark, and how far a review after a change of policy has come, lie in the same store under keys of their own.
 */
final class Timers {

    /** One armed deadline. */
    record Due(long deadline, Bytes customer) {}

    private static final Bytes CLOCK = Bytes.wrap(new byte[] {0});
    private static final Bytes REVIEW = Bytes.wrap(new byte[] {0, 0});
    private static final byte[] ARMED = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private long firedUpTo;

    Timers(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void arm(long deadline, Bytes customer) {
        store.put(key(deadline, customer), ARMED);
        firedUpTo = Math.min(firedUpTo, deadline);
    }

    void disarm(long deadline, Bytes customer) {
        store.put(key(deadline, customer), null);
    }

    /** {@return up to this many deadlines that are not after the clock, soonest first} */
    List<Due> due(long clock, int limit) {
        var due = new ArrayList<Due>();
        if (clock < firedUpTo) {
            return due;
        }
        try (var entries = store.range(bound(firedUpTo), bound(clock + 1))) {
            while (due.size() < limit && entries.hasNext()) {
                var key = ByteBuffer.wrap(entries.next().key.get());
                long deadline = key.getLong();
                if (deadline <= clock) {
                    var customer = new byte[CustomerHash.LENGTH];
                    key.get(customer);
                    due.add(new Due(deadline, Bytes.wrap(customer)));
                }
            }
        }
        firedUpTo = due.size() < limit ? clock : due.get(due.size() - 1).deadline();
        return due;
    }

    /** {@return the stored high-water mark of the clock, 0 when there is none} */
    long clock() {
        var stored = store.get(CLOCK);
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    void clock(long highWater) {
        store.put(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(highWater).array());
    }

    /** {@return the stored mark of the review, null when there is none} */
    byte[] review() {
        return store.get(REVIEW);
    }

    void review(byte[] mark) {
        store.put(REVIEW, mark);
    }

    private static Bytes bound(long deadline) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(deadline).array());
    }

    private static Bytes key(long deadline, Bytes customer) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + CustomerHash.LENGTH)
                .putLong(deadline)
                .put(customer.get())
                .array());
    }
}
