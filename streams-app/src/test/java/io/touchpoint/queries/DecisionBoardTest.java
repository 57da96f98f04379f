package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionBoardTest {

    private static final Instant NOW = Instant.parse("2024-03-01T12:00:30Z");

    private final DecisionBoard board = new DecisionBoard(InstantSource.fixed(NOW));

    @Test
    void shouldCountInMinutesOnlyWhatWasDecidedSinceTheStart() {
        board.suppression("a|SKU|tea", bought("a"), NOW.minusSeconds(1), false);
        board.suppression("b|SKU|tea", bought("b"), NOW, true);

        assertThat(board.standing().counted()).isFalse();
        assertThat(board.standing().active()).isEqualTo(2);
        assertThat(board.standing().minutes()).last().matches(minute -> minute.added() == 1);

        board.caughtUp();
        assertThat(board.standing().counted()).isTrue();
    }

    @Test
    void shouldShowTheNewestFirstWhateverOrderTheyAreReadIn() {
        for (int second = 0; second < 200; second++) {
            int shuffled = second * 77 % 200;
            var signal = new ChurnSignal();
            signal.setCustomerId("customer-" + shuffled);
            board.signal(signal, NOW.plusSeconds(shuffled));
        }
        board.signal(null, NOW.plusSeconds(1_000));

        assertThat(board.newestSignals()).hasSize(DecisionBoard.NEWEST);
        assertThat(board.newestSignals())
                .extracting(decided -> decided.value().getCustomerId())
                .startsWith("customer-199", "customer-198")
                .endsWith("customer-150");
    }

    @Test
    void shouldShowALiftedSuppressionAndForgetOneThatIsGone() {
        board.suppression("a|SKU|tea", bought("a"), NOW, true);
        var lifted = bought("a");
        lifted.setState(SuppressionState.LIFTED);
        board.suppression("a|SKU|tea", lifted, NOW.plusSeconds(1), true);
        board.suppression("a|SKU|tea", null, NOW.plusSeconds(2), true);

        assertThat(board.newestSuppressions())
                .extracting(decided -> decided.value().getState())
                .containsExactly(SuppressionState.LIFTED, SuppressionState.ACTIVE);
        assertThat(board.standing().active()).isZero();
    }

    private static Suppression bought(String customer) {
        var value = new Suppression();
        value.setCustomerId(customer);
        value.setScope(SuppressionScope.SKU);
        value.setScopeValue("tea");
        value.setState(SuppressionState.ACTIVE);
        value.setReasons(List.of("PURCHASED"));
        return value;
    }
}
