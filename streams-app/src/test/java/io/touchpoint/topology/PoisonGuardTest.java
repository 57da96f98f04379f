package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.domain.intake.Origin;
import io.touchpoint.domain.intake.Refusal;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class PoisonGuardTest {

    private static final String TOPIC = "touchpoint.orders.v1";
    private static final Refusal BROKEN = new Refusal(Refusal.Reason.INVALID, "score 11 (expected: 0 to 10)");

    private final PoisonGuard guard = new PoisonGuard(new PoisonGuard.Limit(0.5, 10, 4));

    @Test
    void shouldStopWhenMoreThanTheShareIsRefusedAndSayWhy() {
        refuse(3);
        assertThatThrownBy(() -> refuse(1))
                .isInstanceOf(StreamsException.class)
                .hasMessage("4 of the last 4 records of touchpoint.orders.v1 were refused, more than the limit of 50 %:"
                        + " the pipeline stops. The last one, touchpoint.orders.v1/2/77, is INVALID: score 11"
                        + " (expected: 0 to 10). Mend the producer or raise the limit, and start again");
    }

    @Test
    void shouldNotJudgeTooFewRecords() {
        assertThatCode(() -> refuse(3)).doesNotThrowAnyException();
    }

    @Test
    void shouldLetExactlyTheShareThrough() {
        assertThatCode(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        guard.read(TOPIC);
                        refuse(1);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldForgetWhatIsOutsideTheWindow() {
        for (int round = 0; round < 5; round++) {
            read(10);
            refuse(5);
        }
        read(10);
        refuse(5);
        assertThatThrownBy(() -> refuse(1))
                .isInstanceOf(StreamsException.class)
                .hasMessageStartingWith("6 of the last 10");
    }

    @Test
    void shouldJudgeEachTopicByItself() {
        read(1_000);
        refuse(3, "touchpoint.surveys.v1");
        assertThatThrownBy(() -> refuse(1, "touchpoint.surveys.v1")).hasMessageContaining("touchpoint.surveys.v1");
        assertThatCode(() -> refuse(4)).doesNotThrowAnyException();
    }

    private void read(int times) {
        for (int i = 0; i < times; i++) {
            guard.read(TOPIC);
        }
    }

    private void refuse(int times) {
        refuse(times, TOPIC);
    }

    private void refuse(int times, String topic) {
        for (int i = 0; i < times; i++) {
            guard.refused(new Origin(topic, 2, 77), BROKEN);
        }
    }
}
