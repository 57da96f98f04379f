package io.touchpoint.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.PeriodKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeriodsTest {

    private final Periods berlin = new Periods(ZoneId.of("Europe/Berlin"));
    private final Periods utc = new Periods(ZoneId.of("UTC"));

    @Test
    void shouldStartADayAtMidnightOfTheZone() {
        assertThat(Instant.ofEpochMilli(berlin.start(PeriodKind.DAY, at("2024-01-01T22:59:59.999Z"))))
                .isEqualTo("2023-12-31T23:00:00Z");
        assertThat(Instant.ofEpochMilli(berlin.start(PeriodKind.DAY, at("2024-01-01T23:00:00Z"))))
                .isEqualTo("2024-01-01T23:00:00Z");
        assertThat(Instant.ofEpochMilli(utc.start(PeriodKind.DAY, at("2024-01-01T23:00:00Z"))))
                .isEqualTo("2024-01-01T00:00:00Z");
    }

    @Test
    void shouldKnowDaysOfTwentyThreeAndTwentyFiveHours() {
        assertThat(hours("2024-03-31T12:00:00Z")).isEqualTo(23);
        assertThat(hours("2024-10-27T12:00:00Z")).isEqualTo(25);
        assertThat(hours("2024-06-01T12:00:00Z")).isEqualTo(24);
    }

    private long hours(String instant) {
        return Duration.ofMillis(berlin.end(PeriodKind.DAY, at(instant)) - berlin.start(PeriodKind.DAY, at(instant)))
                .toHours();
    }

    @Test
    void shouldStartAWeekOnMondayAndAMonthOnTheFirst() {
        assertThat(Instant.ofEpochMilli(utc.start(PeriodKind.WEEK, at("2024-01-07T23:59:00Z"))))
                .isEqualTo("2024-01-01T00:00:00Z");
        assertThat(Instant.ofEpochMilli(utc.before(PeriodKind.WEEK, at("2024-01-08T00:00:00Z"))))
                .isEqualTo("2024-01-01T00:00:00Z");
        assertThat(Instant.ofEpochMilli(utc.before(PeriodKind.MONTH, at("2024-03-31T00:00:00Z"))))
                .isEqualTo("2024-02-01T00:00:00Z");
        assertThat(utc.month(at("2024-02-29T23:00:00Z"))).isEqualTo("2024-02");
        assertThat(berlin.month(at("2024-02-29T23:00:00Z"))).isEqualTo("2024-03");
    }

    /** What is remembered must never be taken for another period. */
    @Test
    void shouldAnswerTheSameWhateverWasAskedBefore() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long instant = at("2000-01-01T00:00:00Z") + (long) (random.nextDouble() * 400 * 30 * PaidOrders.DAY);
            for (var kind : PeriodKind.values()) {
                var fresh = new Periods(ZoneId.of("Europe/Berlin"));
                assertThat(berlin.start(kind, instant)).isEqualTo(fresh.start(kind, instant));
                assertThat(berlin.start(kind, instant)).isLessThanOrEqualTo(instant);
                assertThat(berlin.end(kind, instant)).isGreaterThan(instant);
            }
        }
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
