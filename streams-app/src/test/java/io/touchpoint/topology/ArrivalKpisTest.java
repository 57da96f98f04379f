package io.touchpoint.topology;

import static io.touchpoint.topology.Events.line;
import static io.touchpoint.topology.Events.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** KPIs of the time at which records arrive, which a history does not have. */
class ArrivalKpisTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final Duration SECOND = RollUpProcessor.PUBLISH_EVERY;

    @Test
    void shouldMeasureTheDelayOfEventsOnceTheInputIsRead() {
        try (var pipeline = PipelineDriver.live(NOW)) {
            // A backlog of last year says nothing about the pipeline.
            pipeline.lag(2);
            pipeline.send(Topics.ORDERS, paid("anna", "o1", NOW.minus(Duration.ofDays(300)), line("audio-1", 1)));
            pipeline.advance(SECOND);
            pipeline.lag(0);
            pipeline.send(Topics.ORDERS, paid("anna", "o2", pipeline.now(), line("audio-1", 1)));
            pipeline.advance(SECOND);
            pipeline.send(Topics.ORDERS, paid("anna", "o3", pipeline.now().minusMillis(3_500), line("audio-1", 1)));
            pipeline.advance(SECOND.multipliedBy(2));

            var delay = pipeline.kpis().get("delay|all|PT1H");

            assertThat(delay.getN()).isEqualTo(1);
            assertThat(delay.getValue()).isCloseTo(3.5, within(0.04));
            assertThat(pipeline.kpis()).containsKeys("delay-p90|all|P90D", "delay|all|DAY|2024-06-01");
        }
    }

    @Test
    void shouldShareOutWhatIsRefusedByItsArrival() {
        try (var pipeline = PipelineDriver.live(NOW)) {
            pipeline.send(Topics.ORDERS, paid("anna", "o1", NOW.minusSeconds(2), line("audio-1", 1)));
            pipeline.advance(SECOND.multipliedBy(2));
            pipeline.advance(Duration.ofHours(2));
            pipeline.send(Topics.ORDERS, paid("anna", "o2", pipeline.now(), line("audio-1", 1)));
            pipeline.send(Topics.ORDERS, paid("anna", "o3", pipeline.now()));
            pipeline.advance(SECOND.multipliedBy(2));

            var kpis = pipeline.kpis();

            assertThat(kpis.get("rejected-rate|all|PT1H").getValue()).isEqualTo(50);
            assertThat(kpis.get("rejected-rate|reason=INVALID|PT1H").getValue()).isEqualTo(50);
            assertThat(kpis.get("rejected-rate|reason=TOO_LATE|PT1H").getValue())
                    .isEqualTo(0);
            assertThat(kpis.get("rejected-rate|all|PT24H").getDenominator()).isEqualTo(3);
            assertThat(kpis.get("rejected-rate|all|DAY|2024-06-01").getNumerator())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldKnowNoArrivalInAReplay() {
        try (var pipeline = PipelineDriver.onEventTime(NOW)) {
            pipeline.send(Topics.ORDERS, paid("anna", "o1", NOW.minusSeconds(2), line("audio-1", 1)));
            pipeline.send(Topics.ORDERS, paid("anna", "o2", NOW.minusSeconds(1)));
            pipeline.advance(SECOND.multipliedBy(2));

            assertThat(pipeline.kpis())
                    .containsKey("rejected-share|all|PT0S")
                    .allSatisfy((key, value) ->
                            assertThat(key).doesNotStartWith("delay").doesNotStartWith("rejected-rate"));
        }
    }
}
