package io.touchpoint.domain.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.FactOracle.Fact;
import io.touchpoint.domain.kpi.FactOracle.Line;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random histories, each from its seed, against {@link FactOracle}. */
class RollUpPropertyTest {
    private static final long START = Instant.parse("2010-03-28T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final int TASKS = 3;
    private static final List<String> NPS = List.of("nps-promoters", "nps-passives", "nps-detractors");

    private final FactOracle oracle = new FactOracle();
    private final long[] clocks = new long[TASKS];
    private final RowsInMemory committed = new RowsInMemory();
    private final List<FactPartial> sinceCommit = new ArrayList<>();
    private RollUp rollUp = new RollUp(KpiCatalogue.standard(), TASKS);
    private Map<String, Line> published = new TreeMap<>();

    @RepeatedTest(60)
    void shouldEqualTheOracleAtEveryClock(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> send(random, facts(random));
                case 3, 4 -> advance(random);
                case 5 -> commit();
                case 6 -> crash();
                default -> compare();
            }
        }
        compare();
    }

    @RepeatedTest(20)
    void shouldNotDependOnOrderOrBatches(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < 30; step++) {
            oracle.facts.addAll(facts(random));
        }
        long clock = START + random.nextInt(100) * DAY + random.nextInt((int) DAY);

        Map<String, Line> first = rolled(new Random(1), clock);
        Map<String, Line> second = rolled(new Random(2), clock);

        assertThat(second).isEqualTo(first).isEqualTo(oracle.valuesAt(clock));
    }

    /** Shuffles the facts, cuts them, and moves the clock there in steps. */
    private Map<String, Line> rolled(Random random, long clock) {
        RollUp fresh = new RollUp(KpiCatalogue.standard(), 1);
        Map<String, Line> lines = new TreeMap<>();
        List<Fact> shuffled = new ArrayList<>(oracle.facts);
        Collections.shuffle(shuffled, random);
        long now = START - 10 * DAY;
        while (!shuffled.isEmpty()) {
            Facts batch = new Facts();
            List<Fact> some = shuffled.subList(0, Math.min(shuffled.size(), 1 + random.nextInt(40)));
            some.forEach(fact -> batch.add(fact.measure(), fact.dimension(), fact.value(), fact.time(), fact.amount()));
            some.clear();
            batch.drain(0, now).forEach(fresh::apply);
            if (random.nextInt(4) == 0) {
                now = Math.min(clock, now + random.nextLong(20 * DAY));
                fresh.apply(clockOf(0, now));
            }
            if (random.nextInt(3) == 0) {
                fresh.publish(value -> lines.put(KpiKey.of(value), line(value)));
            }
        }
        fresh.apply(clockOf(0, clock));
        fresh.publish(value -> lines.put(KpiKey.of(value), line(value)));
        return lines;
    }

    /** A few votes around the clock, some of them retractions of earlier ones, and counts. */
    private List<Fact> facts(Random random) {
        List<Fact> facts = new ArrayList<>();
        long around = Math.max(START, Arrays.stream(clocks).max().orElseThrow());
        for (int i = random.nextInt(12); i >= 0; i--) {
            long spread = List.of(60_000L, HOUR, DAY, 100 * DAY).get(random.nextInt(4));
            long time = around + (long) (spread * (random.nextDouble() * 2 - 1.6));
            String measure = NPS.get(random.nextInt(3));
            String channel = "c" + random.nextInt(3);
            facts.add(new Fact(measure, "all", "", time, 1));
            facts.add(new Fact(measure, "channel", channel, time, 1));
            facts.add(new Fact("records-read", "all", "", time, 1));
        }
        List<Fact> votes = oracle.facts.stream()
                .filter(fact -> fact.measure().startsWith("nps") && fact.amount() > 0)
                .toList();
        if (!votes.isEmpty() && random.nextBoolean()) {
            Fact taken = votes.get(random.nextInt(votes.size()));
            Fact back = new Fact(taken.measure(), taken.dimension(), taken.value(), taken.time(), -1);
            if (!oracle.facts.contains(back)) {
                facts.add(back);
            }
        }
        return facts;
    }

    private void send(Random random, List<Fact> facts) {
        oracle.facts.addAll(facts);
        Facts batch = new Facts();
        int task = random.nextInt(TASKS);
        for (Fact fact : facts) {
            batch.add(fact.measure(), fact.dimension(), fact.value(), fact.time(), fact.amount());
            if (random.nextInt(3) == 0) {
                batch.drain(task, clocks[task]).forEach(this::apply);
            }
        }
        batch.drain(task, clocks[task]).forEach(this::apply);
    }

    private void advance(Random random) {
        int task = random.nextInt(TASKS);
        long by = List.of(1L, 59_999L, HOUR, 3 * DAY, 40 * DAY, random.nextInt(40) == 0 ? 3_650 * DAY : DAY)
                .get(random.nextInt(6));
        clocks[task] = Math.max(START, clocks[task]) + by;
        apply(clockOf(task, clocks[task]));
    }

    private void apply(FactPartial partial) {
        sinceCommit.add(partial);
        rollUp.apply(partial);
    }

    private void commit() {
        rollUp.drain(committed);
        sinceCommit.clear();
    }

    /** Starts again from the last commit and reads again what came after it; all that is live is published anew. */
    private void crash() {
        rollUp = new RollUp(KpiCatalogue.standard(), TASKS);
        rollUp.restore(committed);
        sinceCommit.forEach(rollUp::apply);
        published = new TreeMap<>();
    }

    private void compare() {
        rollUp.publish(value -> published.put(KpiKey.of(value), line(value)));
        long clock = Arrays.stream(clocks).min().orElseThrow();
        assertThat(rollUp.clock()).isEqualTo(clock);
        assertThat(published).isEqualTo(oracle.valuesAt(clock));
    }

    private static FactPartial clockOf(int task, long clock) {
        return new FactPartial(task, clock, false, "", "", List.of());
    }

    private static Line line(KpiValue value) {
        return new Line(
                value.getValue(),
                value.getNumerator(),
                value.getDenominator(),
                value.getN(),
                value.getAsOf().toEpochMilli());
    }
}
