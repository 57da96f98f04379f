package io.touchpoint.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeShiftTest {

    @ParameterizedTest
    @CsvSource({
        "2010-12-09T20:01:00Z, 2010-12-10T20:01:00Z, 1",
        "2010-12-09T20:01:00Z, 2010-12-10T20:00:59Z, 0",
        "2010-12-09T20:01:00Z, 2010-12-09T20:00:59Z, -1"
    })
    void shouldMoveByAsManyWholeDaysAsDoNotPassNow(Instant last, Instant now, long days) {
        var shift = TimeShift.toEndAt(last, now);

        assertThat(shift.days()).isEqualTo(days);
        assertThat(shift.apply(last)).isBetween(now.minusSeconds(86_399), now);
    }
}
