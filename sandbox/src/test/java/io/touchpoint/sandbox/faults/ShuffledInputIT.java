package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that lie shuffled and doubled on the topics lead to the same as the orderly ones. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ShuffledInputIT {

    private static final Duration ORDER_HORIZON = Duration.ofDays(7);
    private static final int EVENTS = 12_000;

    @Test
    void shouldGiveTheSameWhenRecordsAreShuffledWithinTheHorizonAndDoubled() {
        var orderly = Histories.mixed(EVENTS, 300, Duration.ofDays(150), 11);
        var untidy = Histories.doubled(Histories.shuffled(orderly, ORDER_HORIZON, 12), 0.1, 13);
        try (var cluster = TestCluster.start()) {
            var expected = run(cluster, "orderly", orderly);
            expected.assertTelling();
            assertThat(Outputs.numerator(cluster, "records-duplicate|all|PT0S")).isZero();
            cluster.newTopics(Role.values());

            var found = run(cluster, "untidy", untidy);

            assertThat(Outputs.numerator(cluster, "records-read|all|PT0S")).isEqualTo(untidy.size());
            assertThat(Outputs.numerator(cluster, "records-folded|all|PT0S")).isEqualTo(EVENTS);
            assertThat(Outputs.numerator(cluster, "records-duplicate|all|PT0S")).isEqualTo(untidy.size() - EVENTS);
            found.assertSameCompactedAs(expected);
        }
    }

    /** The account is of records, not of events. */
    private static Outputs run(TestCluster cluster, String applicationId, List<TouchpointEvent> events) {
        cluster.publish(events);
        var until = Histories.START.plus(Duration.ofDays(160));
        var run = cluster.end(until);
        try (var pipeline = cluster.pipeline(Map.of("application.id", applicationId))) {
            cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
        }
        return Outputs.of(cluster)
                .without(Topics.ROLLING_KPIS, key -> key.startsWith("records-") || key.startsWith("rejected-share"))
                .withoutTimestamps();
    }
}
