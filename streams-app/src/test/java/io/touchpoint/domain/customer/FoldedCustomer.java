package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Page;
import io.touchpoint.serdes.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;

/** One customer with its fold, its timer and its decisions, as the topology keeps them but in memory. */
final class FoldedCustomer {

    /** A zone whose days begin when in UTC it is the day before, and in which clocks change. */
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    static {
        TrustedRecords.trust();
    }

    private static final BinaryMessageEncoder<CustomerState> ENCODER =
            new BinaryMessageEncoder<>(SpecificData.get(), CustomerState.getClassSchema());
    private static final BinaryMessageDecoder<CustomerState> DECODER =
            new BinaryMessageDecoder<>(SpecificData.get(), CustomerState.getClassSchema());

    private final Limits limits;
    private CustomerFold fold;
    private final RecordedDecisions decisions = new RecordedDecisions();
    private final Map<Integer, byte[]> pages = new HashMap<>();
    private int nextPage = 1;
    private Customer customer = Customer.unknown();

    FoldedCustomer(Policy policy) {
        this(policy, Limits.DEFAULT);
    }

    /** One that counts only some measures. */
    FoldedCustomer(Policy policy, Predicate<Measure> counted) {
        this(policy);
        this.fold = new CustomerFold(policy, limits, ZONE, counted);
    }

    FoldedCustomer(Policy policy, Limits limits) {
        this.limits = limits;
        this.fold = new CustomerFold(policy, limits, ZONE);
    }

    /** Goes on under another policy, as after a restart. */
    FoldedCustomer under(Policy policy) {
        fold = new CustomerFold(policy, limits, ZONE);
        reload();
        return this;
    }

    /** Decides anew by the policy that applies now, as the round after a restart does. */
    FoldedCustomer review(long clock) {
        customer.state().setArmed(0);
        fold.review(customer, clock, decisions);
        arm();
        return this;
    }

    Verdict apply(CustomerEvent event) {
        var verdict = fold.apply(customer, event, decisions);
        arm();
        return verdict;
    }

    FoldedCustomer after(CustomerEvent... events) {
        for (var event : events) {
            apply(event);
        }
        return this;
    }

    /** Lets the task's clock come to an instant: the timer fires when it is due. */
    FoldedCustomer at(long clock) {
        var state = customer.state();
        if (state.getArmed() != 0 && state.getArmed() <= clock) {
            state.setArmed(0);
            fold.advance(customer, clock, decisions);
            arm();
        }
        return this;
    }

    /** Stores the state, its settled details on a page if there are any, and reads it again, as after an eviction or a restart. */
    void reload() {
        var state = customer.state();
        Pages.giveUpTorn(state);
        if (Pages.seal(state, 1, nextPage)) {
            nextPage++;
        }
        var named = state.getPages().stream().map(Page::getNumber).toList();
        pages.keySet().retainAll(named);
        named.forEach(number -> pages.computeIfAbsent(number, page -> bytes(Pages.page(state, page))));
        var stored = decode(Pages.head(state, FoldedCustomer::bytes));
        Pages.join(
                stored,
                stored.getPages().stream()
                        .map(page -> decode(pages.get(page.getNumber())))
                        .toList());
        customer = Customer.of(stored);
    }

    /** {@return the bytes of the state as if nothing had ever been moved to a page} */
    byte[] wholeBytes() {
        customer.state().getPages().forEach(page -> page.setItems(-1));
        Pages.giveUpTorn(customer.state());
        return bytes();
    }

    void age() {
        fold.age(customer);
    }

    boolean shrink() {
        return fold.shrink(customer);
    }

    private void arm() {
        var state = customer.state();
        if (state.getArmed() != 0 && !fold.settled(customer)) {
            return;
        }
        long next = fold.nextDeadline(customer);
        if (next != Long.MAX_VALUE && (state.getArmed() == 0 || next < state.getArmed())) {
            state.setArmed(next);
        }
    }

    byte[] bytes() {
        return bytes(customer.state());
    }

    private static byte[] bytes(CustomerState state) {
        try {
            var bytes = new ByteArrayOutputStream();
            ENCODER.encode(state, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CustomerState decode(byte[] bytes) {
        try {
            return DECODER.decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RecordedDecisions decisions() {
        return decisions;
    }

    /** {@return the last record of a key, null when there is none} */
    Suppression suppression(String scopeAndValue) {
        return decisions.live().get(CustomerEvents.CUSTOMER + "|" + scopeAndValue);
    }

    CustomerView view() {
        return fold.view(customer);
    }

    CustomerProfile profile() {
        return fold.profile(customer);
    }

    long nextDeadline() {
        return fold.nextDeadline(customer);
    }

    long asOf() {
        return fold.asOf(customer);
    }

    boolean known() {
        return customer.known();
    }

    CustomerState state() {
        return customer.state();
    }
}
