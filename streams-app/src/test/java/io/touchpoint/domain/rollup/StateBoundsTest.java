package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.Buckets;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.state.FactPartial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a roll-up keeps of a measure in a segment, when there is a fact in every minute, hour and day: 60 minutes, 168 hours, 90 days, and
 * the days of the calendar, at most 400 and two months. A cell takes 25 bytes in memory, and its arrays have room for as much again by half.
 */
class StateBoundsTest {
    /** Bytes in memory of one measure in one segment. */
    private static final int MEMORY = 40_000;
    /** Panes and days of one measure in one segment. */
    private static final int CELLS = 60 + 168 + 90 + 400 + 62;
    /** Bytes in the store, keys included, with a value of twenty characters. */
    private static final int STORED = 12_000;

    /** The same of a quantile with a fact in every pane, each of another size. */
    private static final int QUANTILE_MEMORY = 60_000;

    private static final int QUANTILE_STORED = 15_000;
    /** Of a quantile in one segment, every bucket of every pane filled. */
    private static final int FULL_QUANTILE_MEMORY = 20_000_000;

    private static final int FULL_QUANTILE_STORED = 2_000_000;

    private static final Instant END = Instant.parse("2010-12-31T23:59:00Z");
    private static final int VALUES = Segments.LIMIT + 50;

    private final RollUp rollUp = new RollUp(
            KpiCatalogue.standard(), 1, new CalendarRules(ZoneOffset.UTC, Duration.ZERO, Duration.ofDays(400)));
    private final RowsInMemory rows = new RowsInMemory();

    @Test
    void shouldKeepWithinItsBoundsAtTheLimitOfADimension() {
        Facts facts = new Facts();
        for (Instant at = END.minus(Duration.ofDays(500)); !at.isAfter(END); at = at.plus(step(at))) {
            for (int value = 0; value < VALUES; value++) {
                facts.add("orders", "campaign", String.format("campaign-of-spring-%04d", value), at.toEpochMilli(), 1);
            }
            facts.drain(0, 0).forEach(rollUp::apply);
            clock(at);
        }
        rollUp.publish(value -> {});
        rollUp.drain(rows);

        long segments = Segments.LIMIT + 1;
        assertThat(rollUp.bytes()).isBetween(segments * CELLS * 20, segments * MEMORY);
        assertThat(stored()).isBetween(segments * 1_000, segments * STORED);
        assertThat(rows.rows.values()).allSatisfy(row -> assertThat(row.length).isLessThan(100_000));
    }

    /** A quantile takes a cell for each bucket of a pane: as many as there are facts of different size in it. */
    @Test
    void shouldKeepAQuantileWithinItsBoundsAtTheLimitOfADimension() {
        Facts facts = new Facts();
        Random random = new Random(1);
        for (Instant at = END.minus(Duration.ofDays(500)); !at.isAfter(END); at = at.plus(step(at))) {
            for (int value = 0; value < VALUES; value++) {
                // From 1 to 100,000 in a currency of hundredths, each order of magnitude as often as the others.
                long amount = Math.round(100 * Math.pow(10, 5 * random.nextDouble()));
                facts.add(
                        Measures.ORDER_VALUE.bucket("EUR", amount),
                        "campaign",
                        String.format("campaign-of-spring-%04d", value),
                        at.toEpochMilli(),
                        1);
            }
            facts.drain(0, 0).forEach(rollUp::apply);
            clock(at);
        }
        rollUp.publish(value -> {});
        rollUp.drain(rows);

        long segments = Segments.LIMIT + 1;
        assertThat(rollUp.bytes()).isBetween(segments * CELLS * 20, segments * QUANTILE_MEMORY);
        assertThat(stored()).isBetween(segments * 1_000, segments * QUANTILE_STORED);
    }

    /** Whatever comes, a quantile in a segment takes no more than every bucket of every pane. */
    @Test
    void shouldBoundAQuantileWhoseEveryBucketIsFilledInEveryPane() {
        Facts facts = new Facts();
        for (Instant at = END.minus(Duration.ofDays(500)); !at.isAfter(END); at = at.plus(step(at))) {
            for (int bucket = Buckets.indexOf(100); bucket <= Buckets.indexOf(10_000_000); bucket++) {
                facts.add("order-value/EUR#" + Buckets.at(bucket), "all", "", at.toEpochMilli(), 1);
            }
            facts.drain(0, 0).forEach(rollUp::apply);
            clock(at);
        }
        rollUp.publish(value -> {});
        rollUp.drain(rows);
        assertThat(rollUp.bytes()).isLessThan(FULL_QUANTILE_MEMORY);
        assertThat(stored()).isLessThan(FULL_QUANTILE_STORED);
        assertThat(rows.rows.values()).allSatisfy(row -> assertThat(row.length).isLessThan(200_000));
    }

    private long stored() {
        return rows.rows.entrySet().stream()
                .mapToLong(row -> row.getKey().getBytes(StandardCharsets.UTF_8).length + row.getValue().length)
                .sum();
    }

    @Test
    void shouldHaveFewBucketsForAllTheValuesThereMayBe() {
        assertThat(Buckets.index(Buckets.of(Long.MAX_VALUE))).isLessThan(2_300);
        assertThat(Buckets.index(Buckets.of(Long.MIN_VALUE))).isGreaterThan(-2_300);
        assertThat(Buckets.index(Buckets.of(10_000_000)) - Buckets.index(Buckets.of(100)))
                .as("from 1 to 100,000 in a currency of hundredths")
                .isLessThan(600);
    }

    /** Days, then hours in the last week, then minutes in the last hour. */
    private static Duration step(Instant at) {
        Duration left = Duration.between(at, END);
        if (left.compareTo(Duration.ofDays(9)) > 0) {
            return Duration.ofDays(1);
        }
        return left.compareTo(Duration.ofHours(2)) > 0 ? Duration.ofHours(1) : Duration.ofMinutes(1);
    }

    private void clock(Instant at) {
        rollUp.apply(new FactPartial(0, at.toEpochMilli(), false, "", "", List.of()));
    }
}
