package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to a process or a broker in the middle of the work, what is committed in the end is the same. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KillIT {

    private static final int EVENTS = 14_000;
    private static final int POISON = 140;
    private static final Duration OVER = Duration.ofDays(150);
    private static final Instant UNTIL = Histories.START.plus(OVER).plus(Duration.ofDays(30));

    private static Outputs undisturbed;

    /** On one broker; the same input gives the same on three. */
    @BeforeAll
    static void runUndisturbed() {
        try (var cluster = TestCluster.start()) {
            publish(cluster);
            var run = cluster.end(UNTIL);
            try (var pipeline = cluster.pipeline(Map.of("application.id", "undisturbed"))) {
                cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
            }
            undisturbed = Outputs.of(cluster);
            undisturbed.assertTelling();
            assertThat(undisturbed.all(Topics.REJECTED)).hasSize(POISON);
            assertThat(Outputs.numerator(cluster, "records-read|all|PT0S")).isEqualTo(EVENTS + POISON);
            assertThat(Outputs.numerator(cluster, "records-rejected|all|PT0S")).isEqualTo(POISON);
        }
    }

    @Test
    void shouldGiveTheSameWhenTheProcessIsKilledThreeTimes() {
        try (var cluster = TestCluster.start()) {
            publish(cluster);
            var run = cluster.end(UNTIL);
            var settings = cluster.settings(Map.of("application.id", "killed"));
            for (double share : new double[] {0.15, 0.4, 0.65}) {
                try (var process = PipelineProcess.start(settings)) {
                    awaitShare(cluster, "killed", share, process::assertAlive);
                    process.kill();
                    assertThat(cluster.committed("killed"))
                            .as("killed under load")
                            .isLessThan(EVENTS);
                }
            }
            try (var process = PipelineProcess.start(settings)) {
                cluster.awaitDone(run, process::assertAlive);
            }
            Outputs.of(cluster).assertSameAs(undisturbed);
        }
    }

    @Test
    void shouldGiveTheSameWhenOneOfThreeBrokersIsStoppedAndStarted() {
        try (var cluster = TestCluster.ofThreeBrokers()) {
            publish(cluster);
            var run = cluster.end(UNTIL);
            try (var pipeline = cluster.pipeline(Map.of("application.id", "bereft"))) {
                Runnable unharmed = () -> assertThat(pipeline.failure()).isEmpty();
                awaitShare(cluster, "bereft", 0.1, unharmed);
                cluster.sandbox().kafka().stopBroker(3);
                double before = cluster.committed("bereft") / (double) EVENTS;
                assertThat(before).as("stopped under load").isLessThan(0.8);
                awaitShare(cluster, "bereft", before + 0.1, unharmed);
                cluster.sandbox().kafka().startBroker(3);
                cluster.awaitDone(run, unharmed);
            }
            Outputs.of(cluster).assertSameAs(undisturbed);
        }
    }

    private static void awaitShare(TestCluster cluster, String applicationId, double share, Runnable check) {
        await().atMost(TestCluster.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            check.run();
            return cluster.committed(applicationId) > share * EVENTS;
        });
    }

    /** The same records at the same offsets each time, poison among them. */
    private static void publish(TestCluster cluster) {
        var events = Histories.mixed(EVENTS, 800, OVER, 21);
        int each = EVENTS / POISON;
        for (int i = 0; i < POISON; i++) {
            var at = events.get(i * each).occurredAt();
            cluster.publish(events.subList(i * each, (i + 1) * each));
            cluster.publishBytes(Topics.ORDERS, "customer-" + i, new byte[] {1, 2, 3}, at);
        }
    }
}
