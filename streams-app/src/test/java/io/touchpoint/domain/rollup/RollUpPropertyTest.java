package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.rollup.FactOracle.Fact;
import io.touchpoint.domain.rollup.FactOracle.Line;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random facts of every measure, each list from its seed, against {@link FactOracle}. Clocks change in Berlin on the first day. */
class RollUpPropertyTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration GRACE = Duration.ofHours(30);
    private static final CalendarRules RULES = new CalendarRules(BERLIN, GRACE, Duration.ofDays(400));
    private static final long START = Instant.parse("2010-03-28T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final int TASKS = 3;
    private static final List<Measure> MEASURES = AllMeasures.declared();

    private final FactOracle oracle = new FactOracle(BERLIN, GRACE.toMillis());
    private final long[] clocks = new long[TASKS];
    private final RowsInMemory committed = new RowsInMemory();
    private final List<FactPartial> sinceCommit = new ArrayList<>();
    private final Set<Fact> takenBack = new HashSet<>();
    private RollUp rollUp = new RollUp(KpiCatalogue.standard(), TASKS, RULES);
    private final Set<String> gone = new HashSet<>();
    private Map<String, Line> rolling = new TreeMap<>();
    private Map<String, Line> calendar = new TreeMap<>();
    private Map<String, Long> revisions = new HashMap<>();
    private Map<String, Line> calendarCommitted = new TreeMap<>();
    private Map<String, Long> revisionsCommitted = new HashMap<>();

    @RepeatedTest(12)
    void shouldEqualTheOracleAtEveryClock(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < 80; step++) {
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

    @RepeatedTest(12)
    void shouldNotDependOnOrderOrBatches(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < 30; step++) {
            oracle.facts.addAll(facts(random));
        }
        long clock = START + random.nextInt(100) * DAY + random.nextInt((int) DAY);
        Map<String, Line> expected = new TreeMap<>(oracle.rollingAt(clock));
        expected.putAll(oracle.calendarAt(clock));

        assertSame(rolled(new Random(1), clock), expected);
        assertSame(rolled(new Random(2), clock), expected);
    }

    @Test
    void shouldHaveComparedEveryKpi() {
        Random random = new Random(7);
        for (Measure measure : MEASURES) {
            measure.dimensions().forEach(dimension -> oracle.facts.add(fact(measure, dimension, START, 1, random)));
        }
        Set<String> compared = new HashSet<>();
        oracle.rollingAt(START + 1).keySet().forEach(key -> compared.add(key.substring(0, key.indexOf('|'))));
        oracle.calendarAt(START + 1).keySet().forEach(key -> compared.add(key.substring(0, key.indexOf('|'))));

        assertThat(compared)
                .containsExactlyInAnyOrderElementsOf(KpiCatalogue.standard().kpis().stream()
                        .map(kpi -> kpi.id())
                        .toList());
    }

    /** Shuffles the facts, cuts them, and moves the clock there in steps. */
    private Map<String, Line> rolled(Random random, long clock) {
        RollUp fresh = new RollUp(KpiCatalogue.standard(), 1, RULES);
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
                fresh.publish(into(lines));
            }
        }
        fresh.apply(clockOf(0, clock));
        fresh.publish(into(lines));
        return lines;
    }

    private static Publication into(Map<String, Line> lines) {
        return new Publication() {
            @Override
            public void value(KpiValue value) {
                lines.put(KpiKey.of(value), line(value));
            }

            @Override
            public void gone(KpiValue last) {
                lines.remove(KpiKey.of(last));
            }
        };
    }

    /** A few facts of any measure around the clock, some of them retractions of earlier ones. */
    private List<Fact> facts(Random random) {
        List<Fact> facts = new ArrayList<>();
        long around = Math.max(START, Arrays.stream(clocks).max().orElseThrow());
        for (int i = random.nextInt(12); i >= 0; i--) {
            long spread = List.of(60_000L, HOUR, DAY, 100 * DAY).get(random.nextInt(4));
            long time = around + (long) (spread * (random.nextDouble() * 2 - 1.6));
            Measure measure = MEASURES.get(random.nextInt(MEASURES.size()));
            String dimension =
                    measure.dimensions().get(random.nextInt(measure.dimensions().size()));
            facts.add(fact(measure, dimension, time, 1 + random.nextInt(1_000), random));
        }
        if (!oracle.facts.isEmpty() && random.nextBoolean()) {
            Fact taken = oracle.facts.get(random.nextInt(oracle.facts.size()));
            if (taken.amount() > 0 && takenBack.add(taken)) {
                facts.add(new Fact(taken.measure(), taken.dimension(), taken.value(), taken.time(), -taken.amount()));
            }
        }
        return facts;
    }

    /** Counts in buckets are small, that their quantiles may differ. */
    private Fact fact(Measure measure, String dimension, long time, long amount, Random random) {
        String value = dimension.equals("all") ? "" : List.of("v1", "v2").get(random.nextInt(2));
        String currency = List.of("EUR", "USD").get(random.nextInt(2));
        PeriodKind kind = dimension.equals("cohort") || measure.id().startsWith("clv-")
                ? PeriodKind.MONTH
                : PeriodKind.values()[random.nextInt(PeriodKind.values().length)];
        long at = time;
        if (measure.kind() == Measure.Kind.PER_PERIOD) {
            at = oracle.millis(FactOracle.start(kind.name().charAt(0), oracle.day(time)));
        }
        long sized = List.of(0L, -3L, 5L, 700L, 90_000L, 90_500L).get(random.nextInt(6));
        String id = switch (measure.split()) {
            case NONE -> measure.kind() == Measure.Kind.PER_PERIOD ? measure.per(kind) : measure.id();
            case CURRENCY ->
                measure.kind() == Measure.Kind.PER_PERIOD ? measure.per(kind, currency) : measure.in(currency);
            case MODEL -> measure.in(currency, List.of("first", "linear").get(random.nextInt(2)));
            case BUCKET -> measure.bucket(sized);
            case CURRENCY_BUCKET -> measure.bucket(currency, sized);
        };
        return new Fact(id, dimension, value, at, measure.split().bucketed() ? 1 + amount % 3 : amount);
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

    /** Within what is kept, so that nothing is forgotten which the oracle remembers. */
    private void advance(Random random) {
        int task = random.nextInt(TASKS);
        long by = List.of(1L, 59_999L, HOUR, 3 * DAY, 40 * DAY, DAY).get(random.nextInt(6));
        clocks[task] = Math.min(START + 200 * DAY, Math.max(START, clocks[task]) + by);
        apply(clockOf(task, clocks[task]));
    }

    private void apply(FactPartial partial) {
        sinceCommit.add(partial);
        rollUp.apply(partial);
    }

    private void commit() {
        rollUp.drain(committed);
        sinceCommit.clear();
        calendarCommitted = new TreeMap<>(calendar);
        revisionsCommitted = new HashMap<>(revisions);
    }

    /**
     * Starts again from the last commit and reads again what came after it; what was published since then was never seen. All that
     * is live is published anew, but for what is final.
     */
    private void crash() {
        rollUp = new RollUp(KpiCatalogue.standard(), TASKS, RULES);
        rollUp.restore(committed);
        sinceCommit.forEach(rollUp::apply);
        rolling = new TreeMap<>();
        calendar = new TreeMap<>(calendarCommitted);
        revisions = new HashMap<>(revisionsCommitted);
    }

    private void compare() {
        rollUp.publish(published);
        long clock = Arrays.stream(clocks).min().orElseThrow();
        assertThat(rollUp.clock()).isEqualTo(clock);
        assertThat(rollUp.beyondHistory()).isZero();
        assertSame(rolling, oracle.rollingAt(clock));
        assertSame(calendar, oracle.calendarAt(clock));
    }

    /** Says only what differs. */
    private static void assertSame(Map<String, Line> found, Map<String, Line> expected) {
        expected.forEach((key, line) -> assertThat(found.get(key)).as(key).isEqualTo(line));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
    }

    private final Publication published = new Publication() {
        @Override
        public void value(KpiValue value) {
            publish(value);
        }

        @Override
        public void gone(KpiValue last) {
            if (last.getPeriod() == null) {
                rolling.remove(KpiKey.of(last));
                return;
            }
            calendar.remove(KpiKey.of(last));
            gone.add(KpiKey.of(last));
        }
    };

    private void publish(KpiValue value) {
        String key = KpiKey.of(value);
        if (value.getPeriod() == null) {
            rolling.put(key, line(value));
            return;
        }
        Line before = calendar.put(key, line(value));
        long revision = revisions.getOrDefault(key, 0L);
        if (before != null && before.state().equals("FINAL")) {
            assertThat(line(value)).as("a revision of " + key).isNotEqualTo(before);
        }
        if (!value.getState().equals("FINAL")) {
            assertThat(value.getRevision()).as(key).isZero();
        } else if (gone.contains(key)) {
            assertThat(value.getRevision()).as(key).isGreaterThanOrEqualTo(revision);
        } else {
            assertThat(value.getRevision()).as(key).isEqualTo(revision + 1);
        }
        revisions.put(key, value.getRevision());
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
                value.getState(),
                value.getAsOf().toEpochMilli());
    }
}
