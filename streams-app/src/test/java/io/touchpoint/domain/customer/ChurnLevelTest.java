package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.START;
import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.order;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static io.touchpoint.domain.customer.CustomerEvents.survey;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.ChurnLevels;
import io.touchpoint.domain.policy.ChurnRules;
import io.touchpoint.domain.policy.Experience;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.ChurnReason;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Churn levels change at the millisecond at which the probability crosses their line, whether or not anything happens then. */
class ChurnLevelTest {

    private static final Policy POLICY = Policies.countingAt(OrderStatus.PAID);

    private final FoldedCustomer customer = new FoldedCustomer(POLICY);

    @Test
    void shouldLetAOneTimeBuyerSlipAwayInSilence() {
        customer.after(paid("o1", day(0), line("radio", 1)));
        assertThat(customer.profile().getChurnLevel()).isEqualTo("HEALTHY");
        assertThat(customer.decisions().signals()).isEmpty();

        customer.at(day(3_000));

        assertThat(Told.signals(customer)).hasSize(3);
        assertThat(Told.signals(customer).get(0)).contains("HEALTHY → WATCH [SILENCE] reminder model-3");
        assertThat(Told.signals(customer).get(1)).contains("WATCH → AT_RISK [SILENCE] win-back-offer model-3");
        assertThat(Told.signals(customer).get(2)).contains("AT_RISK → LOST [SILENCE] last-offer model-3");
        assertThat(customer.profile().getChurnLevel()).isEqualTo("LOST");
    }

    @Test
    void shouldChangeTheLevelAtTheVeryMillisecondForAnyRhythm() {
        for (int orders = 1; orders <= 9; orders++) {
            for (int gap = 1; gap <= 90; gap += 13) {
                var buyer = new FoldedCustomer(POLICY);
                var events = new ArrayList<CustomerEvent>();
                for (int order = 0; order < orders; order++) {
                    events.add(paid("o" + order, day(order * gap) + order * 7_919L, line("radio", 1)));
                }
                events.forEach(buyer::apply);
                int before = buyer.decisions().signals().size();
                long last = events.get(orders - 1).occurredAt();
                buyer.at(day(30_000));

                var oracle = new ChurnOracle(POLICY, events);
                var silent = buyer.decisions()
                        .signals()
                        .subList(before, buyer.decisions().signals().size());
                for (var signalled : silent) {
                    var signal = signalled.value();
                    long instant = crossing(oracle, threshold(signal.getLevel().name()), last);
                    assertThat(signal.getDecidedAt().toEpochMilli()).isEqualTo(instant);
                    assertThat(signalled.at()).isEqualTo(instant);
                    assertThat(signal.getPAlive()).isCloseTo(oracle.pAlive(instant), within(1e-12));
                }
                assertThat(buyer.profile().getChurnLevel()).isEqualTo("LOST");
            }
        }
    }

    private static double threshold(String level) {
        var levels = POLICY.churn().levels();
        return level.equals("WATCH") ? levels.watch() : level.equals("AT_RISK") ? levels.atRisk() : levels.lost();
    }

    /** By bisection on the probability itself: the first millisecond at which it is not above the line. */
    private static long crossing(ChurnOracle oracle, double line, long after) {
        long above = after;
        long below = after + 40_000 * DAY;
        while (below - above > 1) {
            long middle = (above + below) / 2;
            if (oracle.pAlive(middle) <= line) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    @Test
    void shouldSayRecoveredWhenAnOrderComesFromSomeoneAtRisk() {
        customer.after(paid("o1", day(0), line("radio", 1))).at(day(400));
        int before = customer.decisions().signals().size();

        customer.after(paid("o2", day(400), line("clock", 1)));

        assertThat(customer.decisions().signals()).hasSize(before + 1);
        assertThat(Told.signals(customer)).last().isEqualTo("400: LOST → HEALTHY [SILENCE, RECOVERED] none model-3");
    }

    @Test
    void shouldSignalNothingWhileTheLevelStays() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(1), line("radio", 1)));
        customer.after(click("k1", day(2)), paid("o3", day(3), line("clock", 1)), nps("r1", day(4), 9));

