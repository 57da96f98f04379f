package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A live pipeline that comes back after months. Regular customers bought coffee every 20 days all the while, and the shipped
 * policy suppresses coffee for 30: whoever looks at the wall clock before the backlog is read lifts what never ended.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestartIT {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration RHYTHM = Duration.ofDays(20);
    private static final Duration COOL_DOWN = Duration.ofDays(30);
    private static final int REGULARS = 1_500;
    private static final int PURCHASES = 12;

    /** So many that every task has some. */
    private static final int SILENT = 40;

    private static final Map<String, String> EVENT = Map.of("application.id", "paused", "clock", "EVENT");
    private static final Map<String, String> LIVE = Map.of("application.id", "paused", "clock", "LIVE");

    @Test
    void shouldFireNothingFalseBeforeTheBacklogIsReadAndThenWhatIsDue() {
        var before = new ArrayList<TouchpointEvent>();
        var backlog = new ArrayList<TouchpointEvent>();
        for (int purchase = 0; purchase < PURCHASES; purchase++) {
            for (int regular = 0; regular < REGULARS; regular++) {
                var at = NOW.minus(RHYTHM.multipliedBy(PURCHASES - purchase))
                        .plus(Duration.ofDays(10))
                        .plusSeconds(30L * regular);
                (purchase == 0 ? before : backlog).add(bought("regular-" + regular, purchase, at));
            }
        }
        var lastOfSilent = NOW.minus(Duration.ofDays(40));
        for (int silent = 0; silent < SILENT; silent++) {
            before.add(bought("silent-" + silent, 0, NOW.minus(Duration.ofDays(60))));
            backlog.add(bought("silent-" + silent, 1, lastOfSilent));
        }

        try (var cluster = TestCluster.start()) {
            before.sort(null);
            cluster.publish(before);
            try (var pipeline = cluster.pipeline(EVENT)) {
                var run = cluster.end(NOW.minus(Duration.ofDays(60)));
                cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
            }
            assertThat(suppressions(cluster)).hasSize(REGULARS + SILENT);

            backlog.sort(null);
            cluster.publish(backlog);
            try (var pipeline = cluster.pipeline(LIVE)) {
                await().atMost(TestCluster.PATIENCE).until(() -> {
                    assertThat(pipeline.failure()).isEmpty();
                    return liftedSilent(cluster) == SILENT;
                });
            }

            assertThat(cluster.committed("paused")).isEqualTo(before.size() + backlog.size());
            var all = suppressions(cluster);
            for (int silent = 0; silent < SILENT; silent++) {
                assertThat(all.get(key("silent-" + silent)))
                        .as("silent-" + silent)
                        .extracting(Suppression::getState)
                        .containsExactly(SuppressionState.ACTIVE, SuppressionState.ACTIVE, SuppressionState.LIFTED);
                var last = all.get(key("silent-" + silent)).get(2);
                assertThat(last.getReasons()).containsExactly("EXPIRED");
                assertThat(last.getUntil()).isEqualTo(lastOfSilent.plus(COOL_DOWN));
            }
            for (int regular = 0; regular < REGULARS; regular++) {
                assertThat(all.get(key("regular-" + regular)))
                        .as("regular-" + regular)
                        .hasSize(PURCHASES)
                        .noneMatch(RestartIT::lifted);
            }
            assertThat(cluster.read(Topics.CHURN_SIGNALS))
                    .as("of whom bought every 20 days")
                    .noneMatch(signal -> signal.key().startsWith("regular"));
        }
    }

    private static long liftedSilent(TestCluster cluster) {
        return suppressions(cluster).entrySet().stream()
                .filter(said -> said.getKey().startsWith("silent"))
                .filter(said -> said.getValue().stream().anyMatch(RestartIT::lifted))
                .count();
    }

    private static String key(String customer) {
        return customer + "|CATEGORY|coffee";
    }

    private static boolean lifted(Suppression suppression) {
        return suppression != null && suppression.getState() == SuppressionState.LIFTED;
    }

    /** Everything that was ever said of each key, in order. */
    private static Map<String, List<Suppression>> suppressions(TestCluster cluster) {
        try (var values = Topics.SUPPRESSIONS.serde(cluster.serdes()).deserializer()) {
            return cluster.read(Topics.SUPPRESSIONS).stream()
                    .collect(Collectors.groupingBy(
                            record -> record.key(),
                            Collectors.mapping(
                                    record -> values.deserialize(record.topic(), record.value()),
                                    Collectors.toList())));
        }
    }

    private static TouchpointEvent bought(String customer, int purchase, Instant at) {
        var id = customer + "-" + purchase;
        return TouchpointEvent.of(new OrderEvent(
                id,
                customer,
                at,
                "test",
                id,
                OrderStatus.PAID,
                List.of(new OrderLine("beans", "coffee", 1, 900L, null)),
                "EUR",
                "web",
                null,
                null,
                null));
    }
}
