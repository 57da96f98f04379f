package io.touchpoint.domain.alert;

import static io.touchpoint.domain.alert.Finding.Answer.BETWEEN;
import static io.touchpoint.domain.alert.Finding.Answer.CLEAR;
import static io.touchpoint.domain.alert.Finding.Answer.HOLDS;
import static io.touchpoint.domain.alert.Finding.Answer.UNKNOWN;
import static io.touchpoint.domain.alert.Incident.Turn.CLEARED;
import static io.touchpoint.domain.alert.Incident.Turn.FIRED;
import static io.touchpoint.domain.alert.Incident.Turn.LAPSED;
import static io.touchpoint.domain.alert.Incident.Turn.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final long LASTS = 10;
    private static final long GAP = 100;

    private Incident incident = new Incident(LASTS, GAP);

    @Test
    void shouldFireWhenItHasHeldLongEnough() {
        assertThat(incident.take(HOLDS, 5)).isEqualTo(NONE);
        assertThat(incident.take(HOLDS, 14)).isEqualTo(NONE);
        assertThat(incident.take(HOLDS, 15)).isEqualTo(FIRED);
        assertThat(incident.openedAt()).isEqualTo(15);
    }

    @Test
    void shouldStartAnewWhenItBreaksBefore() {
        incident.take(HOLDS, 0);
        incident.take(BETWEEN, 5);
        assertThat(incident.take(HOLDS, 11)).isEqualTo(NONE);
        assertThat(incident.take(UNKNOWN, 15)).isEqualTo(NONE);
        assertThat(incident.take(HOLDS, 22)).isEqualTo(NONE);
        assertThat(incident.take(HOLDS, 32)).isEqualTo(FIRED);
    }

    @Test
    void shouldFireAtOnceWhereNothingIsToLast() {
        assertThat(new Incident(0, GAP).take(HOLDS, 0)).isEqualTo(FIRED);
    }

    @Test
    void shouldBeOneIncidentWhileTheValueWandersAboutTheLine() {
        var turns = new ArrayList<Incident.Turn>();
        for (int at = 0; at < 100; at++) {
            turns.add(incident.take(at % 20 < 15 ? HOLDS : BETWEEN, at));
        }
        turns.add(incident.take(CLEAR, 100));

        turns.removeIf(NONE::equals);
        assertThat(turns).containsExactly(FIRED, CLEARED);
    }

    @Test
    void shouldOutliveAGapShorterThanTheWindow() {
        fire();
        assertThat(incident.take(UNKNOWN, 20)).isEqualTo(NONE);
        assertThat(incident.take(UNKNOWN, 119)).isEqualTo(NONE);
        assertThat(incident.take(HOLDS, 119)).isEqualTo(NONE);
        assertThat(incident.take(UNKNOWN, 121)).isEqualTo(NONE);
        assertThat(incident.isOpen()).isTrue();
    }

    @Test
    void shouldBeOverWhenNothingWasKnownForAWindow() {
        fire();
        incident.take(UNKNOWN, 20);
        assertThat(incident.waits()).isTrue();
        assertThat(incident.take(UNKNOWN, 120)).isEqualTo(LAPSED);
        assertThat(incident.kept()).isEmpty();
    }

    @Test
    void shouldSayNothingOfWhatNeverFired() {
        assertThat(incident.take(CLEAR, 0)).isEqualTo(NONE);
        assertThat(incident.take(UNKNOWN, 0)).isEqualTo(NONE);
        assertThat(incident.kept()).isEmpty();
    }

    /** A restart now and then makes no difference. */
    @RepeatedTest(50)
    void shouldAlternateStrictlyWhateverIsFound(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var steady = new Incident(LASTS, GAP);
        var answers = List.of(HOLDS, HOLDS, HOLDS, BETWEEN, CLEAR, UNKNOWN);
        boolean open = false;
        int fired = 0;
        var answer = CLEAR;
        for (long at = 0; at < 2_000; at += random.nextInt(20)) {
            answer = random.nextBoolean() ? answer : answers.get(random.nextInt(answers.size()));
            var turn = incident.take(answer, at);
            assertThat(steady.take(answer, at)).isEqualTo(turn);
            switch (turn) {
                case FIRED -> {
                    assertThat(open).isFalse();
                    open = true;
                    fired++;
                }
                case CLEARED, LAPSED -> {
                    assertThat(open).isTrue();
                    open = false;
                }
                case NONE -> assertThat(incident.isOpen()).isEqualTo(open);
            }
            if (random.nextInt(5) == 0) {
                var kept = incident.kept();
                incident = kept.length == 0
                        ? new Incident(LASTS, GAP)
                        : new Incident(LASTS, GAP, kept[0], kept[1], kept[2]);
            }
        }
        assertThat(fired).isPositive();
    }

    private void fire() {
        incident.take(HOLDS, 0);
        assertThat(incident.take(HOLDS, 10)).isEqualTo(FIRED);
    }
}
