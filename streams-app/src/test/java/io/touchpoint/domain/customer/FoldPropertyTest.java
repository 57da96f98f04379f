package io.touchpoint.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random histories against recomputation from scratch, and against themselves in another order of arrival. */
class FoldPropertyTest {

    private static final int HISTORIES = 400;

    @Test
    void shouldEqualTheOracleWhenEventsArriveInOrder() {
        forEachHistory(history -> {
            var customer = new FoldedCustomer(history.policy());
            history.random().orderly().forEach(customer::apply);
            history.agrees(customer, history.random().orderly());
        });
    }

    @Test
    void shouldEqualTheOracleWhenEventsAreDoubled() {
        forEachHistory(history -> {
            var doubled = history.random().doubled();
            var customer = new FoldedCustomer(history.policy());
            doubled.forEach(customer::apply);
            history.agrees(customer, doubled);
        });
    }

    @Test
    void shouldEndTheSameWhenEventsArriveShuffledDoubledAndTimersFireBetween() {
        forEachHistory(history -> endsTheSame(history, 7));
    }

    /** The order horizon is promised; within the history nothing is let go of a usual customer either. */
    @Test
    void shouldEndTheSameWhenEventsArriveMonthsLate() {
        forEachHistory(history -> endsTheSame(history, 120));
    }

    private static void endsTheSame(History history, int days) {
        var random = history.random();
        var doubled = random.doubled();
        var orderly = new FoldedCustomer(history.policy());
        doubled.forEach(orderly::apply);
        orderly.at(history.end());
        var customer = new FoldedCustomer(history.policy());
        long clock = 0;
        for (var event : random.shuffled(doubled, days)) {
            clock = Math.max(clock, event.occurredAt());
            disturb(customer, random, clock);
            assertThat(customer.apply(event)).isNotInstanceOf(Verdict.Refused.class);
        }
        for (long step = clock; step < history.end(); step += random.below(60 * CustomerEvents.DAY)) {
            disturb(customer, random, step);
        }
        history.agrees(customer, doubled);
        assertThat(customer.profile()).isEqualTo(orderly.profile());
        assertThat(customer.decisions().live()).isEqualTo(orderly.decisions().live());
        assertThat(customer.decisions().facts()).isEqualTo(orderly.decisions().facts());
        assertThat(customer.nextDeadline()).isEqualTo(orderly.nextDeadline());
    }

    @Test
    void shouldCastTheSameVotesForADozenAnswersOfOneWeekInAnyOrder() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var answers = new ArrayList<CustomerEvent>();
            for (int i = 0; i < 14; i++) {
                answers.add(CustomerEvents.survey(
                        SurveyKind.NPS,
                        "r" + i % 12,
                        CustomerEvents.day(7 * random.nextDouble()),
                        random.nextInt(11),
                        0,
                        10,
                        true,
                        "touchpoint-" + random.nextInt(12),
                        "channel-" + random.nextInt(3),
                        random.nextInt(5) == 0));
            }
            var customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));
            answers.forEach(answer -> assertThat(customer.apply(answer)).isEqualTo(Verdict.FOLDED));
            assertThat(customer.decisions().facts("nps-")).as("seed " + seed).isEqualTo(VoteOracle.votes(answers));
        }
    }

    @Test
    void shouldDecideTheSameSignalsHoweverTheClockAdvances() {
        forEachHistory(history -> {
            var random = history.random();
            var silent = new FoldedCustomer(history.policy());
            random.orderly().forEach(silent::apply);
            silent.at(history.end());
            var polled = new FoldedCustomer(history.policy());
            long clock = 0;
            for (var event : random.orderly()) {
                while (clock > 0 && clock < event.occurredAt()) {
                    disturb(polled, random, clock);
                    clock += 1 + random.below(20 * CustomerEvents.DAY);
                }
                polled.apply(event);
                clock = event.occurredAt();
            }
            for (; clock < history.end(); clock += 1 + random.below(20 * CustomerEvents.DAY)) {
                disturb(polled, random, clock);
            }
            polled.at(history.end());
            assertThat(polled.decisions().signals())
                    .isEqualTo(silent.decisions().signals());
            assertThat(polled.decisions().suppressions())
                    .isEqualTo(silent.decisions().suppressions());
        });
    }

    private static void disturb(FoldedCustomer customer, RandomHistory random, long clock) {
        if (random.chance(0.3)) {
            customer.at(clock);
        }
        if (random.chance(0.2)) {
            customer.reload();
        }
        if (random.chance(0.2)) {
            customer.age();
        }
        if (random.chance(0.3) && customer.known()) {
            assertThat(customer.profile().getAsOf().toEpochMilli()).isLessThanOrEqualTo(clock);
        }
    }

    private record History(long seed, RandomHistory random, Policy policy, long end) {

        private void agrees(FoldedCustomer customer, List<CustomerEvent> events) {
            customer.at(end);
            var said = new TreeMap<String, String>();
            customer.decisions().live().forEach((key, value) -> said.put(key, SuppressionOracle.say(value)));
            assertThat(said).isEqualTo(new SuppressionOracle(policy).at(events, end));
            assertThat(customer.decisions().audience().members())
                    .isEqualTo(AudienceOracle.members(policy, events, end));
            var profile = customer.profile();
            assertThat(profile.getAsOf().toEpochMilli())
                    .isBetween(profile.getLastSeenAt().toEpochMilli(), end)
                    .isEqualTo(customer.asOf());
            assertThat(ProfileOracle.say(profile)).isEqualTo(ProfileOracle.at(policy, events, end, customer.asOf()));
            var facts = MeasureOracle.facts(policy, FoldedCustomer.ZONE, events);
            AudienceOracle.members(policy, events, end)
                    .keySet()
                    .forEach(key -> facts.merge(
                            "audience-members|platform=" + key.split("\\|")[0] + "|some time", 1L, Long::sum));
            if (!profile.getChurnLevel().equals("HEALTHY")) {
                facts.put("churn-level|level=" + profile.getChurnLevel() + "|some time", 1L);
            }
            assertThat(Differences.of(customer.decisions().facts(), facts)).isEmpty();
            assertThat(Differences.of(customer.decisions().creditSums(), MeasureOracle.credits(policy, events)))
                    .isEmpty();
            assertThat(signalled(customer)).isEqualTo(profile.getChurnLevel());
        }

        private static String signalled(FoldedCustomer customer) {
            var signals = customer.decisions().signals();
            return signals.isEmpty()
                    ? "HEALTHY"
                    : signals.get(signals.size() - 1).value().getLevel().name();
        }
    }

    private interface Property {
        void holds(History history);
    }

    private static void forEachHistory(Property property) {
        var countsAt = List.of(OrderStatus.PAID, OrderStatus.PAID, OrderStatus.DELIVERED, OrderStatus.PLACED);
        for (long seed = 0; seed < HISTORIES; seed++) {
            var random = new RandomHistory(seed);
            var policy = Policies.countingAt(countsAt.get((int) (seed % countsAt.size())));
            if (seed % 3 != 0) {
                policy = seed % 3 == 1 ? Policies.attributing(policy, 12, 3) : Policies.attributing(policy, 75, 20);
            }
            try {
                property.holds(new History(seed, random, policy, random.end()));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
