package io.touchpoint.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final Pace pace = new Pace();

    @Test
    void shouldBeUnknownAtFirst() {
        assertThat(pace.at(NOON, 5_000)).isZero();
    }

    @Test
    void shouldGoByTheLastTenSeconds() {
        pace.at(NOON, 0);
        pace.at(NOON.plusSeconds(1), 10_000);
        pace.at(NOON.plusSeconds(5), 10_100);

        assertThat(pace.at(NOON.plusSeconds(11), 10_200)).isEqualTo(20);
    }
}
