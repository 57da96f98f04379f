package io.touchpoint.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributionModelTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HALF_LIFE = 7 * DAY;

    @Test
    void shouldGiveAllToTheFirstOrTheLastClick() {
        assertThat(split(AttributionModel.FIRST, 100, 1, 2, 3)).containsExactly(100, 0, 0);
        assertThat(split(AttributionModel.LAST, 100, 1, 2, 3)).containsExactly(0, 0, 100);
    }

    @Test
    void shouldGiveWhatDoesNotDivideToTheEarlierClicks() {
        assertThat(split(AttributionModel.LINEAR, 100, 1, 2, 3)).containsExactly(34, 33, 33);
        assertThat(split(AttributionModel.LINEAR, 101, 1, 2, 3)).containsExactly(34, 34, 33);
        assertThat(split(AttributionModel.LINEAR, 2, 1, 2, 3)).containsExactly(1, 1, 0);
    }

    @Test
    void shouldHalveTheCreditOfAClickForEveryHalfLife() {
        assertThat(split(AttributionModel.TIME_DECAY, 700, 0, 7, 14)).containsExactly(100, 200, 400);
        assertThat(split(AttributionModel.TIME_DECAY, 100, 0, 7)).containsExactly(33, 67);
        assertThat(split(AttributionModel.TIME_DECAY, 99, 5, 5, 5)).containsExactly(33, 33, 33);
    }

    @Test
    void shouldGiveFortyTwentyForty() {
        assertThat(split(AttributionModel.POSITION_BASED, 100, 1)).containsExactly(100);
        assertThat(split(AttributionModel.POSITION_BASED, 100, 1, 2)).containsExactly(50, 50);
        assertThat(split(AttributionModel.POSITION_BASED, 100, 1, 2, 3)).containsExactly(40, 20, 40);
        assertThat(split(AttributionModel.POSITION_BASED, 100, 1, 2, 3, 4)).containsExactly(40, 10, 10, 40);
        // 39.6, 9.9, 9.9 and 39.6: of the rest of three one goes to each of the middle ones, and one to the earlier of
        // the others.
        assertThat(split(AttributionModel.POSITION_BASED, 99, 1, 2, 3, 4)).containsExactly(40, 10, 10, 39);
    }

    @Test
    void shouldShareOutANegativeAmountAsItsOpposite() {
        for (var model : AttributionModel.values()) {
            var plus = split(model, 1_001, 1, 2, 4, 8);
            var minus = split(model, -1_001, 1, 2, 4, 8);
            for (int i = 0; i < plus.length; i++) {
                assertThat(minus[i]).isEqualTo(-plus[i]);
            }
        }
    }

    @Test
    void shouldLoseNothingWhateverTheAmountAndTheClicks() {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            var days = random.doubles(1 + random.nextInt(40), 0, 30).sorted().toArray();
            long amount = (long) (Math.pow(10, 15 * random.nextDouble()) * random.nextDouble());
            for (var model : AttributionModel.values()) {
                var split = split(model, amount, days);
                assertThat(Arrays.stream(split).sum()).isEqualTo(amount);
                assertThat(Arrays.stream(split).min().orElseThrow()).isNotNegative();
            }
        }
    }

    @Test
    void shouldNameTheModelsAsTheMeasuresDo() {
        assertThat(Arrays.stream(AttributionModel.values()).map(AttributionModel::id))
                .containsExactly("first", "last", "linear", "time-decay", "position-based");
    }

    private static long[] split(AttributionModel model, long amount, double... days) {
        List<Touch> path = new ArrayList<>();
        for (int i = 0; i < days.length; i++) {
            path.add(new Touch("k" + i, Math.round(days[i] * DAY), "meta", "c"));
        }
        return AttributionModel.shares(path, HALF_LIFE)[model.ordinal()].split(amount);
    }
}
