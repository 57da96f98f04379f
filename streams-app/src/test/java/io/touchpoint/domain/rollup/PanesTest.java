package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.Resolution;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanesTest {
    private static final long MINUTE = 60_000L;
    private static final int HOUR_LONG = 60;
    private static final int QUARTER_LONG = 90 * 24 * 60;

    @Test
    void shouldCostTheSamePerFactAndMinuteWhateverTheLengthOfTheWindow() {
        long[] nanos = new long[2];
        for (int round = 0; round < 7; round++) {
            long shorter = nanosPerMinute(HOUR_LONG);
            long longer = nanosPerMinute(QUARTER_LONG);
            nanos[0] = round == 0 ? shorter : Math.min(nanos[0], shorter);
            nanos[1] = round == 0 ? longer : Math.min(nanos[1], longer);
        }
        // 2,160 times as many panes; a search among them takes three times the steps.
        assertThat(nanos[1]).as(Arrays.toString(nanos)).isLessThan(20 * nanos[0]);
    }

    /** Of a window that is full: a fact of now, a late one, and the clock moved by a minute. */
    private static long nanosPerMinute(int length) {
        Panes panes = new Panes(Resolution.MINUTE, List.of(length), false);
        long now = 10L * QUARTER_LONG;
        panes.advanceTo(now - length);
        for (long pane = now - length + 1; pane <= now; pane++) {
            panes.advanceTo(pane);
            panes.add(pane, 0, 1, pane * MINUTE);
        }
        assertThat(panes.sum(length)).isEqualTo(length);
        int minutes = 20_000;
        long start = System.nanoTime();
        for (int minute = 1; minute <= minutes; minute++) {
            panes.advanceTo(now + minute);
            panes.add(now + minute, 0, 1, (now + minute) * MINUTE);
            panes.add(now + minute - length / 2, 0, 1, (now + minute - length / 2) * MINUTE);
        }
        long nanos = (System.nanoTime() - start) / minutes;
        assertThat(panes.sum(length)).isEqualTo(length + (length == HOUR_LONG ? 30 : 20_000));
        return nanos;
    }

    @Test
    void shouldForgetWhatIsBeforeTheLongestWindowButTheNewest() {
        Panes panes = new Panes(Resolution.HOUR, List.of(24, 168), false);
        panes.advanceTo(1_000);
        panes.add(999, 0, 1, 999 * 60 * MINUTE);
        panes.add(1_000, 0, 1, 1_000 * 60 * MINUTE);

        panes.advanceTo(5_000);

        assertThat(panes.sum(168)).isZero();
        assertThat(panes.cells().end() - panes.cells().first()).isEqualTo(1);
        assertThat(panes.changedAt(24)).isEqualTo(1_024 * 60 * MINUTE);
        assertThat(panes.changedAt(168)).isEqualTo(1_168 * 60 * MINUTE);
    }

    @Test
    void shouldNoteAFactBeforeAllWindowsOnlyWhenItIsTheNewest() {
        Panes panes = new Panes(Resolution.HOUR, List.of(24), false);
        panes.advanceTo(5_000);

        assertThat(panes.add(4_000, 0, 1, 4_000 * 60 * MINUTE)).isTrue();
        assertThat(panes.add(3_999, 0, 1, 3_999 * 60 * MINUTE)).isFalse();
        assertThat(panes.add(4_001, 0, 1, 4_001 * 60 * MINUTE)).isTrue();

        assertThat(panes.sum(24)).isZero();
        assertThat(panes.changedAt(24)).isEqualTo(4_025 * 60 * MINUTE);
        assertThat(panes.cells().end() - panes.cells().first()).isEqualTo(1);
    }
}
