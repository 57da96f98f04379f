package io.touchpoint.domain.marketing;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.LeadStatus;
import io.touchpoint.records.state.LeadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LeadFoldTest {
    private static final Instant START = Instant.parse("2010-01-05T10:00:00Z");

    private final Facts facts = new Facts();
    private final Map<String, Long> sums = new TreeMap<>();
    private LeadState state;

    @Test
    void shouldCountALeadAtItsCreationByPlatformCampaignAndChannel() {
        apply(lead("e1", 0, LeadStatus.CREATED, "meta", null));

        assertThat(sums)
                .isEqualTo(Map.of(
                        "leads|all||2010-01-05T10:00:00Z", 1L,
                        "leads|platform|meta|2010-01-05T10:00:00Z", 1L,
                        "leads|campaign|none|2010-01-05T10:00:00Z", 1L,
                        "leads|channel|web|2010-01-05T10:00:00Z", 1L));
    }

    @Test
    void shouldCountAWonLeadAtItsCreation() {
        apply(lead("e1", 0, LeadStatus.CREATED, "meta", "k1"));
        apply(lead("e2", 50, LeadStatus.WON, null, null));

        assertThat(live())
                .containsOnlyKeys(
                        "leads|all||2010-01-05T10:00:00Z",
                        "leads|platform|meta|2010-01-05T10:00:00Z",
                        "leads|campaign|k1|2010-01-05T10:00:00Z",
                        "leads|channel|web|2010-01-05T10:00:00Z",
                        "leads-won|all||2010-01-05T10:00:00Z",
                        "leads-won|platform|meta|2010-01-05T10:00:00Z",
                        "leads-won|campaign|k1|2010-01-05T10:00:00Z",
                        "leads-won|channel|web|2010-01-05T10:00:00Z");
    }

    @Test
    void shouldTakeBackALeadThatTurnsOutInvalid() {
        apply(lead("e1", 0, LeadStatus.CREATED, "meta", "k1"));
        apply(lead("e2", 50, LeadStatus.WON, "meta", "k1"));

        apply(lead("e3", 60, LeadStatus.INVALID, "meta", "k1"));

        assertThat(live()).isEmpty();
    }

    @Test
    void shouldMoveALeadToItsCreationWhenThatComesLast() {
        apply(lead("e2", 50, LeadStatus.WON, null, null));
        assertThat(live()).containsKey("leads|platform|none|2010-01-07T12:00:00Z");

        apply(lead("e1", 0, LeadStatus.CREATED, "meta", "k1"));

        assertThat(live())
                .containsKey("leads-won|platform|meta|2010-01-05T10:00:00Z")
                .hasSize(8);
        assertThat(LeadFold.repeats(state, lead("e1", 0, LeadStatus.CREATED, "meta", "k1")))
                .isTrue();
    }

    @RepeatedTest(30)
    void shouldNotDependOnTheOrderOfItsEvents(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<LeadEvent> events = new ArrayList<>();
        for (int at = 0; at < 6; at++) {
            LeadStatus status = LeadStatus.values()[random.nextInt(LeadStatus.values().length)];
            events.add(lead("e" + at, random.nextInt(4), status, "p" + at, "k" + at));
        }
        events.forEach(this::apply);
        Map<String, Long> expected = live();

        state = null;
        sums.clear();
        Collections.shuffle(events, random);
        events.addAll(events.subList(0, 2));
        events.forEach(this::apply);

        assertThat(live()).isEqualTo(expected);
    }

    private void apply(LeadEvent event) {
        state = LeadFold.apply(state, event, facts);
        FactSums.of(facts).forEach((key, sum) -> sums.merge(key, sum, Long::sum));
    }

    private Map<String, Long> live() {
        Map<String, Long> live = new TreeMap<>(sums);
        live.values().removeIf(sum -> sum == 0);
        return live;
    }

    private static LeadEvent lead(String id, int hours, LeadStatus status, String platform, String campaign) {
        return new LeadEvent(
                id, "l1", null, START.plusSeconds(3_600L * hours), "test", status, platform, campaign, "web");
    }
}
