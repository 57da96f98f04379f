package io.touchpoint.domain.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void shouldKeepEveryWindowOfTime() {
        var rate = new RateLimit(List.of(
                new RateLimit.Window(10, Duration.ofMinutes(1)), new RateLimit.Window(100, Duration.ofHours(1))));
        var now = START;
        var sent = new ArrayList<Instant>();
        while (now.isBefore(START.plus(Duration.ofHours(3)))) {
            now = rate.next(now);
            rate.take(now);
            sent.add(now);
        }
        assertThat(most(sent, Duration.ofMinutes(1))).isLessThanOrEqualTo(10);
        assertThat(most(sent, Duration.ofHours(1))).isLessThanOrEqualTo(100);
        assertThat(sent.size()).isGreaterThan(250);
    }

    @Test
    void shouldWaitOutAPause() {
        var rate = new RateLimit(List.of(new RateLimit.Window(10, Duration.ofMinutes(1))));
        rate.pauseUntil(START.plusSeconds(30));
        rate.pauseUntil(START.plusSeconds(20));

        assertThat(rate.next(START)).isEqualTo(START.plusSeconds(30));
        assertThat(rate.next(START.plusSeconds(31))).isEqualTo(START.plusSeconds(31));
    }

    private static long most(List<Instant> sent, Duration length) {
        return sent.stream()
                .mapToLong(first -> sent.stream()
                        .filter(each -> !each.isBefore(first) && each.isBefore(first.plus(length)))
                        .count())
                .max()
                .orElse(0);
    }
}
