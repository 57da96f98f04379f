package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.policy.SuppressionRules;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
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
    private static final int REGULARS = 1_000;
    private static final int PURCHASES = 12;
    private static final int PURCHASES_OF_SILENT = PURCHASES - 2;

    /** So many that every task has some. */
    private static final int SILENT = 40;

    private static final Map<String, String> EVENT = Map.of("application.id", "paused", "clock", "EVENT");
    private static final Map<String, String> LIVE = Map.of("application.id", "paused", "clock", "LIVE");

    @Test
    void shouldFireNothingFalseBeforeTheBacklogIsReadAndThenWhatIsDue() {
        var before = new ArrayList<TouchpointEvent>();
        var backlog = new ArrayList<TouchpointEvent>();
        for (int purchase = 0; purchase < PURCHASES; purchase++) {
            for (int buyer = 0; buyer < REGULARS + SILENT; buyer++) {
                var at = at(purchase).plusSeconds(buyer);
                if (buyer < REGULARS) {
                    (purchase == 0 ? before : backlog).add(bought("regular-" + buyer, purchase, at));
                } else if (purchase < PURCHASES_OF_SILENT) {
                    (purchase == 0 ? before : backlog).add(bought("silent-" + (buyer - REGULARS), purchase, at));
                }
            }
        }

        try (var cluster = TestCluster.start()) {
            cluster.publish(before);
            try (var pipeline = cluster.pipeline(EVENT)) {
                var run = cluster.end(at(0).plus(Duration.ofHours(1)));
                cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
            }
            assertThat(suppressions(cluster)).hasSize(REGULARS + SILENT);

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
                        .hasSize(PURCHASES_OF_SILENT + 1)
                        .filteredOn(RestartIT::lifted)
                        .hasSize(1);
                var last = all.get(key("silent-" + silent)).get(PURCHASES_OF_SILENT);
                assertThat(lifted(last)).isTrue();
                assertThat(last.getReasons()).containsExactly("EXPIRED");
                assertThat(last.getUntil())
                        .isEqualTo(at(PURCHASES_OF_SILENT - 1)
                                .plusSeconds(REGULARS + silent)
                                .plus(COOL_DOWN));
            }
            for (int regular = 0; regular < REGULARS; regular++) {
                assertThat(all.get(key("regular-" + regular)))
                        .as("regular-" + regular)
                        .hasSize(PURCHASES)
                        .noneMatch(RestartIT::lifted);
            }
            assertThat(lost(cluster)).noneMatch(customer -> customer.startsWith("regular"));
        }
    }

    @Test
    void shouldDecideAnewOfTheSilentWhenItComesBackWithAnotherPolicy() {
        int last = PURCHASES - 1;
        try (var cluster = TestCluster.start()) {
            for (int silent = 0; silent < SILENT; silent++) {
                cluster.publish(List.of(bought("silent-" + silent, last, at(last).plusSeconds(silent))));
            }
            try (var pipeline = cluster.pipeline(LIVE)) {
                await().atMost(TestCluster.PATIENCE).until(() -> {
                    assertThat(pipeline.failure()).isEmpty();
                    return suppressions(cluster).size() == SILENT;
                });
            }
            try (var pipeline = cluster.pipeline(LIVE, coolingDown("a week", Duration.ofDays(7)))) {
                await().atMost(TestCluster.PATIENCE).until(() -> {
                    assertThat(pipeline.failure()).isEmpty();
                    return liftedSilent(cluster) == SILENT;
                });
            }
            var all = suppressions(cluster);
            for (int silent = 0; silent < SILENT; silent++) {
                // Once as the old policy has it; and before the wall clock counts, as the new one has it at the time of
                // the purchase.
                var said = all.get(key("silent-" + silent));
                assertThat(said).as("silent-" + silent).hasSizeBetween(2, 3);
                var lifted = said.get(said.size() - 1);
                assertThat(lifted(lifted)).isTrue();
                assertThat(lifted.getReasons()).containsExactly("EXPIRED");
                assertThat(lifted.getUntil())
                        .isEqualTo(at(last).plusSeconds(silent).plus(Duration.ofDays(7)));
                assertThat(lifted.getCause().getPolicyVersion()).isEqualTo("a week");
            }
        }
    }

    private static Policy coolingDown(String version, Duration coffee) {
        var shipped = PolicyFile.shipped();
        var rules = shipped.suppression();
        return new Policy(
                version,
                new SuppressionRules(
                        rules.countsAt(),
                        rules.defaultRule(),
                        Map.of("coffee", new CategoryRule(SuppressionScope.CATEGORY, coffee)),
                        rules.detractorCoolDown()),
                shipped.churn(),
                shipped.valueTiers(),
                shipped.attribution(),
                shipped.audiences());
    }

    private static long liftedSilent(TestCluster cluster) {
        return suppressions(cluster).entrySet().stream()
                .filter(said -> said.getKey().startsWith("silent"))
                .filter(said -> said.getValue().stream().anyMatch(RestartIT::lifted))
                .count();
    }

    /** Whose silence was ever as long as the wall clock would have it; 20 days are enough for WATCH. */
    private static List<String> lost(TestCluster cluster) {
        try (var values = Topics.CHURN_SIGNALS.serde(cluster.serdes()).deserializer()) {
            return cluster.read(Topics.CHURN_SIGNALS).stream()
                    .filter(record ->
                            values.deserialize(record.topic(), record.value()).getLevel() == ChurnLevel.LOST)
                    .map(record -> record.key())
                    .toList();
        }
    }

    private static Instant at(int purchase) {
        return NOW.minus(RHYTHM.multipliedBy(PURCHASES - purchase)).plus(Duration.ofDays(10));
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
