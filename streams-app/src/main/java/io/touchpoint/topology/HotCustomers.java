package io.touchpoint.topology;

import io.touchpoint.domain.customer.Customer;
import io.touchpoint.domain.customer.CustomerHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

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
        private List<Integer> pages;
        private int bytes;
        private boolean capped;
        private boolean dirty;
        private boolean touched;

        private Entry(String id, Bytes key, Customer customer) {
            this.id = id;
            this.key = key;
            this.customer = customer;
            this.pages = CustomerStates.pages(customer.state());
            this.bytes = customer.bytes();
            this.capped = customer.state().getCapped();
        }

        Customer customer() {
            return customer;
        }

        Bytes key() {
            return key;
        }
    }

    /** Bytes of a customer's state up to which it counts as one; decoded they take about six times as much. */
    private static final long USUAL_BYTES = 2_048;

    private final CustomerStates states;
    private final int capacity;
    private final long byteCapacity;
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<Bytes, Entry> byKey = new HashMap<>();
    private final List<Entry> changed = new ArrayList<>();
    /** Clock hands over the entries for the second-chance eviction. */
    private List<Entry> ring = new ArrayList<>();

    private long bytes;
    private int capped;

    /**
     * @param capacity how many customers of usual size to keep decoded
     */
    HotCustomers(CustomerStates states, int capacity) {
        this.states = states;
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
                entry = add(new Entry(id, key, Customer.unknown()));
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
        var state = states.load(key);
        if (state == null) {
            return null;
        }
        var customer = Customer.of(state);
        if (id == null && !customer.known()) {
            // Only the marker of an erasure is left, which knows no name and has no deadlines.
            return null;
        }
        return add(new Entry(id == null ? customer.state().getCustomerId() : id, key, customer));
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
     * @param shrink makes the state of one smaller that is too large to be stored, if it can
     */
    void flush(Consumer<Customer> beforeWriting, Predicate<Customer> shrink) {
        for (var entry : changed) {
            var customer = entry.customer;
            beforeWriting.accept(customer);
            entry.pages = states.save(entry.key, customer.state(), entry.pages, () -> shrink.test(customer));
            bytes += customer.bytes() - entry.bytes;
            entry.bytes = customer.bytes();
            entry.dirty = false;
            boolean isCapped = customer.state().getCapped();
            capped += isCapped && !entry.capped ? 1 : 0;
            entry.capped = isCapped;
        }
        changed.clear();
        if (full(1)) {
            evict();
        }
    }

    /** {@return how many customers reached a cap since this was last asked} */
    int takeCapped() {
        int taken = capped;
        capped = 0;
        return taken;
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
}
