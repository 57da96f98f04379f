package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.customer.Customer;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.domain.customer.Limits;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.state.Click;
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

class CustomerStatesTest {

    private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
    private static final Bytes KEY = Bytes.wrap(CustomerHash.of("anna"));
    private static final int LIMIT = 900_000;

    private final SingleObjectSerde<CustomerState> serde = new SingleObjectSerde<>(CustomerState.class);
    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("states").get();
    private final CustomerStates states = new CustomerStates(store, serde, LIMIT);
    private final CustomerFold fold = new CustomerFold(PolicyFile.shipped(), Limits.DEFAULT, ZoneOffset.UTC);
    private Customer customer = Customer.unknown();
    private List<Integer> pages = List.of();

    @Test
    void shouldStoreASmallStateInOneRecord() {
        click(0, 3);
        save();
        assertThat(records()).isEqualTo(1);
        assertThat(clicks(states.load(KEY))).isEqualTo(clicks(customer.state()));
    }

    @Test
    void shouldRewriteNoMoreThanTheHeadAndNowAndThenAPageHoweverMuchIsKnown() {
        long written = 0;
        for (int i = 0; i < 900; i++) {
            click(i, 1);
            save();
            written += head().length;
            assertThat(head()).hasSizeLessThan(2 * CustomerStates.USUAL_HEAD);
        }
        assertThat(records()).as("a head, and pages as many as the logarithm").isBetween(3, 10);
        assertThat(states.takePuts()).as("of 900 changes").isLessThan(2_200);
        assertThat(written / 900).isLessThan(CustomerStates.USUAL_HEAD);
        assertThat(clicks(states.load(KEY))).isEqualTo(clicks(customer.state()));
    }

    @Test
    void shouldReadTheHeadAndItsPages() {
        click(0, 60);
        save();
        states.takeGets();
        states.load(KEY);
        assertThat(states.takeGets()).isEqualTo(records());
        assertThat(records()).isGreaterThan(1);
    }

    @Test
    void shouldStoreAChangedDetailOfAPage() {
        click(0, 60);
        save();
        assertThat(customer.state().getClicks().get(3).getPage()).isPositive();

        var earlier = Events.click("anna", "click-3", NOON.minusSeconds(60));
        fold.apply(customer, CustomerEvent.of(earlier), new SilentDecisions());
        save();

        var stored = states.load(KEY);
        assertThat(stored.getClicks()).hasSize(60).anySatisfy(click -> {
            assertThat(click.getClickId()).isEqualTo("click-3");
            assertThat(click.getAt()).isEqualTo(NOON.minusSeconds(60).toEpochMilli());
        });
        assertThat(clicks(stored)).isEqualTo(clicks(customer.state()));
    }

    @Test
    void shouldLeaveNothingOfACustomerButTheMarkerOfTheErasure() {
        click(0, 200);
        save();
        assertThat(records()).isGreaterThan(1);

        fold.apply(customer, CustomerEvent.of(Events.erasure("anna", NOON.plusSeconds(500))), new SilentDecisions());
        save();
        assertThat(records()).isEqualTo(1);
        assertThat(states.load(KEY).getClicks()).isEmpty();
    }

    @Test
    void shouldShrinkWhatIsTooLargeToStore() {
        var small = new CustomerStates(store, serde, 200);
        click(0, 3);
        int[] asked = {0};
        small.save(KEY, customer.state(), List.of(), () -> {
            asked[0]++;
            customer.state().getClicks().remove(0);
            return !customer.state().getClicks().isEmpty();
        });
        assertThat(asked[0]).isPositive();
        assertThat(head()).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void shouldRefuseAHeadWithoutItsPage() {
        click(0, 60);
        save();
        var keys = new ArrayList<Bytes>();
        store.all().forEachRemaining(entry -> keys.add(entry.key));
        keys.stream().filter(key -> !key.equals(KEY)).forEach(key -> store.put(key, null));
        assertThatThrownBy(() -> states.load(KEY)).hasMessageContaining("page");
    }

    private void click(int from, int count) {
        for (int i = from; i < from + count; i++) {
            var click = Events.click("anna", "click-" + i, NOON.plusSeconds(i));
            fold.apply(customer, CustomerEvent.of(click), new SilentDecisions());
        }
    }

    private void save() {
        pages = states.save(KEY, customer.state(), pages, () -> fold.shrink(customer));
        customer = Customer.of(states.load(KEY));
    }

    private byte[] head() {
        return store.get(KEY);
    }

    private int records() {
        return (int) store.approximateNumEntries();
    }

    private static List<String> clicks(CustomerState state) {
        return state.getClicks().stream().map(Click::getClickId).sorted().toList();
    }
}
