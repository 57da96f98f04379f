package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertBoardTest {
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final AlertBoard board = new AlertBoard();

    @Test
    void shouldShowWhatIsOpenKpisFirstThenTheNewest() {
        told("call-back", "customer=a", null, AlertState.FIRING, 3);
        told("leak", "platform=x", "P7D", AlertState.FIRING, 1);
        told("leak", "platform=y", "P7D", AlertState.FIRING, 2);
        told("drop", "all", "P30D", AlertState.FIRING, 0);
        told("drop", "all", "P30D", AlertState.RESOLVED, 4);

        assertThat(board.openCount()).isEqualTo(3);
        assertThat(board.open(2)).extracting(Alert::getSegment).containsExactly("platform=y", "platform=x");
        assertThat(board.open(9))
                .hasSize(3)
                .last()
                .satisfies(last -> assertThat(last.getRule()).isEqualTo("call-back"));
        assertThat(board.recent(2)).extracting(Alert::getState).containsExactly(AlertState.RESOLVED, AlertState.FIRING);
    }

    @Test
    void shouldForgetADeletedKey() {
        told("leak", "all", "P7D", AlertState.FIRING, 1);
        board.told("leak|all", null);

        assertThat(board.openCount()).isZero();
    }

    @Test
    void shouldKeepOnlyTheNewestOfWhatWasTold() {
        for (int i = 0; i < 1_100; i++) {
            told("leak", "all", "P7D", i % 2 == 0 ? AlertState.FIRING : AlertState.RESOLVED, i);
        }

        assertThat(board.recent(2_000)).hasSize(1_000);
        assertThat(board.recent(1).get(0).getDecidedAt()).isEqualTo(NOON.plusSeconds(1_099));
    }

    private void told(String rule, String segment, String window, AlertState state, int seconds) {
        var alert = new Alert();
        alert.setRule(rule);
        alert.setSegment(segment);
        alert.setWindow(window);
        alert.setState(state);
        alert.setDecidedAt(NOON.plusSeconds(seconds));
        board.told(rule + "|" + segment, alert);
    }
}
