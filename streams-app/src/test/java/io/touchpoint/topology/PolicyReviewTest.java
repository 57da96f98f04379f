package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.customer.CustomerHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyReviewTest {

    private static final byte[] OLD = print(1);
    private static final byte[] NEW = print(2);

    private final KeyValueStore<Bytes, byte[]> states =
            Stores.inMemoryKeyValueStore("states").get();
    private final Timers timers =
            new Timers(Stores.inMemoryKeyValueStore("timers").get());

    @BeforeEach
    void decideByTheOldPolicy() {
        var before = new PolicyReview(states, timers, OLD);
        assertThat(before.goesOn()).as("where nobody knows by which rules").isFalse();
        before.save();
    }

    @Test
    void shouldAwaitWhomItHasNotLookedAt() {
        var keys = customers(23);
        var review = new PolicyReview(states, timers, NEW);
        assertThat(keys).allMatch(review::awaits);
        var seen = review.next(5);
        assertThat(keys).allMatch(key -> review.awaits(key) != seen.contains(key));
    }

    @Test
    void shouldLookAtEveryCustomerOnceAndAtNoPageOfOne() {
        var keys = customers(23);
        var review = new PolicyReview(states, timers, NEW);
        assertThat(all(review, 5)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(review.goesOn()).isFalse();
    }

    @Test
    void shouldGoOnAfterARestartWhereItsMarkWasStored() {
        customers(23);
        var review = new PolicyReview(states, timers, NEW);
        var seen = new ArrayList<>(review.next(5));
        review.save();
        review.next(5);
        var restarted = new PolicyReview(states, timers, NEW);
        var rest = all(restarted, 5);
        assertThat(rest).hasSize(18).doesNotContainAnyElementsOf(seen);
        restarted.save();
        assertThat(new PolicyReview(states, timers, NEW).goesOn()).isFalse();
    }

    @Test
    void shouldBeginAnewWhenThePolicyChangesMeanwhile() {
        customers(23);
        var review = new PolicyReview(states, timers, NEW);
        review.next(5);
        review.save();
        assertThat(all(new PolicyReview(states, timers, OLD), 5)).hasSize(23);
    }

    private static List<Bytes> all(PolicyReview review, int atOnce) {
        var seen = new ArrayList<Bytes>();
        while (review.goesOn()) {
            seen.addAll(review.next(atOnce));
        }
        return seen;
    }

    private List<Bytes> customers(int count) {
        var keys = new ArrayList<Bytes>();
        for (int i = 0; i < count; i++) {
            var hash = CustomerHash.of("c" + i);
            keys.add(Bytes.wrap(hash));
            states.put(Bytes.wrap(hash), new byte[] {1});
            states.put(Bytes.wrap(Arrays.copyOf(hash, hash.length + Integer.BYTES)), new byte[] {2});
        }
        return keys;
    }

    private static byte[] print(int fill) {
        var print = new byte[32];
        Arrays.fill(print, (byte) fill);
        return print;
    }
}
