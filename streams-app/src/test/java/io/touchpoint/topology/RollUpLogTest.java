package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.domain.rollup.PaneStore;
import io.touchpoint.domain.rollup.Publication;
import io.touchpoint.domain.rollup.RollUp;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.serdes.SingleObjectSerde;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A roll-up that crashes, beside one that does not and is told the same at the same moments. */
class RollUpLogTest {
    private static final long START = Instant.parse("2010-03-01T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;

    private static final FactPartial PUBLISH = moment("publish");
    private static final FactPartial PUBLISH_WINDOWS = moment("publish windows");

    /** And the moments of publication. */
    private final List<FactPartial> sinceCommit = new ArrayList<>();

    private final Rows rows = new Rows();
    private RollUp crashing = rollUp();
    private RollUpLog log = log();
    private Map<String, KpiValue> seen = new TreeMap<>();
    private Map<String, KpiValue> seenAtCommit = new TreeMap<>();
    private final RollUp steady = rollUp();
    private final Map<String, KpiValue> expected = new TreeMap<>();

    @RepeatedTest(10)
    void shouldComeToTheSameValuesAndRevisions(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        long now = START;
        log.restore(crashing);
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(7)) {
                case 0, 1 -> tell(facts(random, now));
                case 2 -> {
                    now += random.nextLong(8 * HOUR);
                    tell(new FactPartial(0, now, false, "", "", List.of()));
                }
                case 3 -> tell(PUBLISH);
                case 4 -> tell(PUBLISH_WINDOWS);
                case 5 -> commit();
                default -> {
                    if (random.nextInt(5) == 0) {
                        crash();
                    }
                }
            }
        }
        commit();
        crash();
        tell(PUBLISH);

        assertThat(seen.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, value) -> assertThat(seen.get(key)).as(key).isEqualTo(value));
        assertThat(seen.values()).anyMatch(value -> value.getRevision() != null && value.getRevision() > 2);
        assertThat(rows.rows.keySet()).anyMatch(key -> key.startsWith("panes|"));
    }

    /** Before the panes are written for the first time there are rows of the log only. */
    @Test
    void shouldRefuseWhatWasCountedInAnotherZoneFromTheFirstCommitOn() {
        log.restore(crashing);
        log.applied(facts(new Random(1), START));
        log.commit(crashing);
        assertThat(rows.rows.keySet()).noneMatch(key -> key.startsWith("panes|"));

        assertThatIllegalStateException()
                .isThrownBy(() -> log().restore(rollUp(ZoneId.of("Europe/Berlin"))))
                .withMessage("The KPIs of the calendar were counted in the zone Z, and kpis.zone is now Europe/Berlin"
                        + " (expected: Z, or another application.id, which counts anew)");
        log().restore(rollUp());
    }

    private void tell(FactPartial partial) {
        sinceCommit.add(partial);
        give(partial);
        if (partial == PUBLISH) {
            steady.publish(into(expected));
        } else if (partial == PUBLISH_WINDOWS) {
            steady.publishRolling(into(expected));
        } else {
            steady.apply(partial);
        }
    }

    private void give(FactPartial partial) {
        if (partial == PUBLISH) {
            log.published();
            crashing.publish(into(seen));
        } else if (partial == PUBLISH_WINDOWS) {
            log.publishedWindows();
            crashing.publishRolling(into(seen));
        } else {
            log.applied(partial);
            crashing.apply(partial);
        }
    }

    private static FactPartial moment(String name) {
        return new FactPartial(0, 0L, false, name, "", List.of());
    }

    private static Publication into(Map<String, KpiValue> values) {
        return new Publication() {
            @Override
            public void value(KpiValue value) {
                values.put(KpiKey.of(value), value);
            }

            @Override
            public void gone(KpiValue last) {
                values.remove(KpiKey.of(last));
            }
        };
    }

    private void commit() {
        log.commit(crashing);
        sinceCommit.clear();
        seenAtCommit = new TreeMap<>(seen);
    }

    private void crash() {
        crashing = rollUp();
        log = log();
        log.restore(crashing);
        seen = new TreeMap<>(seenAtCommit);
        sinceCommit.forEach(this::give);
    }

    private static FactPartial facts(Random random, long now) {
        Facts facts = new Facts();
        for (int at = 0; at < 4; at++) {
            long time = now - random.nextLong(random.nextBoolean() ? HOUR : 72 * HOUR);
            facts.add("orders", "all", "", time, 1 + random.nextInt(3));
            facts.add("order-value/EUR#" + random.nextInt(5), "all", "", time, 1);
            facts.add("tickets-open", "all", "", time, random.nextInt(3) - 1);
        }
        return facts.drain(0, now).get(0);
    }

    private static RollUp rollUp() {
        return rollUp(ZoneOffset.UTC);
    }

    private static RollUp rollUp(ZoneId zone) {
        return new RollUp(
                KpiCatalogue.standard(), 1, new CalendarRules(zone, Duration.ofHours(1), Duration.ofDays(400)));
    }

    private RollUpLog log() {
        return new RollUpLog(rows, new SingleObjectSerde<>(FactPartial.class));
    }

    private static final class Rows implements PaneStore {
        private final Map<String, byte[]> rows = new TreeMap<>();

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
}
