package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.topology.PipelineClock.Mode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PipelineClockTest {

    private static final long NOW = Instant.parse("2024-06-01T12:00:00Z").toEpochMilli();
    private static final long YEAR_AGO = NOW - Duration.ofDays(365).toMillis();
    private static final long TICK = 50;
    private static final long UNKNOWN = -1;
    private static final long QUIET = 10_000;

    @Test
    void shouldStandAtZeroBeforeAnyEvent() {
        assertThat(new PipelineClock(Mode.EVENT, 0).now()).isZero();
        assertThat(new PipelineClock(Mode.LIVE, 0).now()).isZero();
    }

    @Test
    void shouldFollowTheNewestEventAloneInEventMode() {
        var clock = new PipelineClock(Mode.EVENT, 0);
        clock.observe(YEAR_AGO);
        clock.tick(NOW, 0);
        clock.tick(NOW + TICK, 0);
        assertThat(clock.now()).isEqualTo(YEAR_AGO);
        assertThat(clock.caughtUp()).isFalse();
    }

    @Test
    void shouldNotRunBackwardsAtALateEvent() {
        var clock = new PipelineClock(Mode.EVENT, 0);
        clock.observe(NOW);
        clock.observe(YEAR_AGO);
        assertThat(clock.now()).isEqualTo(NOW);
    }

    @Test
    void shouldStayInThePastWhileABacklogIsRead() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        for (int i = 1; i <= 100; i++) {
            clock.observe(YEAR_AGO + i);
            clock.tick(NOW + i * TICK, 1_000 - i);
            assertThat(clock.now()).isEqualTo(YEAR_AGO + i);
        }
        assertThat(clock.caughtUp()).isFalse();
    }

    @Test
    void shouldNotTakeTheWallClockWhileTheLagIsNotKnown() {
        var clock = new PipelineClock(Mode.LIVE, YEAR_AGO);
        clock.tick(NOW, UNKNOWN);
        clock.tick(NOW + TICK, UNKNOWN);
        clock.tick(NOW + 2 * QUIET, UNKNOWN);
        assertThat(clock.now()).isEqualTo(YEAR_AGO);
    }

    @Test
    void shouldNotTakeTheWallClockInATickThatFollowsAnEvent() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        clock.observe(YEAR_AGO);
        clock.tick(NOW, 0);
        assertThat(clock.now()).isEqualTo(YEAR_AGO);
    }

    @Test
    void shouldTakeTheWallClockWhenNothingWaitsAndNothingCameForAWhile() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        clock.observe(YEAR_AGO);
        clock.tick(NOW, 0);
        clock.tick(NOW + QUIET - 1, 0);
        assertThat(clock.now()).isEqualTo(YEAR_AGO);

        clock.tick(NOW + QUIET, 0);
        assertThat(clock.caughtUp()).isTrue();
        assertThat(clock.now()).isEqualTo(NOW + QUIET);
    }

    @Test
    void shouldStayInThePastWhileTheProducerOfABacklogPauses() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        long wall = NOW;
        for (int day = 0; day < 300; day++) {
            long at = YEAR_AGO + Duration.ofDays(day).toMillis();
            clock.observe(at);
            for (int tick = 0; tick * TICK < QUIET; tick++) {
                wall += TICK;
                clock.tick(wall, 0);
            }
            assertThat(clock.now()).isEqualTo(at);
        }
        assertThat(clock.caughtUp()).isFalse();
    }

    @Test
    void shouldStayInThePastWhileTheBrokerKeepsItWaiting() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        clock.observe(YEAR_AGO);
        clock.tick(NOW, 0);
        clock.tick(NOW + QUIET - TICK, UNKNOWN);
        clock.tick(NOW + QUIET, 0);
        clock.tick(NOW + 2 * QUIET - 2 * TICK, 0);
        assertThat(clock.now()).isEqualTo(YEAR_AGO);
    }

    @Test
    void shouldCatchUpWithoutAnyEvent() {
        var clock = new PipelineClock(Mode.LIVE, YEAR_AGO);
        clock.tick(NOW, 0);
        clock.tick(NOW + QUIET, 0);
        assertThat(clock.now()).isEqualTo(NOW + QUIET);
    }

    @Test
    void shouldTakeTheWallClockWhenTheEventsAreOfTheLastTenSeconds() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        clock.observe(NOW - 10_001);
        clock.tick(NOW, 5);
        assertThat(clock.now()).isEqualTo(NOW - 10_001);

        clock.observe(NOW - 10_000);
        clock.tick(NOW, 5);
        assertThat(clock.now()).isEqualTo(NOW);
    }

    @Test
    void shouldFollowTheWallClockThroughAQuietNight() {
        var clock = caughtUp();
        long morning = NOW + Duration.ofHours(9).toMillis();
        clock.tick(morning, 0);
        assertThat(clock.now()).isEqualTo(morning);
    }

    @Test
    void shouldFallBackWhenABacklogOfMoreThanAMinuteReturns() {
        var clock = caughtUp();
        long later = NOW + Duration.ofHours(1).toMillis();
        clock.observe(NOW + 1);
        clock.tick(later, 200);
        assertThat(clock.caughtUp()).isFalse();
        assertThat(clock.now()).isEqualTo(NOW + QUIET);

        clock.observe(later - 30_000);
        clock.tick(later + TICK, 100);
        assertThat(clock.now()).isEqualTo(later - 30_000);
    }

    @Test
    void shouldNotFallBackForALagOfSeconds() {
        var clock = caughtUp();
        clock.observe(NOW - 30_000 + TICK);
        clock.tick(NOW + QUIET + TICK, 200);
        assertThat(clock.caughtUp()).isTrue();
        assertThat(clock.now()).isEqualTo(NOW + QUIET + TICK);
    }

    @Test
    void shouldNotRunBackwardsWhenTheWallClockDoes() {
        var clock = caughtUp();
        clock.tick(NOW - Duration.ofHours(1).toMillis(), 0);
        assertThat(clock.now()).isEqualTo(NOW + QUIET);
    }

    @Test
    void shouldGoOnFromItsHighWaterMarkAfterARestart() {
        long stopped = NOW - Duration.ofDays(30).toMillis();
        var clock = new PipelineClock(Mode.LIVE, stopped);
        assertThat(clock.now()).isEqualTo(stopped);
        clock.tick(NOW, 500);
        clock.observe(stopped - 60_000);
        clock.tick(NOW + TICK, 499);
        assertThat(clock.now()).isEqualTo(stopped);
        clock.observe(stopped + 60_000);
        assertThat(clock.now()).isEqualTo(stopped + 60_000);
    }

    private static PipelineClock caughtUp() {
        var clock = new PipelineClock(Mode.LIVE, 0);
        clock.observe(NOW - 30_000);
        clock.tick(NOW, 0);
        clock.tick(NOW + QUIET, 0);
        return clock;
    }
}
