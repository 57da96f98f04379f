package io.touchpoint.topology;

import io.touchpoint.domain.customer.Customer;
import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.serdes.SingleObjectSerde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers of one task, the recently seen ones decoded in memory. A customer that changed is written once per commit, however many events it had; so at most one
 * get and one put reach the store per event, and mostly fewer.
 */
final class HotCustomers {

    /** One customer in memory. */
    static final class Entry {
        private final String id;
        private final Bytes key;
        private final Customer customer;
        private int bytes;
        private boolean dirty;
        private boolean touched;

        private Entry(String id, Bytes key, Customer customer, int bytes) {
            this.id = id;
            this.key = key;
            this.customer = customer;
            this.bytes = bytes;
        }

        Customer customer() {
            return customer;
        }

        Bytes key() {
            return key;
        }
    }

    /** Stored bytes of a customer up to which it counts as one; decoded they take about six times as much. */
    private static final long USUAL_BYTES = 2_048;

    private final KeyValueStore<Bytes, byte[]> store;
    private final SingleObjectSerde<CustomerState> serde;
    private final int capacity;
    private final long byteCapacity;
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<Bytes, Entry> byKey = new HashMap<>();
    private final List<Entry> changed = new ArrayList<>();
    /** Clock hands over the entries for the second-chance eviction. */
    private List<Entry> ring = new ArrayList<>();

    private long bytes;
    private long gets;
    private long puts;

    /**
     * @param capacity how many customers of usual size to keep decoded
     */
    HotCustomers(KeyValueStore<Bytes, byte[]> store, SingleObjectSerde<CustomerState> serde, int capacity) {
        this.store = store;
        this.serde = serde;
        this.capacity = capacity;
        this.byteCapacity = capacity * USUAL_BYTES;
    }

    /** {@return the customer, a new one when nothing is stored} */
    Entry customer(String id) {
        var entry = byId.get(id);
        if (entry == null) {
            var key = Bytes.wrap(CustomerHash.of(id));
            entry = load(id, key);
            if (entry == null) {
                entry = add(new Entry(id, key, Customer.unknown(), 0));
            }
        }
        entry.touched = true;
        return entry;
    }

    /** {@return the customer of this hash, or null when nothing is stored} */
    Entry customer(Bytes key) {
        var entry = byKey.get(key);
        return entry != null ? entry : load(null, key);
    }

    private Entry load(String id, Bytes key) {
        gets++;
        var stored = store.get(key);
        if (stored == null) {
            return null;
        }
        var customer = Customer.of(serde.decode(stored));
        if (id == null && !customer.known()) {
            // Only the marker of an erasure is left, which knows no name and has no deadlines.
            return null;
        }
        return add(new Entry(id == null ? customer.state().getCustomerId() : id, key, customer, stored.length));
    }

    private Entry add(Entry entry) {
        byId.put(entry.id, entry);
        byKey.put(entry.key, entry);
        ring.add(entry);
        bytes += entry.bytes;
        return entry;
    }

    /** The customer is to be written with the next commit. */
    void changed(Entry entry) {
        if (!entry.dirty) {
            entry.dirty = true;
            changed.add(entry);
        }
    }

    /** {@return how many customers wait to be written} */
    int changedCount() {
        return changed.size();
    }

    /**
     * Writes what changed.
     *
     * @param beforeWriting what to do with each customer first
     * @param encode makes the bytes to store of it
     */
    void flush(Consumer<Customer> beforeWriting, Encoder encode) {
        for (var entry : changed) {
            beforeWriting.accept(entry.customer);
            var encoded = encode.encode(entry.customer, serde);
            store.put(entry.key, encoded);
            puts++;
            bytes += encoded.length - entry.bytes;
            entry.bytes = encoded.length;
            entry.dirty = false;
        }
        changed.clear();
        if (full(1)) {
            evict();
        }
    }

    private boolean full(double share) {
        return byId.size() > share * capacity || bytes > share * byteCapacity;
    }

    /** Second chance: what was not seen since the last round goes, until three quarters of the capacity are left. */
    private void evict() {
        var kept = new ArrayList<Entry>(ring.size());
        for (var entry : ring) {
            if (!entry.touched && full(0.75)) {
                forget(entry);
            } else {
                kept.add(entry);
            }
        }
        ring = new ArrayList<>(kept.size());
        for (var entry : kept) {
            if (full(0.75)) {
                forget(entry);
            } else {
                entry.touched = false;
                ring.add(entry);
            }
        }
    }

    private void forget(Entry entry) {
        byId.remove(entry.id);
        byKey.remove(entry.key);
        bytes -= entry.bytes;
    }

    /** {@return store reads since the last call} */
    long takeGets() {
        long taken = gets;
        gets = 0;
        return taken;
    }

    /** {@return store writes since the last call} */
    long takePuts() {
        long taken = puts;
        puts = 0;
        return taken;
    }

    /** Turns a customer into the bytes to store. */
    @FunctionalInterface
    interface Encoder {
        byte[] encode(Customer customer, SingleObjectSerde<CustomerState> serde);
    }
}