        assertThat(customer.decisions().signals()).isEmpty();
        assertThat(customer.profile().getPAlive())
                .isCloseTo(
                        new ChurnOracle(
                                        POLICY,
                                        List.of(
                                                paid("o1", day(0), line("radio", 1)),
                                                paid("o2", day(1), line("radio", 1)),
                                                paid("o3", day(3), line("clock", 1))))
                                .pAlive(day(4)),
                        within(1e-12));
    }

    @Test
    void shouldCountADayOnceHoweverManyOrdersItHas() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(0) + 5 * HOUR, line("clock", 1)));
        var once = new FoldedCustomer(POLICY);
        once.after(paid("o1", day(0), line("radio", 1)), click("k1", day(0) + 5 * HOUR));

        assertThat(customer.profile().getPAlive()).isEqualTo(once.profile().getPAlive());
    }

    @Test
    void shouldCountOnlyDaysOfWhichSomethingIsHeld() {
        customer.after(
                paid("o1", day(0), line("radio", 1)), paid("o2", day(20), line("clock", 1)), cancelled("o2", day(21)));

        var oracle = new ChurnOracle(POLICY, List.of(paid("o1", day(0), line("radio", 1))));
        assertThat(customer.profile().getPAlive()).isCloseTo(oracle.pAlive(day(21)), within(1e-12));
        assertThat(customer.profile().getChurnLevel()).isEqualTo("WATCH");

        customer.after(cancelled("o1", day(22)));
        assertThat(customer.profile().getPAlive()).isNull();
        assertThat(customer.profile().getClvMinor()).isNull();
        assertThat(Told.signals(customer)).last().isEqualTo("22: WATCH → HEALTHY [] none model-3");
    }

    @Test
    void shouldStayHealthyWithoutAPurchase() {
        customer.after(nps("r1", day(0), 0), ticket("t1", TicketStatus.OPENED, day(1)))
                .at(day(900));

        assertThat(customer.decisions().signals()).isEmpty();
        assertThat(customer.profile().getChurnLevel()).isEqualTo("HEALTHY");
        assertThat(customer.profile().getPAlive()).isNull();
    }

    @Test
    void shouldWeighADetractionFromItsAnswerUntilItsTimeIsOver() {
        weighs(List.of(nps("r1", day(12), 6)), "DETRACTOR", 12, 42);
        weighs(List.of(nps("r1", day(12), 6), nps("r1", day(20), 9)), "DETRACTOR", 12, 20);
    }

    @Test
    void shouldWeighLowSatisfactionAndHighEffortOnAnyScale() {
        weighs(List.of(survey(SurveyKind.CSAT, "r1", day(12), 2, 1, 5, true, "t", "c", false)), "LOW_CSAT", 12, 42);
        weighs(List.of(survey(SurveyKind.CSAT, "r1", day(12), 4, 1, 5, false, "t", "c", false)), "LOW_CSAT", 12, 42);
        weighs(List.of(survey(SurveyKind.CES, "r1", day(12), 3, 1, 7, true, "t", "c", false)), "HIGH_EFFORT", 12, 42);
        weighs(List.of(survey(SurveyKind.CES, "r1", day(12), 5, 1, 7, false, "t", "c", false)), "HIGH_EFFORT", 12, 42);
        weighsNothing(survey(SurveyKind.CSAT, "r1", day(12), 3, 1, 5, true, "t", "c", false));
        weighsNothing(survey(SurveyKind.CES, "r1", day(12), 4, 1, 7, true, "t", "c", false));
        weighsNothing(nps("r1", day(12), 7));
    }

    @Test
    void shouldWeighAReopenedTicket() {
        weighs(
                List.of(
                        ticket("t1", TicketStatus.OPENED, day(10)),
                        ticket("t1", TicketStatus.CLOSED, day(11)),
                        ticket("t1", TicketStatus.REOPENED, day(12)),
                        ticket("t1", TicketStatus.CLOSED, day(13))),
                "REOPENED_TICKET",
                12,
                42);
    }

    @Test
    void shouldWeighATicketOnceItIsStale() {
        weighs(List.of(ticket("t1", TicketStatus.OPENED, day(10))), "STALE_TICKET", 17, 47);
        weighs(
                List.of(ticket("t1", TicketStatus.OPENED, day(10)), ticket("t1", TicketStatus.CLOSED, day(30))),
                "STALE_TICKET",
                17,
                30);
        weighsNothing(ticket("t1", TicketStatus.CLOSED, day(12)));
    }

    @Test
    void shouldWeighAReturnButNotACancellation() {
        weighs(List.of(returned("o1", day(12), line("clock", 1))), "RETURNED_ORDER", 12, 42);
        weighsNothing(cancelled("o1", day(12), line("clock", 1)));
    }

    /** With weights so heavy that they alone decide, the level is LOST exactly while one applies. */
    private static void weighs(List<CustomerEvent> experience, String code, double from, double to) {
        var buyer = patient().after(paid("o1", day(9), line("radio", 1), line("clock", 1)));
        experience.forEach(buyer::apply);
        buyer.at(day(100));

        var signals = buyer.decisions().signals();
        assertThat(signals).hasSize(2);
        assertThat(signals.get(0).at()).isEqualTo(day(from));
        assertThat(signals.get(0).value().getLevel().name()).isEqualTo("LOST");
        assertThat(signals.get(0).value().getReasons()).contains(new ChurnReason(code, 0.9));
        assertThat(signals.get(1).at()).isEqualTo(day(to));
        assertThat(signals.get(1).value().getReasons())
                .extracting(ChurnReason::getCode)
                .doesNotContain(code)
                .contains("RECOVERED");
    }

    private static void weighsNothing(CustomerEvent experience) {
        var buyer = patient().after(paid("o1", day(9), line("radio", 1), line("clock", 1)), experience);
        assertThat(buyer.at(day(100)).decisions().signals()).isEmpty();
    }

    /** {@return a customer under a policy by which silence alone takes years, and any bad experience is the end} */
    private static FoldedCustomer patient() {
        var experience = new Experience(0.9, 0.9, 0.9, 0.9, 0.9, 0.9, Duration.ofDays(30), Duration.ofDays(7));
        var policy = Policies.with(OrderStatus.PAID, experience);
        var churn = policy.churn();
        return new FoldedCustomer(new Policy(
                policy.version(),
                policy.suppression(),
                new ChurnRules(churn.model(), new ChurnLevels(0.03, 0.02, 0.01), experience),
                policy.valueTiers(),
                policy.attribution(),
                policy.audiences()));
    }

    @Test
    void shouldCrossEarlierWhileExperienceWeighsAndComeBackWhenItIsOver() {
        customer.after(paid("o1", day(0), line("radio", 1)), nps("r1", day(1), 3));
        assertThat(Told.signals(customer))
                .containsExactly("1: HEALTHY → WATCH [SILENCE, DETRACTOR] service-call model-3");

        customer.at(START + 40 * DAY);
        var events = List.of(paid("o1", day(0), line("radio", 1)), nps("r1", day(1), 3));
        var oracle = new ChurnOracle(POLICY, events);
        for (var signalled : customer.decisions().signals()) {
            assertThat(oracle.level(signalled.at()))
                    .isEqualTo(signalled.value().getLevel().name());
            assertThat(oracle.level(signalled.at() - 1))
                    .isEqualTo(signalled.value().getPreviousLevel().name());
        }
        assertThat(customer.profile().getChurnLevel()).isEqualTo(oracle.level(START + 40 * DAY));
    }

    @Test
    void shouldExpectAValueOnlyInTheCurrencyOfTheModel() {
        customer.after(
                paid("o1", day(0), line("radio", "audio", 1, 5_000)),
                paid("o2", day(30), line("radio", "audio", 1, 7_000)));
        assertThat(customer.profile().getClvMinor()).isPositive();

        var foreign = new FoldedCustomer(POLICY);
        foreign.after(order(OrderStatus.PAID, "o1", day(0), "JPY", line("radio", 1)))
                .at(day(300));
        assertThat(foreign.profile().getClvMinor()).isNull();
        assertThat(foreign.decisions().last().value().getCurrency()).isNull();
        assertThat(foreign.decisions().last().value().getExpectedOrders()).isPositive();
    }
}
