package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.topology.Timers.Due;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class TimersTest {

    private static final Bytes ANNA = customer("anna");
    private static final Bytes BERT = customer("bert");
    private static final int ALL = 100;

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("timers").get();
    private final Timers timers = new Timers(store);

    @Test
    void shouldGiveWhatIsDueSoonestFirst() {
        timers.arm(300, ANNA);
        timers.arm(256, BERT);
        timers.arm(301, BERT);
        assertThat(timers.due(300, ALL)).containsExactly(new Due(256, BERT), new Due(300, ANNA));
    }

    @Test
    void shouldGiveNothingBeforeItIsDue() {
        timers.arm(300, ANNA);
        assertThat(timers.due(299, ALL)).isEmpty();
        assertThat(timers.due(300, ALL)).containsExactly(new Due(300, ANNA));
    }

    @Test
    void shouldGiveADisarmedDeadlineNoMore() {
        timers.arm(300, ANNA);
        timers.disarm(300, ANNA);
        assertThat(timers.due(1_000, ALL)).isEmpty();
    }

    @Test
    void shouldGoOnWhereALimitedReadEnded() {
        for (int i = 0; i < 10; i++) {
            timers.arm(100, customer("c" + i));
            timers.arm(200 + i, customer("c" + i));
        }
        var fired = new ArrayList<Due>();
        List<Due> due;
        do {
            due = timers.due(500, 3);
            due.forEach(timer -> timers.disarm(timer.deadline(), timer.customer()));
            fired.addAll(due);
        } while (due.size() == 3);
        assertThat(fired)
                .hasSize(20)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Long.compare(a.deadline(), b.deadline()));
    }

    @Test
    void shouldGiveADeadlineThatIsArmedBehindTheLastFiring() {
        timers.arm(300, ANNA);
        timers.due(400, ALL).forEach(timer -> timers.disarm(timer.deadline(), timer.customer()));
        timers.arm(350, BERT);
        assertThat(timers.due(400, ALL)).containsExactly(new Due(350, BERT));
    }

    @Test
    void shouldGiveNothingWhenTheClockStandsBehindTheLastFiring() {
        timers.arm(300, ANNA);
        timers.due(400, ALL).forEach(timer -> timers.disarm(timer.deadline(), timer.customer()));
        timers.arm(500, BERT);
        assertThat(timers.due(399, ALL)).isEmpty();
        assertThat(timers.due(500, ALL)).containsExactly(new Due(500, BERT));
    }

    @Test
    void shouldFindAfterARestartWhatWasArmedBefore() {
        timers.arm(300, ANNA);
        timers.clock(250);
        var restarted = new Timers(store);
        assertThat(restarted.clock()).isEqualTo(250);
        assertThat(restarted.due(1_000, ALL)).containsExactly(new Due(300, ANNA));
    }

    @Test
    void shouldNeverTakeTheStoredClockForADeadline() {
        timers.clock(1);
        assertThat(timers.due(Long.MAX_VALUE - 1, ALL)).isEmpty();
    }

    @Test
    void shouldNeverTakeTheMarkOfAReviewForADeadline() {
        timers.review(new byte[] {7});
        assertThat(timers.due(Long.MAX_VALUE - 1, ALL)).isEmpty();
        assertThat(timers.clock()).isZero();
        assertThat(new Timers(store).review()).containsExactly(7);
    }

    @Test
    void shouldHaveNoClockAtFirst() {
        assertThat(timers.clock()).isZero();
    }

    private static Bytes customer(String id) {
        return Bytes.wrap(CustomerHash.of(id));
    }
}
