package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.domain.customer.Limits;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.serdes.SingleObjectSerde;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class HotCustomersTest {

    private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
    private static final int CAPACITY = 8;

    private final SingleObjectSerde<CustomerState> serde = new SingleObjectSerde<>(CustomerState.class);
    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("states").get();
    private final CustomerFold fold = new CustomerFold(PolicyFile.shipped(), Limits.DEFAULT, ZoneOffset.UTC);
    private final CustomerStates states = new CustomerStates(store, serde, 900_000);
    private final HotCustomers customers = new HotCustomers(states, CAPACITY);
    private final List<String> published = new ArrayList<>();

    @Test
    void shouldWriteAChangedCustomerOnceAtTheFlush() {
        click("anna", NOON);
        click("anna", NOON.plusSeconds(1));
        assertThat(customers.changedCount()).isEqualTo(1);
        assertThat(stored("anna")).isNull();

        flush();

        assertThat(published).containsExactly("anna");
        assertThat(stored("anna").getClicks()).hasSize(2);
        assertThat(customers.changedCount()).isZero();
        assertThat(states.takePuts()).isEqualTo(1);
        flush();
        assertThat(states.takePuts()).isZero();
    }

    @Test
    void shouldReadACustomerFromTheStoreOnce() {
        click("anna", NOON);
        flush();
        assertThat(states.takeGets()).isEqualTo(1);

        var fresh = new HotCustomers(states, CAPACITY);
        var first = fresh.customer("anna");
        assertThat(first.customer().state().getClicks()).hasSize(1);
        assertThat(fresh.customer("anna")).isSameAs(first);
        assertThat(fresh.customer(key("anna"))).isSameAs(first);
        assertThat(states.takeGets()).isEqualTo(1);
    }

    @Test
    void shouldFindACustomerByHashOfWhomOnlyTheHashIsAtHand() {
        click("anna", NOON);
        flush();
        var fresh = new HotCustomers(states, CAPACITY);
        var entry = fresh.customer(key("anna"));
        assertThat(entry.customer().state().getCustomerId()).isEqualTo("anna");
        assertThat(fresh.customer("anna")).isSameAs(entry);
    }

    @Test
    void shouldKnowNothingOfAStrangerByHash() {
        assertThat(customers.customer(key("stranger"))).isNull();
    }

    @Test
    void shouldKeepTheMarkerOfAnErasureThroughAnEviction() {
        click("anna", NOON);
        erase("anna", NOON.plusSeconds(5));
        flush();

        var fresh = new HotCustomers(states, CAPACITY);
        assertThat(fresh.customer(key("anna"))).as("has no deadlines").isNull();
        var marker = fresh.customer("anna");
        assertThat(marker.customer().known()).isFalse();
        assertThat(marker.customer().state().getErasedAt())
                .isEqualTo(NOON.plusSeconds(5).toEpochMilli());
        assertThat(marker.customer().state().getCustomerId()).isEmpty();
    }

    @Test
    void shouldLoseNothingWhenMoreCustomersComeThanFit() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5 * CAPACITY; i++) {
                click("c" + i, NOON.plusSeconds(round * 1_000L + i));
                if (i % 3 == 0) {
                    flush();
                }
            }
        }
        flush();
        for (int i = 0; i < 5 * CAPACITY; i++) {
            assertThat(stored("c" + i).getClicks()).as("c" + i).hasSize(3);
        }
    }

    @Test
    void shouldHoldNoMoreThanItsCapacityAfterAFlush() {
        for (int i = 0; i < 5 * CAPACITY; i++) {
            click("c" + i, NOON);
        }
        flush();
        states.takeGets();
        for (int i = 0; i < 5 * CAPACITY; i++) {
            customers.customer("c" + i);
        }
        assertThat(states.takeGets()).isGreaterThanOrEqualTo(4 * CAPACITY);
    }

    @Test
    void shouldHoldFewerCustomersWhenTheyAreLarge() {
        for (int i = 0; i < CAPACITY; i++) {
            for (int j = 0; j < 200; j++) {
                click("c" + i, NOON.plusSeconds(j));
            }
        }
        flush();
        states.takeGets();
        for (int i = 0; i < CAPACITY; i++) {
            customers.customer("c" + i);
        }
        assertThat(states.takeGets()).as("of customers that were let go").isPositive();
    }

    @Test
    void shouldKeepWhoIsSeenOftenOverWhoCameOnce() {
        for (int i = 0; i < 50 * CAPACITY; i++) {
            click("regular", NOON.plusSeconds(i));
            click("c" + i, NOON);
            if (i % 2 == 0) {
                flush();
            }
        }
        states.takeGets();
        customers.customer("regular");
        assertThat(states.takeGets()).isZero();
    }

    private void click(String customer, Instant at) {
        var entry = customers.customer(customer);
        fold.apply(entry.customer(), CustomerEvent.of(Events.click(customer, at)), new SilentDecisions());
        customers.changed(entry);
    }

    private void erase(String customer, Instant at) {
        var entry = customers.customer(customer);
        fold.apply(entry.customer(), CustomerEvent.of(Events.erasure(customer, at)), new SilentDecisions());
        customers.changed(entry);
    }

    private void flush() {
        customers.flush(customer -> published.add(customer.state().getCustomerId()), fold::shrink);
    }

    private CustomerState stored(String customer) {
        return states.load(key(customer));
    }

    private static Bytes key(String customer) {
        return Bytes.wrap(CustomerHash.of(customer));
    }
}
