package io.touchpoint.sandbox.demo;

import static io.touchpoint.records.SuppressionScope.ALL;
import static io.touchpoint.records.SuppressionScope.SKU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.sandbox.demo.summary.Summary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole year through the whole system, against the numbers that are known of the files. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DemoIT {

    private static final long EVENTS = 115_237;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    @TempDir
    Path folder;

    @Test
    void shouldFoldTheYearToThePublishedNumbersAndGoOnFromThere() throws InterruptedException {
        Summary year;
        try (var demo = start()) {
            assertThat(demo.resumed()).isFalse();
            assertThat(demo.awaitHistory(LIMIT)).isTrue();
            year = demo.state().summary();
        }

        assertPublishedNumbers(year);
        assertThat(year.records()).isEqualTo(new Summary.Records(EVENTS, EVENTS, 0, 0));
        assertThat(year.suppressions().get(SKU).active()).isPositive();
        assertThat(year.suppressions().get(ALL).reasons()).containsKeys("DETRACTOR", "OPEN_TICKET", "OPTED_OUT");
        assertThat(sum(year.customers().levels())).isEqualTo(4_312);
        assertThat(year.newest())
                .hasSize(5)
                .allSatisfy(signal -> assertThat(signal.getReasons()).isNotEmpty());

        try (var demo = start()) {
            assertThat(demo.resumed()).isTrue();
            assertThat(demo.hadTraffic()).isFalse();
            assertThat(demo.awaitHistory(LIMIT)).isTrue();
            assertPublishedNumbers(demo.state().summary());
            assertThat(demo.state().published()).isEqualTo(EVENTS);

            demo.startTraffic();
            awaitRecords(demo, EVENTS + 50);
            assertThat(demo.hadTraffic()).isTrue();
            assertThat(demo.state().summary().records().duplicate()).isZero();
        }
    }

    private Demo start() throws InterruptedException {
        var options = new DemoOptions(Optional.of(folder), 100, 1, 0, false);
        return Demo.start(options, (stage, done, total) -> {}, InstantSource.system());
    }

    private static void assertPublishedNumbers(Summary summary) {
        var customers = summary.customers();
        assertThat(customers.buyers()).isEqualTo(4_312);
        assertThat(customers.repeat()).isEqualTo(2_893);
        assertThat(customers.paidOrders()).isEqualTo(19_213);
        assertThat(customers.grossMinor()).containsExactlyEntriesOf(Map.of("GBP", 883_200_326L));
        var airport = summary.npsOf("airport").flatMap(Summary.Nps::quarter).orElseThrow();
        assertThat(airport.getN()).isEqualTo(2_746);
        assertThat(airport.getValue()).isCloseTo(39.8398, within(0.00005));
        assertThat(airport.getDetractors()).isEqualTo(342);
        assertThat(airport.getPassives()).isEqualTo(968);
        assertThat(airport.getPromoters()).isEqualTo(1_436);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The traffic is as fast as it is, so there is nothing else to wait for than its count. */
    private static void awaitRecords(Demo demo, long records) throws InterruptedException {
        while (demo.state().summary().records().read() < records) {
            assertThat(demo.awaitStop(LOOK_EVERY)).isFalse();
        }
    }
}
