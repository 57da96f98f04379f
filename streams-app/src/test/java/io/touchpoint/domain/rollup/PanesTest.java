package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanesTest {
    private static final long MINUTE = 60_000L;

    /** Work, not time: what a fact of now, a late one and the pane that leaves cost. */
    @ParameterizedTest
    @CsvSource({"MINUTE, 60", "MINUTE, 129600", "HOUR, 24", "HOUR, 168", "DAY, 30", "DAY, 90"})
    void shouldCostTheSamePerFactAndPaneWhateverTheLengthOfTheWindow(Resolution resolution, int length) {
        for (boolean bucketed : List.of(false, true)) {
            assertThat(workPerPane(resolution, length, bucketed)).isEqualTo(3);
        }
    }

    /** Of a window that is full. */
    private static double workPerPane(Resolution resolution, int length, boolean bucketed) {
        Panes panes = new Panes(resolution, List.of(length), bucketed);
        long width = resolution.startOf(1) - resolution.startOf(0);
        long now = 10L * 129_600;
        panes.advanceTo(now - length);
        for (long pane = now - length + 1; pane <= now; pane++) {
            panes.advanceTo(pane);
            panes.add(pane, 0, 1, pane * width);
        }
        assertThat(panes.sum(length)).isEqualTo(length);
        long before = panes.counted();
        int steps = 20_000;
        for (int step = 1; step <= steps; step++) {
            panes.advanceTo(now + step);
            panes.add(now + step, 0, 1, (now + step) * width);
            panes.add(now + step - length / 2, 0, 1, (now + step - length / 2) * width);
        }
        assertThat(panes.sum(length)).isEqualTo(length + Math.min(length / 2, steps));
        return (double) (panes.counted() - before) / steps;
    }

    /** Idle for years, the clock costs what there is to leave. */
    @Test
    void shouldCostNothingToMoveTheClockFarWhereThereIsNothing() {
        Panes panes = new Panes(Resolution.MINUTE, List.of(60), false);
        panes.advanceTo(1_000);
        panes.add(1_000, 0, 1, 1_000 * MINUTE);

        panes.advanceTo(5_000_000);
        panes.advanceTo(9_000_000);

        assertThat(panes.counted()).isEqualTo(2);
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
