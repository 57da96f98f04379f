package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private final LiveFeed feed = new LiveFeed();

    @Test
    void shouldHandOnWhatIsWantedInOrder() throws InterruptedException {
        try (var watcher = feed.watch(event -> event.kind().equals("kpi"), 0)) {
            publish("kpi", 2);
            publish("churn", 1);
            publish("kpi", 1);

            assertThat(numbers(watcher)).containsExactly(1L, 2L, 4L);
        }
        assertThat(feed.watchers()).isZero();
    }

    @Test
    void shouldGoOnAfterTheLastEventThatWasSeen() throws InterruptedException {
        publish("kpi", 5);
        try (var watcher = feed.watch(event -> true, 3)) {
            publish("kpi", 1);

            assertThat(numbers(watcher)).containsExactly(4L, 5L, 6L);
        }
    }

    @Test
    void shouldBeginWithWhatIsNewForOneWhoComesForTheFirstTime() throws InterruptedException {
        publish("kpi", 5);
        try (var watcher = feed.watch(event -> true, 0)) {
            assertThat(numbers(watcher)).isEmpty();
        }
    }

    @Test
    void shouldCutOffWhoDoesNotKeepUpAndNobodyElse() throws InterruptedException {
        var slow = feed.watch(event -> true, 0);
        try (var quick = feed.watch(event -> true, 0)) {
            long seen = 0;
            for (int i = 0; i < 6; i++) {
                publish("kpi", 1_000);
                seen += numbers(quick).size();
            }

            assertThat(seen).isEqualTo(6_000);
            assertThat(slow.cutOff()).isTrue();
            assertThat(quick.cutOff()).isFalse();
            assertThat(feed.watchers()).isEqualTo(1);
        }
    }

    private void publish(String kind, int times) {
        for (int i = 0; i < times; i++) {
            feed.publish(kind, "nps", "all", "{}");
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
