package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.queries.LiveEvent.Kind;
import io.touchpoint.records.state.RunDone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private final LiveFeed feed = new LiveFeed();

    @Test
    void shouldHandOnWhatIsWantedInOrder() throws InterruptedException {
        try (var watcher = feed.watch(event -> event.kind() == Kind.KPI)) {
            publish(Kind.KPI, 2);
            publish(Kind.CHURN, 1);
            publish(Kind.KPI, 1);

            assertThat(numbers(watcher)).containsExactly(1L, 2L, 4L);
        }
        assertThat(feed.watchers()).isZero();
    }

    @Test
    void shouldGoOnAfterTheLastEventThatWasSeen() throws InterruptedException {
        publish(Kind.KPI, 5);
        try (var watcher = feed.resume(event -> true, 3)) {
            publish(Kind.KPI, 1);

            assertThat(numbers(watcher)).containsExactly(4L, 5L, 6L);
            assertThat(watcher.gap()).isEmpty();
        }
    }

    @Test
    void shouldSayFromWhereItGoesOnWhenSomeOfWhatWasMissedIsKeptNoMore() throws InterruptedException {
        publish(Kind.KPI, 10_003);
        publish(Kind.CHURN, 2);
        try (var tooLate = feed.resume(event -> event.kind() == Kind.CHURN, 4);
                var justInTime = feed.resume(event -> event.kind() == Kind.CHURN, 5);
                var ofAnotherTime = feed.resume(event -> true, 10_006);
                var ofNoTime = feed.resume(event -> true, -1)) {
            assertThat(tooLate.gap()).hasValue(5);
            assertThat(numbers(tooLate)).containsExactly(10_004L, 10_005L);
            assertThat(justInTime.gap()).isEmpty();
            assertThat(numbers(justInTime)).containsExactly(10_004L, 10_005L);
            assertThat(ofAnotherTime.gap()).hasValue(10_005);
            assertThat(ofNoTime.gap()).hasValue(10_005);
            assertThat(numbers(ofNoTime)).isEmpty();
        }
    }

    @Test
    void shouldSayFromWhereItGoesOnWhenMoreWasMissedThanIsHandedOn() throws InterruptedException {
        publish(Kind.KPI, 4_000);
        try (var watcher = feed.resume(event -> true, 1)) {
            assertThat(watcher.gap()).hasValue(1_500);
            assertThat(numbers(watcher)).hasSize(2_500).startsWith(1_501L).endsWith(4_000L);
        }
    }

    @Test
    void shouldNotKeepWhatIsPassedOnOrForgotten() throws InterruptedException {
        try (var watcher = feed.watch(event -> true)) {
            publish(Kind.KPI, 1);
            feed.pass(Kind.CHURN, "alice", new RunDone("alice", 1));
            feed.publish(Kind.CHURN, "bob", new RunDone("bob", 1));
            feed.publish(Kind.CHURN, "carol", new RunDone("carol", 1));
            feed.forget(value -> value.equals(new RunDone("bob", 1)));

            assertThat(numbers(watcher)).containsExactly(1L, 2L, 3L, 4L);
        }
        try (var later = feed.resume(event -> true, 0)) {
            assertThat(numbers(later)).containsExactly(1L, 4L);
            assertThat(later.gap()).isEmpty();
        }
    }

    @Test
    void shouldBeginWithWhatIsNewForOneWhoComesForTheFirstTime() throws InterruptedException {
        publish(Kind.KPI, 5);
        try (var watcher = feed.watch(event -> true)) {
            assertThat(numbers(watcher)).isEmpty();
        }
    }

    @Test
    void shouldLetAllGoAndWaitUntilTheyHaveGone() throws InterruptedException {
        var watcher = feed.watch(event -> true);
        var late = new ArrayList<LiveEvent>();
        var reader = new Thread(() -> {
            try (watcher) {
                while (!watcher.cutOff()) {
                    late.add(watcher.next(Duration.ofMinutes(5).toMillis()));
                }
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();

        feed.end(Duration.ofSeconds(30));

        assertThat(feed.watchers()).isZero();
        reader.join(Duration.ofSeconds(30).toMillis());
        assertThat(late).allMatch(event -> event == null);
        assertThat(feed.watch(event -> true).cutOff()).isTrue();
    }

    @Test
    void shouldCutOffWhoDoesNotKeepUpAndNobodyElse() throws InterruptedException {
        var slow = feed.watch(event -> true);
        try (var quick = feed.watch(event -> true)) {
            long seen = 0;
            for (int i = 0; i < 13; i++) {
                publish(Kind.KPI, 1_000);
                seen += numbers(quick).size();
            }

            assertThat(seen).isEqualTo(13_000);
            assertThat(slow.cutOff()).isTrue();
            assertThat(quick.cutOff()).isFalse();
            assertThat(feed.watchers()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellKeyAndValue() throws InterruptedException {
        try (var watcher = feed.watch(event -> true)) {
            feed.publish(Kind.KPI, "nps|channel=\"web\"|P30D", new RunDone("run", 1));

            var event = watcher.next(0);
            assertThat(event.kpi()).isEqualTo("nps");
            assertThat(event.segment()).isEqualTo("channel=\"web\"");
            assertThat(event.json())
                    .isEqualTo(
                            "{\"key\":\"nps|channel=\\\"web\\\"|P30D\",\"value\":{\"run\":\"run\",\"partition\":1}}");
        }
    }

    private void publish(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            feed.publish(kind, "nps|all|P30D", new RunDone("run", 1));
        }
    }

    private static List<Long> numbers(LiveFeed.Watcher watcher) throws InterruptedException {
        var numbers = new ArrayList<Long>();
        for (var event = watcher.next(0); event != null; event = watcher.next(0)) {
            numbers.add(event.number());
        }
        return numbers;
    }
}
