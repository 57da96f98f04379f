package io.touchpoint.topology;

import io.touchpoint.domain.customer.Pages;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Page;
import io.touchpoint.serdes.SingleObjectSerde;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The states of customers in their store: a head each, and beside it pages for those of whom much is known. */
final class CustomerStates {

    /** Bytes of a head from which its settled details are worth a page of their own. */
    static final int USUAL_HEAD = 1_536;

    private static final int WORTH_A_PAGE = 4;

    private final KeyValueStore<Bytes, byte[]> store;
    private final SingleObjectSerde<CustomerState> serde;
    private final int limit;
    private long gets;
    private long puts;

    /** @param limit bytes that a head may have */
    CustomerStates(KeyValueStore<Bytes, byte[]> store, SingleObjectSerde<CustomerState> serde, int limit) {
        this.store = store;
        this.serde = serde;
        this.limit = limit;
    }

    /** A head names a page that is not there. */
    static final class PageMissing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private PageMissing(int page) {
            super("page " + page + " of a customer is not in the store, yet its head is");
        }
    }

    /** {@return the state, or null when nothing is stored} */
    CustomerState load(Bytes key) {
        return join(key, this::get);
    }

    /** {@return the state put together from its head and pages, or null when nothing is stored} */
    static CustomerState join(Bytes key, Function<Bytes, CustomerState> parts) {
        var head = parts.apply(key);
        if (head != null && !head.getPages().isEmpty()) {
            var pages = new ArrayList<CustomerState>(head.getPages().size());
            for (var page : head.getPages()) {
                var part = parts.apply(pageKey(key, page.getNumber()));
                if (part == null) {
                    throw new PageMissing(page.getNumber());
                }
                pages.add(part);
            }
            Pages.join(head, pages);
        }
        return head;
    }

    /** {@return which pages the state consists of, to be handed to {@link #save} with its next version} */
    static List<Integer> pages(CustomerState state) {
        return state.getPages().stream().map(Page::getNumber).toList();
    }

    /**
     * Stores what is new of the state.
     *
     * @param stored the pages that the store holds of the customer
     * @param shrink makes the state smaller, if it can
     * @return the pages that the store holds now
     */
    List<Integer> save(Bytes key, CustomerState state, List<Integer> stored, BooleanSupplier shrink) {
        int next = stored.stream().mapToInt(number -> number).max().orElse(0) + 1;
        var head = head(state, next);
        while (head.length > limit && shrink.getAsBoolean()) {
            head = head(state, ++next);
        }
        var pages = stored.isEmpty() && state.getPages().isEmpty() ? stored : pages(state);
        for (int number : stored) {
            if (!pages.contains(number)) {
                put(pageKey(key, number), null);
            }
        }
        for (int number : pages) {
            if (!stored.contains(number)) {
                put(pageKey(key, number), serde.encode(Pages.page(state, number)));
            }
        }
        put(key, head);
        return pages;
    }

    /** Cuts the state where it has grown, and encodes what belongs to the head. */
    private byte[] head(CustomerState state, int nextPage) {
        Pages.giveUpTorn(state);
        var head = Pages.head(state, serde::encode);
        return head.length > USUAL_HEAD && Pages.seal(state, WORTH_A_PAGE, nextPage)
                ? Pages.head(state, serde::encode)
                : head;
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

    private CustomerState get(Bytes key) {
        gets++;
        var bytes = store.get(key);
        return bytes == null ? null : serde.decode(bytes);
    }

    private void put(Bytes key, byte[] value) {
        puts++;
        store.put(key, value);
    }

    private static Bytes pageKey(Bytes customer, int number) {
        var hash = customer.get();
        return Bytes.wrap(ByteBuffer.allocate(hash.length + Integer.BYTES)
                .put(hash)
                .putInt(number)
                .array());
    }
}
