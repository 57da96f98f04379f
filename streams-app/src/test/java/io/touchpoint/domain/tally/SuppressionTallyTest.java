package io.touchpoint.domain.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuppressionTallyTest {

    private static final long NOON = 1_700_000_040_000L;
    private static final long MINUTE = 60_000;

    private final SuppressionTally tally = new SuppressionTally();

    @Test
    void shouldCountWhatHoldsByScopeAndByReasonAndTakeItBackWhenItIsLifted() {
        tally.take("a|SKU|tea", active(SuppressionScope.SKU, "PURCHASED"));
        tally.take("a|ALL|", active(SuppressionScope.ALL, "DETRACTOR", "OPEN_TICKET"));
        tally.take("b|ALL|", active(SuppressionScope.ALL, "OPEN_TICKET"));

        assertThat(tally.active()).isEqualTo(3);
        assertThat(tally.scopes()).containsExactly(entry("SKU", 1L), entry("ALL", 2L));
        assertThat(tally.reasons())
                .containsExactly(entry("DETRACTOR", 1L), entry("OPEN_TICKET", 2L), entry("PURCHASED", 1L));

        tally.take("a|ALL|", active(SuppressionScope.ALL, "DETRACTOR"));
        tally.take("b|ALL|", lifted());
        tally.take("a|SKU|tea", null);

        assertThat(tally.active()).isEqualTo(1);
        assertThat(tally.scopes()).containsExactly(entry("ALL", 1L));
        assertThat(tally.reasons()).containsExactly(entry("DETRACTOR", 1L));
    }

    @Test
    void shouldTellAddedFromExtendedAndLiftedInTheirMinutes() {
        tally.take("old|SKU|tea", active(SuppressionScope.SKU, "PURCHASED"));
        tally.take("old|SKU|tea", active(SuppressionScope.SKU, "PURCHASED"), NOON);
        tally.take("new|SKU|tea", active(SuppressionScope.SKU, "PURCHASED"), NOON + 1);
        tally.take("old|SKU|tea", lifted(), NOON + MINUTE);
        tally.take("old|SKU|tea", null, NOON + MINUTE);
        tally.take("never|SKU|tea", lifted(), NOON + MINUTE);

        assertThat(tally.minutes(NOON + MINUTE))
                .hasSize(SuppressionTally.MINUTES)
                .endsWith(
                        new SuppressionTally.Minute(NOON, 1, 1, 0),
                        new SuppressionTally.Minute(NOON + MINUTE, 0, 0, 1));
    }

    @Test
    void shouldForgetAMinuteAfterAnHour() {
        tally.take("a|SKU|tea", active(SuppressionScope.SKU, "PURCHASED"), NOON);

        assertThat(tally.minutes(NOON + 59 * MINUTE)).first().matches(minute -> minute.added() == 1);
        assertThat(tally.minutes(NOON + 60 * MINUTE)).allMatch(minute -> minute.added() == 0);
    }

    @Test
    void shouldCountMoreReasonsThanItKnowsTogether() {
        for (int reason = 0; reason < 9; reason++) {
            tally.take("a|SKU|" + reason, active(SuppressionScope.SKU, "REASON_" + reason));
        }
        assertThat(tally.reasons().values().stream().mapToLong(count -> count))
                .hasSize(6)
                .contains(4L);

        for (int reason = 0; reason < 9; reason++) {
            tally.take("a|SKU|" + reason, lifted());
        }
        assertThat(tally.reasons()).isEmpty();
    }

    @Test
    void shouldHoldWhatAMapWouldHoldAfterManyChanges() {
        var random = new Random(7);
        var table = new ByteTable();
        Map<Long, Byte> map = new HashMap<>();
        for (int change = 0; change < 200_000; change++) {
            long key = random.nextInt(5_000) * 0x1_0000_0001L;
            if (random.nextInt(3) == 0) {
                assertThat(table.remove(key)).isEqualTo(or0(map.remove(key)));
            } else {
                byte value = (byte) (1 + random.nextInt(200));
                assertThat(table.put(key, value)).isEqualTo(or0(map.put(key, value)));
            }
        }
        assertThat(table.size()).isEqualTo(map.size());
        map.forEach((key, value) -> assertThat(table.remove(key)).isEqualTo(value));
        assertThat(table.size()).isZero();
    }

    private static byte or0(Byte value) {
        return value == null ? 0 : value;
    }

    private static Suppression active(SuppressionScope scope, String... reasons) {
        var value = new Suppression();
        value.setScope(scope);
        value.setState(SuppressionState.ACTIVE);
        value.setReasons(List.of(reasons));
        return value;
    }

    private static Suppression lifted() {
        var value = active(SuppressionScope.SKU, "RETURNED");
        value.setState(SuppressionState.LIFTED);
        return value;
    }
}
