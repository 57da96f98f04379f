package io.touchpoint.domain.marketing;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.state.SpendState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SpendFoldTest {
    private static final String DAY_START = "2010-01-05T00:00:00Z";

    private final Facts facts = new Facts();

    @Test
    void shouldCountSpendInItsUtcDay() {
        SpendFold.apply(null, spend("e1", 1, 500, "EUR"), facts);

        assertThat(FactSums.of(facts))
                .isEqualTo(Map.of(
                        "spend/EUR|all||" + DAY_START, 500L,
                        "spend/EUR|platform|meta|" + DAY_START, 500L,
                        "spend/EUR|campaign|k1|" + DAY_START, 500L));
    }

    @Test
    void shouldReplaceTheFigureThatIsRestated() {
        SpendState first = SpendFold.apply(null, spend("e1", 1, 500, "EUR"), facts);
        FactSums.of(facts);

        SpendState second = SpendFold.apply(first, spend("e2", 2, 450, "EUR"), facts);

        assertThat(second.getSpendMinor()).isEqualTo(450);
        assertThat(FactSums.of(facts)).containsEntry("spend/EUR|all||" + DAY_START, -50L);
    }

    @Test
    void shouldTakeBackAllOfAnotherCurrency() {
        SpendState first = SpendFold.apply(null, spend("e1", 1, 500, "EUR"), facts);
        FactSums.of(facts);

        SpendFold.apply(first, spend("e2", 2, 600, "USD"), facts);

        assertThat(FactSums.of(facts))
                .containsEntry("spend/EUR|all||" + DAY_START, -500L)
                .containsEntry("spend/USD|all||" + DAY_START, 600L);
    }

    @RepeatedTest(20)
    void shouldNotDependOnTheOrderOfRestatements(RepetitionInfo repetition) {
        List<AdSpend> events = new ArrayList<>();
        for (int at = 0; at < 6; at++) {
            events.add(spend("e" + at, at / 2, 100 * at + 7, at % 3 == 0 ? "USD" : "EUR"));
        }
        Collections.shuffle(events, new Random(repetition.getCurrentRepetition()));
        events.addAll(events.subList(0, 3));

        SpendState state = null;
        for (AdSpend event : events) {
            state = SpendFold.apply(state, event, facts);
        }

        assertThat(state.getEventId()).isEqualTo("e5");
        assertThat(SpendFold.repeats(state, spend("e5", 2, 507, "EUR"))).isTrue();
        assertThat(FactSums.of(facts))
                .containsEntry("spend/EUR|campaign|k1|" + DAY_START, 507L)
                .allSatisfy((key, sum) -> assertThat(sum).isEqualTo(key.startsWith("spend/USD") ? 0 : 507));
    }

    private static AdSpend spend(String id, int hour, long minor, String currency) {
        return new AdSpend(
                id,
                Instant.parse("2010-01-06T00:00:00Z").plusSeconds(3_600L * hour),
                "test",
                "meta",
                "k1",
                "2010-01-05",
                minor,
                currency,
                0L,
                0L);
    }
}
