package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer of whom there is too much: one bot, or one wholesale buyer. */
class BusyCustomerTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final int EVENTS = 2_000;
    private static final int CAP = 16 << 10;

    @ParameterizedTest
    @ValueSource(strings = {"PT0.5S", "PT30S", "PT1H"})
    void shouldKeepTheStateWithinItsLimitHoweverCloseTheEvents(Duration apart) {
        try (var pipeline = PipelineDriver.onEventTime(NOW, Map.of("customers.state-cap", "16KiB"))) {
            var at = NOW.minus(apart.multipliedBy(EVENTS));
            for (int i = 0; i < EVENTS; i++) {
                at = at.plus(apart);
                pipeline.send(Topics.ORDERS, Events.paid("anna", "o" + i, at, Events.line("audio-" + i % 7, 1)));
                if (i % 100 == 0) {
                    assertThat(pipeline.storedState("anna").length)
                            .as("after " + i)
                            .isLessThanOrEqualTo(CAP);
                }
            }
            var profile = pipeline.onlyProfile("anna");
            assertThat(profile.getCapped()).isTrue();
            assertThat(profile.getPaidOrders()).isEqualTo(EVENTS);
            assertThat(pipeline.rejections()).isEmpty();
        }
    }
}
