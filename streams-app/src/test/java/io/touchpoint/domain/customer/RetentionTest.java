package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.invitation;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.order;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static io.touchpoint.domain.customer.CustomerEvents.survey;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is let go for its age: totals stay, and what would touch it is refused as a whole. */
class RetentionTest {

    private final FoldedCustomer customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));

    @Test
    void shouldRefuseWhatIsOlderThanTheHistoryDuplicatesIncluded() {
        customer.after(paid("o1", day(0), line("radio", 1)), click("k1", day(400)));
        assertThat(customer.apply(click("k2", day(0)))).isEqualTo(Verdict.FOLDED);
        assertThat(customer.apply(paid("o1", day(0), line("radio", 1)))).isEqualTo(Verdict.DUPLICATE);

        customer.after(click("k3", day(400) + 1));
        tooLate(customer.apply(click("k4", day(0))));
        tooLate(customer.apply(paid("o1", day(0), line("radio", 1))));
        assertThat(customer.profile().getClicks()).isEqualTo(3);
        assertThat(customer.profile().getLastSeenAt().toEpochMilli()).isEqualTo(day(400) + 1);
    }

    @Test
    void shouldKeepTheTotalsOfOrdersItLetsGo() {
        customer.after(
                paid("o1", day(0), line("radio", "audio", 1, 500)),
                paid("o2", day(0) + HOUR, line("clock", "audio", 2, 300)),
                returned("o2", day(3), line("clock", "audio", 1, 250)),
                paid("o3", day(50), line("radio", "audio", 1, 400)));
        var before = customer.profile();

        customer.after(click("k1", day(900)));

        assertThat(customer.state().getOrders()).isEmpty();
        assertThat(customer.state().getTakes()).isEmpty();
        var profile = customer.profile();
        assertThat(profile.getPaidOrders()).isEqualTo(3);
        assertThat(profile.getPaidOrderDays()).isEqualTo(2);
        assertThat(profile.getFirstPaidAt()).isEqualTo(before.getFirstPaidAt());
        assertThat(profile.getLastPaidAt()).isEqualTo(before.getLastPaidAt());
        assertThat(profile.getReturnedOrders()).isEqualTo(1);
        assertThat(profile.getRevenue()).isEqualTo(before.getRevenue());
        assertThat(profile.getChurnLevel()).isEqualTo("LOST");
        assertThat(profile.getCapped()).isFalse();
    }

    @Test
    void shouldKeepTheClicksByWhichAnOrderWasSharedOutAsLongAsTheOrder() {
        var policy = Policies.countingAt(OrderStatus.PAID);
        var shared = new FoldedCustomer(Policies.attributing(policy, 300, 7))
                .after(click("k1", day(0)), paid("o1", day(299), line("radio", 1)));
        shared.under(Policies.attributing(policy, 30, 7));
        shared.after(ticket("t1", TicketStatus.OPENED, day(650)));
        shared.age();
        shared.after(returned("o1", day(651), line("radio", 1)));
        assertThat(shared.decisions().creditSums()).isEmpty();
    }

    @Test
    void shouldCountNoFewerBytesThanAStateTakes() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new FoldedCustomer(Policies.countingAt(OrderStatus.DELIVERED));
            new RandomHistory(seed).orderly().forEach(random::apply);
            assertThat(StateBytes.of(random.state())).as("seed " + seed).isGreaterThanOrEqualTo(random.bytes().length);
        }
    }

    @Test
    void shouldRefuseWhatTouchesAnOrderItLetGoAndChangeNothing() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(500), line("clock", 1)));
        Told.suppressions(customer);
        var before = customer.bytes();

        tooLate(customer.apply(returned("o1", day(700), line("radio", 1))));
        tooLate(customer.apply(cancelled("o1", day(700))));
        tooLate(customer.apply(order(OrderStatus.DELIVERED, "o1", day(700), "EUR", line("radio", 1))));

        assertThat(customer.bytes()).isEqualTo(before);
        assertThat(Told.suppressions(customer)).isEmpty();
    }

    @Test
    void shouldMatchAnUnnamedReturnOnlyToWhatIsKept() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(500), line("radio", 1)));

        assertThat(customer.apply(returned(null, day(501), line("radio", 2)))).isEqualTo(Verdict.FOLDED);

        assertThat(customer.profile().getRevenue().get(0).getReturnedMinor()).isEqualTo(1_000);
        assertThat(customer.suppression("SKU|radio").getReasons()).containsExactly("RETURNED");
    }

    @Test
    void shouldRefuseALateStepOfATicketItLetGo() {
        customer.after(
                ticket("t1", TicketStatus.OPENED, day(0)),
                ticket("t1", TicketStatus.CLOSED, day(1)),
                click("k1", day(500)));
        assertThat(customer.state().getTickets()).isEmpty();

        tooLate(customer.apply(ticket("t1", TicketStatus.REOPENED, day(501))));
        assertThat(customer.profile().getTickets()).isEqualTo(1);
    }

    @Test
    void shouldKeepAnOpenTicketAndTheLatestAnswerHoweverOld() {
        customer.after(ticket("t1", TicketStatus.OPENED, day(0)), nps("r1", day(1), 9), click("k1", day(2_000)));
        customer.age();
        customer.reload();
        customer.age();

        assertThat(customer.profile().getOpenTickets()).isEqualTo(1);
        assertThat(customer.profile().getNps().getScore()).isEqualTo(9);
        assertThat(customer.suppression("ALL|").getReasons()).containsExactly("OPEN_TICKET");
        customer.after(nps("r2", day(2_001), 3));
        assertThat(customer.decisions().facts("nps-"))
                .containsOnlyKeys(
                        "nps-detractors|all=|" + day(2_001),
                        "nps-detractors|channel=email|" + day(2_001),
                        "nps-detractors|country=unknown|" + day(2_001),
                        "nps-detractors|touchpoint=post-purchase|" + day(2_001));
    }

    @Test
    void shouldShowTheSameHoweverOftenTheStateIsAged() {
        var twin = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));
        for (int month = 0; month < 40; month++) {
            for (var event : List.of(
                    paid("o" + month, day(30 * month), line("radio", 1)),
                    nps("r" + month, day(30 * month + 1), month % 11))) {
                customer.apply(event);
                customer.age();
                customer.reload();
                twin.apply(event);
            }
        }

        assertThat(customer.profile()).isEqualTo(twin.profile());
        assertThat(customer.wholeBytes()).isEqualTo(twin.wholeBytes());
        assertThat(customer.state().getOrders()).hasSizeLessThan(18);
    }

    /**
     * Long histories against the oracle, which forgets nothing. An expired unit may be forgotten, and with it since when or why, and revisions start anew with a
     * tombstone: they only must not fall, of which {@link RecordedDecisions} takes care.
     */
    @Test
    void shouldEqualTheOracleOverManyYears() {
        for (long seed = 0; seed < 60; seed++) {
            var random = new RandomHistory(seed, 1_600, 6);
            var policy = Policies.countingAt(OrderStatus.PAID);
            var buyer = new FoldedCustomer(policy);
            for (var event : random.orderly()) {
                if (random.chance(0.1)) {
                    buyer.reload();
                }
                if (random.chance(0.2)) {
                    buyer.age();
                }
                assertThat(buyer.apply(event)).isNotInstanceOf(Verdict.Refused.class);
            }
            long end = random.end();
            buyer.at(end);
            var said = new TreeMap<String, String>();
            buyer.decisions().live().forEach((key, value) -> said.put(key, unrevised(SuppressionOracle.say(value))));
            var expected = new SuppressionOracle(policy).at(random.orderly(), end);
            expected.replaceAll((key, value) -> unrevised(value));
            assertThat(said).as("seed " + seed).isEqualTo(expected);
            assertThat(ProfileOracle.say(buyer.profile()))
                    .as("seed " + seed)
                    .isEqualTo(ProfileOracle.at(policy, random.orderly(), end, buyer.asOf()));
            var facts = MeasureOracle.facts(policy, FoldedCustomer.ZONE, random.orderly());
            AudienceOracle.members(policy, random.orderly(), end)
                    .keySet()
                    .forEach(key -> facts.merge(
                            "audience-members|platform=" + key.split("\\|")[0] + "|some time", 1L, Long::sum));
            if (!buyer.profile().getChurnLevel().equals("HEALTHY")) {
                facts.put("churn-level|level=" + buyer.profile().getChurnLevel() + "|some time", 1L);
            }
            assertThat(Differences.of(lasting(buyer.decisions().facts()), lasting(facts)))
                    .as("seed " + seed)
                    .isEmpty();
            assertThat(Differences.of(buyer.decisions().creditSums(), MeasureOracle.credits(policy, random.orderly())))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    /**
     * What moves with the newest of a kind stays where it was last when that was let go, longer ago than any window reaches; and of an invitation that was let go no
     * answer is expected any more.
     */
    private static Map<String, Long> lasting(Map<String, Long> facts) {
        var lasting = new TreeMap<>(facts);
        lasting.keySet()
                .removeIf(fact ->
                        fact.matches("(nps-[a-z]+|invitations-answered|buyers|repeat-buyers|repeat-buyers-days)\\|.*"));
        return lasting;
    }

    private static String unrevised(String standing) {
        return standing.startsWith("LIFTED") ? "LIFTED" : standing.replaceAll(" (rev|since) \\d+", "");
    }

    @Test
    void shouldNotLetARevisionFallWhenItsOldestEventsAreLetGo() {
        for (int order = 0; order < 30; order++) {
            customer.after(paid("o" + order, day(25 * order), line("radio", 1)));
            customer.after(returned(null, day(25 * order + 1), line("radio", 2)));
            customer.after(paid("p" + order, day(25 * order + 2), line("radio", 1)));
        }
        // RecordedDecisions fails when a revision falls without a tombstone.
        assertThat(customer.suppression("SKU|radio").getRevision()).isGreaterThanOrEqualTo(2 * 90);
        assertThat(customer.state().getOrders()).hasSizeLessThan(40);
    }

    /** What had expired is let go, and of the rest it is only known that it was returned. */
    @Test
    void shouldNotLetARevisionFallWhenTooManyOrdersAreLetGo() {
        var limits = new Limits(Duration.ofDays(7), Duration.ofDays(400), Duration.ofDays(30), 4, 4, 4);
        for (long seed = 0; seed < 60; seed++) {
            var random = new RandomHistory(seed, 700, 6);
            var busy = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID), limits);
            // RecordedDecisions fails when a revision falls without a tombstone.
            random.orderly().forEach(busy::apply);
            busy.at(random.end());
            assertThat(busy.state().getOrders()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void shouldLetNothingGoThatAConfiguredTombstoneStillNeeds() {
        var limits = new Limits(Duration.ofDays(7), Duration.ofDays(400), Duration.ofDays(300), 1_000, 200, 1_000);
        var slow = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID), limits);
        slow.after(paid("o1", day(0), line("radio", 1)), click("k1", day(380)));
        assertThat(slow.suppression("SKU|radio").getReasons()).containsExactly("EXPIRED");

        slow.after(click("k2", day(389)));
        assertThat(slow.suppression("SKU|radio")).isNotNull();
        slow.after(click("k3", day(390) + DAY / 2));
        assertThat(slow.suppression("SKU|radio")).isNull();
    }

    @Test
    void shouldNotHoldAgainWhatWasReturnedOfAnOrderThatStays() {
        var buyer = new FoldedCustomer(Policies.countingAt(OrderStatus.SHIPPED));
        buyer.after(
                paid("o1", day(0), line("radio", 2)),
                returned(null, day(5), line("radio", 1)),
                paid("o2", day(0) + HOUR, line("clock", 1)),
                order(OrderStatus.SHIPPED, "o2", day(30), "EUR", line("clock", 1)));
        var before = buyer.profile().getRevenue();
        assertThat(before.get(0).getReturnedMinor()).isEqualTo(1_000);

        // The first order stays for the sake of the second, which was paid on the same day.
        buyer.after(click("k1", day(489)));
        assertThat(buyer.state().getOrders()).hasSize(2);

        assertThat(buyer.profile().getRevenue()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAVersionOfAnAnswerThatItLetGo() {
        for (int edit = 0; edit < 25; edit++) {
            customer.after(survey(SurveyKind.CSAT, "s1", day(edit), 1 + edit % 5, 1, 5, true, "app", "web", false));
        }
        assertThat(customer.profile().getCapped()).isTrue();
        var before = customer.decisions().facts();

        tooLate(customer.apply(survey(SurveyKind.CSAT, "s1", day(0), 1, 1, 5, true, "app", "web", false)));
        assertThat(customer.apply(survey(SurveyKind.CSAT, "s1", day(20), 1, 1, 5, true, "app", "web", false)))
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(customer.decisions().facts()).isEqualTo(before);
    }

    @Test
    void shouldTakeANewAnswerAboutSatisfactionHoweverManyRecommended() {
        for (int answer = 0; answer < 12; answer++) {
            customer.after(nps("r" + answer, day(30 * answer), 9));
        }

        assertThat(customer.apply(survey(SurveyKind.CSAT, "s1", day(20), 5, 1, 5, true, "app", "web", false)))
                .isEqualTo(Verdict.FOLDED);
        assertThat(customer.decisions().facts("csat-answers|all")).containsOnlyKeys("csat-answers|all=|" + day(20));
        tooLate(customer.apply(nps("s2", day(20), 9)));
    }

    /** A late event comes between two others, and the earlier of them may be older than the history. */
    @Test
    void shouldKnowTheStepBeforeTheOldestEventThatMayCome() {
        var history = List.of(
                invitation("i1", day(0)),
                survey(SurveyKind.CSAT, "s1", day(1), 5, 1, 5, true, "app", "web", false),
                ticket("t1", TicketStatus.OPENED, day(2)),
                ticket("t1", TicketStatus.CLOSED, day(3)),
                click("k1", day(30)),
                click("k2", day(411)));
        for (int first = 0; first < 4; first++) {
            var events = new ArrayList<>(history.subList(first, Math.min(first + (first == 2 ? 2 : 1), 4)));
            events.addAll(history.subList(4, 6));
            events.add(click("k3", day(11)));
            var late = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));
            events.forEach(event -> assertThat(late.apply(event)).isEqualTo(Verdict.FOLDED));

            assertThat(Differences.of(
                            late.decisions().facts("journey-"),
                            journey(MeasureOracle.facts(
                                    Policies.countingAt(OrderStatus.PAID), FoldedCustomer.ZONE, events))))
                    .isEmpty();
        }
    }

    private static Map<String, Long> journey(Map<String, Long> facts) {
        var journey = new TreeMap<>(facts);
        journey.keySet().removeIf(fact -> !fact.startsWith("journey-"));
        return journey;
    }

    private static void tooLate(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).refusal().reason()).isEqualTo(Refusal.Reason.TOO_LATE);
    }
}
