package io.touchpoint.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SampleYearTest {

    @Test
    void shouldEndNowWithNothingInTheFuture() {
        var now = Instant.parse("2026-02-28T03:04:05Z");

        var events = SampleYear.read(1).endingAt(now).toList();

        assertThat(events).isSorted();
        var last = events.get(events.size() - 1).occurredAt();
        assertThat(last).isBetween(now.minus(Duration.ofDays(1)), now);
        assertThat(events.get(0).occurredAt()).isAfter(now.minus(Duration.ofDays(400)));
        assertThat(events.stream().filter(event -> event.topic() == Topics.ORDERS))
                .hasSize(2 * 19_213 + 4_372);
    }
}
