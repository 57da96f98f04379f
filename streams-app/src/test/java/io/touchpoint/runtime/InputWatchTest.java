package io.touchpoint.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.runtime.InputWatch.Ends;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class InputWatchTest {

    private static final long UNKNOWN = -1;
    private static final Duration TICK = Duration.ofMillis(50);

    private final FakeInput input = new FakeInput();
    private Instant now = Instant.parse("2024-06-01T12:00:00Z");

    @Test
    void shouldKnowNothingWhileTheConsumerDoesNot() {
        input.onBroker = UNKNOWN;
        assertThat(watch().waiting(0)).isEqualTo(UNKNOWN);
        assertThat(input.questions).isEmpty();
    }

    @Test
    void shouldCountWhatIsOnTheBrokerAndWhatIsInMemory() {
        input.delivered = 100;
        var watch = watch();
        input.onBroker = 7;
        assertThat(watch.waiting(0)).isEqualTo(7);

        input.delivered = 130;
        assertThat(watch.waiting(10)).isEqualTo(27);
        input.onBroker = 0;
        assertThat(watch.waiting(10)).isEqualTo(20);
        assertThat(input.questions).as("asked where it is plain").isEmpty();
    }

    @Test
    void shouldNotTakeItForTheEndThatTheConsumerKnowsOfNoMore() {
        var watch = watch();
        assertThat(watch.waiting(0)).isEqualTo(UNKNOWN);

        pass(Duration.ofSeconds(60));
        assertThat(watch.waiting(0)).as("the broker has not answered").isEqualTo(UNKNOWN);
        assertThat(input.questions).hasSize(1);

        answer(1_000_000);
        assertThat(watch.waiting(0)).isEqualTo(1_000_000);
    }

    @Test
    void shouldFindNothingWaitingWhereTheBrokerSaysSo() {
        var watch = watch();
        watch.waiting(0);
        answer(0);
        assertThat(watch.waiting(0)).isZero();
    }

    @Test
    void shouldJudgeTheEndsByWhereTheConsumerIsByThen() {
        var watch = watch();
        watch.waiting(0);
        var ahead = new long[] {5};
        input.questions.remove().complete(() -> ahead[0]);
        ahead[0] = 0;
        assertThat(watch.waiting(0)).isZero();
    }

    @Test
    void shouldForgetWhatTheBrokerSaidTooLongAgo() {
        var watch = watch();
        watch.waiting(0);
        pass(Duration.ofSeconds(9));
        answer(0);
        assertThat(watch.waiting(0)).isZero();

        pass(Duration.ofSeconds(1));
        assertThat(watch.waiting(0)).isZero();
        pass(TICK);
        assertThat(watch.waiting(0)).isEqualTo(UNKNOWN);
        answer(0);
        assertThat(watch.waiting(0)).isZero();
    }

    @Test
    void shouldAskNowAndThenAlone() {
        var watch = watch();
        int asked = 0;
        for (int tick = 0; tick < 20 * 60; tick++) {
            long waiting = watch.waiting(0);
            assertThat(waiting).isEqualTo(tick == 0 ? UNKNOWN : 0);
            if (!input.questions.isEmpty()) {
                asked++;
                answer(0);
            }
            pass(TICK);
        }
        assertThat(asked).isBetween(12, 15);
    }

    @Test
    void shouldAskAgainWhenTheBrokerDidNotAnswer() {
        var watch = watch();
        watch.waiting(0);
        input.questions.remove().completeExceptionally(new TimeoutException("nobody there"));
        pass(Duration.ofSeconds(5));
        assertThat(watch.waiting(0)).isEqualTo(UNKNOWN);
        answer(0);
        assertThat(watch.waiting(0)).isZero();
    }

    @Test
    void shouldTakeBackItsWordWhenThereIsMoreAfterAll() {
        var watch = watch();
        watch.waiting(0);
        answer(0);
        assertThat(watch.waiting(0)).isZero();
        pass(Duration.ofSeconds(5));
        watch.waiting(0);
        answer(3);
        assertThat(watch.waiting(0)).isEqualTo(3);
        assertThat(watch.waiting(0)).isEqualTo(UNKNOWN);
    }

    private InputWatch watch() {
        return new InputWatch(input, () -> now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void answer(long ahead) {
        input.questions.remove().complete(() -> ahead);
    }

    private static final class FakeInput implements InputWatch.Input {

        private final Deque<CompletableFuture<Ends>> questions = new ArrayDeque<>();
        private long onBroker;
        private long delivered;

        @Override
        public long onBroker() {
            return onBroker;
        }

        @Override
        public long delivered() {
            return delivered;
        }

        @Override
        public CompletableFuture<Ends> askForEnds() {
            var question = new CompletableFuture<Ends>();
            questions.add(question);
            return question;
        }
    }
}
