package io.touchpoint.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.alert.Condition.Direction;
import io.touchpoint.domain.alert.Condition.Shift;
import io.touchpoint.domain.alert.Condition.Threshold;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.domain.rollup.PaneStore;
import io.touchpoint.domain.rollup.RollUp;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import io.touchpoint.records.state.FactPartial;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The book over a roll-up: as it is in the pipeline, live and in a replay. */
class AlertBookTest {
    private static final CalendarRules RULES =
            new CalendarRules(ZoneOffset.UTC, Duration.ofHours(24), Duration.ofDays(400));
    private static final long START = Instant.parse("2010-03-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final AlertRule LOW = rule(
            "nps-low", "nps", RollingWindow.ONE_HOUR, "all", new Threshold(false, 0, 20), 5, Duration.ofMinutes(10));

    private final Rows rows = new Rows();
    private final Facts facts = new Facts();
    private final List<FactPartial> sinceCommit = new ArrayList<>();
    private List<AlertRule> rules = List.of(LOW);
    private AlertBook book = new AlertBook(rules);
    private RollUp rollUp = live();
    private long now = START;

    @Test
    void shouldFireWhenItLastedWithNoFurtherEventAndBeOverByAge() {
        votes(0, 10);
        assertThat(at(0)).isEmpty();
        assertThat(at(9 * MINUTE)).isEmpty();

        assertThat(at(10 * MINUTE)).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.FIRING);
            assertThat(AlertBook.keyOf(alert)).isEqualTo("nps-low|all");
            assertThat(alert.getValue()).isEqualTo(-100);
            assertThat(alert.getN()).isEqualTo(10);
            assertThat(alert.getDetail()).isEqualTo("nps of all over PT1H is -100 (n 10): below 0 for PT10M");
            assertThat(alert.getDecidedAt().toEpochMilli()).isEqualTo(START + 10 * MINUTE);
        });
        assertThat(at(60 * MINUTE)).isEmpty();
        assertThat(at(60 * MINUTE + HOUR)).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(alert.getOpenedAt().toEpochMilli()).isEqualTo(START + 10 * MINUTE);
            assertThat(alert.getDetail()).contains("too little");
        });
    }

    @Test
    void shouldNotFireForFewerThanAsked() {
        votes(0, 4);
        at(0);
        assertThat(at(30 * MINUTE)).isEmpty();
    }

    @Test
    void shouldBeOneIncidentWhileTheScoreWandersAboutTheLine() {
        votes(0, 10);
        at(0);
        assertThat(at(10 * MINUTE)).hasSize(1);
        for (int minute = 11; minute < 40; minute++) {
            now = START + minute * MINUTE;
            votes(minute % 2 == 0 ? 0 : 2, minute % 2 == 0 ? 2 : 0);
            assertThat(at(minute * MINUTE)).isEmpty();
        }
        votes(60, 0);
        assertThat(at(40 * MINUTE)).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(alert.getThreshold()).isEqualTo(20);
        });
    }

    @Test
    void shouldFireForADropAgainstTheWindowBefore() {
        rules = List.of(rule(
                "drop",
                "nps",
                RollingWindow.THIRTY_DAYS,
                "all",
                new Shift(Direction.DOWN, 0.99, 0.8, 5),
                50,
                Duration.ZERO));
        restartWith(rules);
        for (int day = 0; day < 60; day++) {
            now = START + day * DAY;
            votes(day < 30 ? 10 : 4, 4);
            var alerts = at(day * DAY);
            if (alerts.isEmpty()) {
                continue;
            }
            assertThat(alerts).singleElement().satisfies(alert -> {
                assertThat(alert.getState()).isEqualTo(AlertState.FIRING);
                assertThat(alert.getPrevious()).isGreaterThan(alert.getValue() + 5);
                assertThat(alert.getHigh()).isNegative();
            });
            assertThat(day).isBetween(31, 58);
            return;
        }
        assertThat(day()).as("it fired").isNegative();
    }

    private long day() {
        return (now - START) / DAY;
    }

    @Test
    void shouldKeepSegmentsApart() {
        restartWith(List.of(
                rule("low", "nps", RollingWindow.ONE_HOUR, "channel=*", new Threshold(false, 0, 0), 5, Duration.ZERO)));
        vote("nps-detractors", "channel", "web", 6);
        vote("nps-promoters", "channel", "app", 6);
        vote("nps-detractors", "all", "", 6);

        assertThat(at(0))
                .singleElement()
                .satisfies(alert -> assertThat(alert.getSegment()).isEqualTo("channel=web"));
    }

    @Test
    void shouldTellNothingTwiceAfterARestart() {
        votes(0, 10);
        at(0);
        assertThat(at(10 * MINUTE)).hasSize(1);
        restartWith(rules);

        assertThat(at(11 * MINUTE)).isEmpty();
        votes(60, 0);
        assertThat(at(12 * MINUTE)).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(alert.getOpenedAt().toEpochMilli()).isEqualTo(START + 10 * MINUTE);
        });
    }

    @Test
    void shouldRememberAcrossARestartSinceWhenItHolds() {
        votes(0, 10);
        at(0);
        at(6 * MINUTE);
        restartWith(rules);

        assertThat(at(9 * MINUTE)).isEmpty();
        assertThat(at(10 * MINUTE)).hasSize(1);
    }

    @Test
    void shouldEndWhatIsWatchedNoMore() {
        votes(0, 10);
        at(0);
        at(10 * MINUTE);
        restartWith(List.of());

        assertThat(at(11 * MINUTE)).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(alert.getDetail()).isEqualTo("This is watched no more");
            assertThat(AlertBook.keyOf(alert)).isEqualTo("nps-low|all");
        });
        restartWith(List.of());
        assertThat(at(12 * MINUTE)).isEmpty();
    }

    /** What was told since the last commit is lost in a crash, and what came since then comes again. */
    @RepeatedTest(30)
    void shouldAlternateStrictlyWhateverComesAndWheneverItCrashes(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var committed = new ArrayList<Alert>();
        var pending = new ArrayList<Alert>();
        long clock = 0;
        double mood = random.nextDouble();
        for (int step = 0; step < 400; step++) {
            mood = random.nextInt(30) == 0 ? random.nextDouble() : mood;
            now = START + clock;
            votes((int) (mood * random.nextInt(4) * 2), random.nextInt(3));
            pending.addAll(at(clock));
            clock += random.nextInt(20) == 0 ? random.nextInt(3) * HOUR : random.nextInt(5) * MINUTE;
            if (random.nextInt(3) == 0) {
                commit();
                committed.addAll(pending);
                pending.clear();
            } else if (random.nextInt(8) == 0) {
                pending.clear();
                restart();
                send(rollUp, sinceCommit);
            }
        }
        commit();
        committed.addAll(pending);

        assertThat(committed).isNotEmpty();
        for (int at = 0; at < committed.size(); at++) {
            assertThat(committed.get(at).getState()).isEqualTo(at % 2 == 0 ? AlertState.FIRING : AlertState.RESOLVED);
        }
    }

    private List<Alert> at(long sinceStart) {
        now = START + sinceStart;
        var partials = new ArrayList<>(facts.drain(0, now));
        partials.add(clock(0, now));
        send(rollUp, partials);
        sinceCommit.addAll(partials);
        rollUp.publishRolling(value -> {});
        return book.take();
    }

    private static void send(RollUp rollUp, List<FactPartial> partials) {
        partials.forEach(rollUp::apply);
    }

    private static FactPartial clock(int task, long clock) {
        return new FactPartial(task, clock, false, "", "", List.of());
    }

    private void votes(int promoters, int detractors) {
        vote("nps-promoters", "all", "", promoters);
        vote("nps-detractors", "all", "", detractors);
    }

    private void vote(String measure, String dimension, String value, int amount) {
        if (amount > 0) {
            facts.add(measure, dimension, value, now, amount);
        }
    }

    private void commit() {
        rollUp.drainOnlooker(rows);
        rollUp.drain(rows);
        sinceCommit.clear();
    }

    private void restartWith(List<AlertRule> newRules) {
        commit();
        rules = newRules;
        restart();
    }

    private void restart() {
        book = new AlertBook(rules);
        rollUp = live();
        rollUp.restore(rows);
        rollUp.again(() -> {});
    }

    private RollUp live() {
        return RollUp.watched(KpiCatalogue.standard(), 1, RULES, book);
    }

    static AlertRule rule(
            String id,
            String kpi,
            RollingWindow window,
            String segment,
            Condition condition,
            long leastN,
            Duration lasts) {
        return AlertRule.of(id, kpi(kpi), window, segment, condition, leastN, lasts);
    }

    private static Kpi kpi(String id) {
        return KpiCatalogue.standard().kpis().stream()
                .filter(kpi -> kpi.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static final class Rows implements PaneStore {
        final Map<String, byte[]> rows = new TreeMap<>();

        @Override
        public void put(String key, byte[] row) {
            rows.put(key, row);
        }

        @Override
        public void delete(String key) {
            rows.remove(key);
        }

        @Override
        public void scan(BiConsumer<String, byte[]> visitor) {
            rows.forEach(visitor);
        }
    }

    /** One fold task runs ahead of another, its votes take back earlier ones, and the roll-up publishes when it likes. */
    @RepeatedTest(8)
    void shouldSayTheSameInAReplayWheneverWhatComes(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var replayRules = List.of(
                LOW,
                rule(
                        "drop",
                        "nps",
                        RollingWindow.SEVEN_DAYS,
                        "all",
                        new Shift(Direction.DOWN, 0.95, 0.8, 0),
                        10,
                        Duration.ofHours(3)),
                rule(
                        "channel",
                        "nps",
                        RollingWindow.ONE_DAY,
                        "channel=*",
                        new Threshold(true, 50, 30),
                        5,
                        Duration.ofMinutes(7)));
        var tasks = List.of(new ArrayList<Vote>(), new ArrayList<Vote>());
        var told = new ArrayList<Vote>();
        long at = START;
        for (int i = 0; i < 500; i++) {
            at += random.nextInt(20) == 0
                    ? random.nextInt(20) * HOUR
                    : random.nextInt(15) * MINUTE + random.nextInt(1_000);
            boolean takesBack = !told.isEmpty() && random.nextInt(4) == 0;
            var vote = takesBack
                    ? told.remove(random.nextInt(told.size())).takenBackAt(at)
                    : new Vote(
                            at,
                            at,
                            Math.sin(i / 50.0) > random.nextDouble(-1, 1) ? "nps-promoters" : "nps-detractors",
                            1);
            if (!takesBack) {
                told.add(vote);
            }
            tasks.get(random.nextInt(2)).add(vote);
        }

        var expected = replay(new Random(1), replayRules, tasks, at + HOUR);
        var other = replay(new Random(2), replayRules, tasks, at + HOUR);

        assertThat(other).isEqualTo(expected);
        assertThat(expected).extracting(Alert::getRule).contains("nps-low", "channel");
    }

    private record Vote(long cause, long at, String measure, int amount) {
        Vote takenBackAt(long time) {
            return new Vote(time, at, measure, -amount);
        }
    }

    /** The alerts by key and time, the tasks read in turns, with crashes. */
    private List<Alert> replay(
            Random random, List<AlertRule> replayRules, List<? extends List<Vote>> tasks, long until) {
        var store = new Rows();
        var theirs = new AlertBook(replayRules);
        var roll = RollUp.watchedInOrder(KpiCatalogue.standard(), 2, RULES, theirs);
        var alerts = new ArrayList<Alert>();
        int[] next = new int[2];
        while (next[0] < tasks.get(0).size() || next[1] < tasks.get(1).size()) {
            int task = random.nextInt(2);
            var sums = new Facts();
            long clock = 0;
            for (int left = random.nextInt(60);
                    left > 0 && next[task] < tasks.get(task).size();
                    left--) {
                var vote = tasks.get(task).get(next[task]++);
                sums.causedAt(vote.cause());
                sums.add(vote.measure(), "all", "", vote.at(), vote.amount());
                sums.add(vote.measure(), "channel", "web", vote.at(), vote.amount());
                clock = vote.cause();
            }
            if (clock > 0) {
                send(roll, sums.drain(task, clock));
                roll.apply(clock(task, clock));
            }
            if (random.nextBoolean()) {
                roll.publishRolling(value -> {});
                alerts.addAll(theirs.take());
            }
            if (random.nextInt(5) == 0) {
                roll.drainOnlooker(store);
                roll.drain(store);
                theirs = new AlertBook(replayRules);
                roll = RollUp.watchedInOrder(KpiCatalogue.standard(), 2, RULES, theirs);
                roll.restore(store);
                roll.again(() -> {});
            }
        }
        roll.apply(new FactPartial(0, until, true, "run", "", List.of()));
        roll.apply(new FactPartial(1, until, true, "run", "", List.of()));
        roll.publish(value -> {});
        alerts.addAll(theirs.take());
        Collections.sort(alerts, Comparator.comparing(AlertBook::keyOf).thenComparing(Alert::getDecidedAt));
        return alerts;
    }
}
