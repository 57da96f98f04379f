package io.touchpoint.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LiveTrafficTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final LiveTraffic traffic =
            new LiveTraffic(new TrafficMix("run-1", Population.synthetic("customer-", 100, 10), 1), 40, now::get);

    @Test
    void shouldHaveNothingDueAtTheStart() {
        assertThat(traffic.due()).isEmpty();
    }

    @Test
    void shouldKeepTheRateWhateverTheCallsDo() {
        var first = elapse(990);
        var second = elapse(10);
        var third = elapse(1_000);

        assertThat(first + second).isEqualTo(40);
        assertThat(third).isEqualTo(40);
    }

    @Test
    void shouldSpreadTheEventsEvenlyUpToTheClock() {
        now.set(START.plusMillis(100));

        assertThat(traffic.due().stream().map(TouchpointEvent::occurredAt))
                .containsExactly(
                        START.plusMillis(25), START.plusMillis(50), START.plusMillis(75), START.plusMillis(100));
    }

    @Test
    void shouldNotMakeUpForALongPause() {
        assertThat(elapse(3_600_000)).isZero();
        assertThat(elapse(1_000)).isEqualTo(40);
    }

    @Test
    void shouldRefuseARateOfZero() {
        assertThatThrownBy(() ->
                        new LiveTraffic(new TrafficMix("run", Population.synthetic("customer-", 1, 1), 1), 0, now::get))
                .hasMessageContaining("events a second: 0.0 (expected: more than 0)");
    }

    private int elapse(long millis) {
        now.set(now.get().plusMillis(millis));
        return traffic.due().size();
    }
}
