package io.touchpoint.domain.alert;

import static io.touchpoint.domain.alert.Answers.score;
import static io.touchpoint.domain.alert.Answers.share;
import static io.touchpoint.domain.alert.Finding.Answer.BETWEEN;
import static io.touchpoint.domain.alert.Finding.Answer.CLEAR;
import static io.touchpoint.domain.alert.Finding.Answer.HOLDS;
import static io.touchpoint.domain.alert.Finding.Answer.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.domain.alert.Condition.Direction;
import io.touchpoint.domain.alert.Condition.Shift;
import io.touchpoint.domain.alert.Condition.Threshold;
import io.touchpoint.domain.policy.InvalidPolicyException;
import io.touchpoint.records.KpiValue;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final Condition ABOVE = new Threshold(true, 10, 5);
    private static final Condition BELOW = new Threshold(false, 50, 60);
    private static final Condition DOWN = new Shift(Direction.DOWN, 0.99, 0.8, 5);

    @Test
    void shouldHoldBeyondTheLineAndClearAtTheOtherLevel() {
        assertThat(answer(ABOVE, share(11, 100))).isEqualTo(HOLDS);
        assertThat(answer(ABOVE, share(10, 100))).isEqualTo(BETWEEN);
        assertThat(answer(ABOVE, share(6, 100))).isEqualTo(BETWEEN);
        assertThat(answer(ABOVE, share(5, 100))).isEqualTo(CLEAR);
        assertThat(answer(BELOW, share(49, 100))).isEqualTo(HOLDS);
        assertThat(answer(BELOW, share(59, 100))).isEqualTo(BETWEEN);
        assertThat(answer(BELOW, share(60, 100))).isEqualTo(CLEAR);
    }

    @Test
    void shouldTakeADropBeyondChanceForOne() {
        assertThat(answer(DOWN, score(300, 400, 300), score(500, 300, 200))).isEqualTo(HOLDS);
        assertThat(answer(DOWN, score(500, 300, 200), score(300, 400, 300))).isEqualTo(CLEAR);
    }

    @Test
    void shouldTakeTheSameDropOfFewForNoise() {
        assertThat(answer(DOWN, score(3, 4, 3), score(5, 3, 2), 10)).isEqualTo(CLEAR);
    }

    @Test
    void shouldNotFireForASureButSmallDropNorClear() {
        assertThat(answer(DOWN, share(88_000, 100_000), share(90_000, 100_000))).isEqualTo(BETWEEN);
    }

    @Test
    void shouldSayNothingWhenTheWindowBeforeHeldTooLittle() {
        assertThat(answer(DOWN, score(300, 400, 300), score(50, 30, 19))).isEqualTo(UNKNOWN);
        assertThat(answer(DOWN, score(300, 400, 300), score(0, 0, 0))).isEqualTo(UNKNOWN);
    }

    @Test
    void shouldMeanEitherDirection() {
        var either = new Shift(Direction.EITHER, 0.95, 0.8, 0);
        assertThat(answer(either, share(300, 1000), share(500, 1000))).isEqualTo(HOLDS);
        assertThat(answer(either, share(500, 1000), share(300, 1000))).isEqualTo(HOLDS);
        assertThat(answer(new Shift(Direction.UP, 0.95, 0.8, 0), share(300, 1000), share(500, 1000)))
                .isEqualTo(CLEAR);
    }

    @Test
    void shouldRefuseAClearLevelBeyondTheLine() {
        assertThatThrownBy(() -> new Threshold(true, 10, 11))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessage("clear: 11 (expected: a number, at most 10, the line itself)");
        assertThatThrownBy(() -> new Shift(Direction.UP, 0.9, 0.95, 0)).hasMessageContaining("clear: 0.95");
        assertThatThrownBy(() -> new Shift(Direction.UP, 0.97, 0.8, 0)).hasMessageContaining("confidence: 0.97");
    }

    private static Finding.Answer answer(Condition condition, KpiValue now) {
        return condition.judge(now, () -> null, 30).answer();
    }

    private static Finding.Answer answer(Condition condition, KpiValue now, KpiValue before) {
        return answer(condition, now, before, 100);
    }

    private static Finding.Answer answer(Condition condition, KpiValue now, KpiValue before, long leastN) {
        return condition.judge(now, () -> before, leastN).answer();
    }
}
