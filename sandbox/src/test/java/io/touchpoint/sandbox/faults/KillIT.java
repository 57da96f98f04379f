package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to a process or a broker in the middle of the work, what is committed in the end is the same. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KillIT {

    private static final int EVENTS = 60_000;
    private static final int POISON = 300;
    private static final Duration OVER = Duration.ofDays(150);
    private static final Instant UNTIL = Histories.START.plus(OVER).plus(Duration.ofDays(30));

    @Test
    void shouldGiveTheSameWhenTheProcessIsKilledThreeTimes() {
        try (var cluster = TestCluster.start()) {
            var expected = undisturbed(cluster);
            cluster.newTopics(Role.OUTPUT, Role.INTERNAL);
            var run = cluster.end(UNTIL);
            var settings = cluster.settings(Map.of("application.id", "killed"));
            for (double share : new double[] {0.15, 0.4, 0.65}) {
                try (var process = PipelineProcess.start(settings)) {
                    await().atMost(TestCluster.PATIENCE)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> {
                                process.assertAlive();
                                return cluster.committed("killed") > share * EVENTS;
                            });
                    process.kill();
                    assertThat(cluster.committed("killed"))
                            .as("killed under load")
                            .isLessThan(EVENTS);
                }
            }
            try (var process = PipelineProcess.start(settings)) {
                cluster.awaitDone(run, process::assertAlive);
            }
            Outputs.of(cluster).assertSameAs(expected);
        }
    }

    @Test
    void shouldGiveTheSameWhenOneOfThreeBrokersIsStoppedAndStarted() {
        try (var cluster = TestCluster.ofThreeBrokers()) {
            var expected = undisturbed(cluster);
            cluster.newTopics(Role.OUTPUT, Role.INTERNAL);
            var run = cluster.end(UNTIL);
            try (var pipeline = cluster.pipeline(Map.of("application.id", "bereft"))) {
                awaitShare(cluster, "bereft", 0.1);
                cluster.sandbox().kafka().stopBroker(3);
                long before = cluster.committed("bereft");
                awaitShare(cluster, "bereft", (before + 3_000.0) / EVENTS);
                cluster.sandbox().kafka().startBroker(3);
                cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
            }
            Outputs.of(cluster).assertSameAs(expected);
        }
    }

    private static void awaitShare(TestCluster cluster, String applicationId, double share) {
        await().atMost(TestCluster.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> cluster.committed(applicationId) > share * EVENTS);
    }

    /** Publishes the history, poison included, and runs it once. */
    private static Outputs undisturbed(TestCluster cluster) {
        var events = Histories.mixed(EVENTS, 800, OVER, 21);
        int each = EVENTS / POISON;
        for (int i = 0; i < POISON; i++) {
            var at = events.get(i * each).occurredAt();
            cluster.publish(events.subList(i * each, (i + 1) * each));
            cluster.publishBytes(Topics.ORDERS, "customer-" + i, new byte[] {1, 2, 3}, at);
        }
        var run = cluster.end(UNTIL);
        try (var pipeline = cluster.pipeline(Map.of("application.id", "undisturbed"))) {
            cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
        }
        var outputs = Outputs.of(cluster);
        outputs.assertTelling();
        assertThat(outputs.all(Topics.REJECTED)).hasSize(POISON);
        assertThat(Outputs.numerator(cluster, "records-read|all|PT0S")).isEqualTo(EVENTS + POISON);
        assertThat(Outputs.numerator(cluster, "records-rejected|all|PT0S")).isEqualTo(POISON);
        return outputs;
    }
}
