package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.PeriodKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZonedDaysTest {

    @ParameterizedTest
    @CsvSource({
        "UTC,                 2010-03-28, 24",
        "Europe/Berlin,       2010-03-28, 23",
        "Europe/Berlin,       2010-10-31, 25",
        "America/Sao_Paulo,   2010-10-17, 23", // the clock skips midnight
        "Asia/Kolkata,        2010-03-28, 24"
    })
    void shouldKnowTheLengthOfDays(String zone, LocalDate date, int hours) {
        ZonedDays days = new ZonedDays(ZoneId.of(zone));
        int day = (int) date.toEpochDay();

        long start = days.startMillis(day);
        assertThat(Duration.ofMillis(days.startMillis(day + 1) - start)).hasHours(hours);
        assertThat(days.dayAt(start)).isEqualTo(day);
        assertThat(days.dayAt(start - 1)).isEqualTo(day - 1);
        assertThat(days.dayAt(days.startMillis(day + 1) - 1)).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY,   2010-01-05, 2010-01-05, 2010-01-06, 2010-01-05",
        "WEEK,  2010-01-03, 2009-12-28, 2010-01-04, 2009-W53",
        "WEEK,  2010-01-04, 2010-01-04, 2010-01-11, 2010-W01",
        "WEEK,  2012-01-01, 2011-12-26, 2012-01-02, 2011-W52",
        "WEEK,  2008-12-31, 2008-12-29, 2009-01-05, 2009-W01",
        "MONTH, 2012-02-29, 2012-02-01, 2012-03-01, 2012-02",
        "MONTH, 2010-12-31, 2010-12-01, 2011-01-01, 2010-12"
    })
    void shouldKnowThePeriodOfADay(PeriodKind kind, LocalDate date, LocalDate start, LocalDate next, String name) {
        ZonedDays days = new ZonedDays(ZoneId.of("UTC"));
        int day = (int) date.toEpochDay();

        assertThat(days.start(kind, day)).isEqualTo((int) start.toEpochDay());
        assertThat(days.next(kind, day)).isEqualTo((int) next.toEpochDay());
        assertThat(days.name(kind, (int) start.toEpochDay())).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "2010-03-27T22:59:59Z, 2010-03-27",
        "2010-03-27T23:00:00Z, 2010-03-28",
        "2010-03-28T21:59:59Z, 2010-03-28",
        "2010-03-28T22:00:00Z, 2010-03-29"
    })
    void shouldKnowTheDayOfAnInstantWhateverWasAskedBefore(Instant instant, LocalDate day) {
        ZonedDays days = new ZonedDays(ZoneId.of("Europe/Berlin"));

        for (Instant before : new Instant[] {Instant.EPOCH, instant, Instant.parse("2010-03-28T12:00:00Z")}) {
            days.dayAt(before.toEpochMilli());
            assertThat(days.dayAt(instant.toEpochMilli())).isEqualTo((int) day.toEpochDay());
        }
    }
}
