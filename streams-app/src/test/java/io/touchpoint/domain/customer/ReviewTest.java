package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.consent;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.order;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.policy.SuppressionRules;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.records.TicketStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Customers of whom nothing is heard, under a policy that is another than the one by which was decided of them. */
class ReviewTest {

    private static final Policy POLICY = Policies.countingAt(OrderStatus.PAID);

    @Test
    void shouldLiftAsOfThenWhatIsOverByTheNewRules() {
        var customer = bought(cooling(180)).at(day(40)).under(cooling(30)).review(day(41));
        var lifted = customer.suppression("SKU|radio");
        assertThat(lifted.getState()).isEqualTo(SuppressionState.LIFTED);
        assertThat(lifted.getUntil().toEpochMilli()).isEqualTo(day(30));
    }

    @Test
    void shouldRaiseTheRevisionOfWhatHoldsAgainByTheNewRules() {
        var customer = bought(cooling(30)).at(day(40));
        long lifted = customer.suppression("SKU|radio").getRevision();
        customer.under(cooling(180)).review(day(41));
        assertThat(customer.suppression("SKU|radio").getState()).isEqualTo(SuppressionState.ACTIVE);
        long again = customer.suppression("SKU|radio").getRevision();
        assertThat(again).isGreaterThan(lifted);
        customer.under(cooling(30)).review(day(42));
        assertThat(customer.suppression("SKU|radio").getState()).isEqualTo(SuppressionState.LIFTED);
        assertThat(customer.suppression("SKU|radio").getRevision()).isGreaterThan(again);
    }

    @Test
    void shouldRaiseTheRevisionOfADetractorWhoIsSparedForLonger() {
        var rules = POLICY.suppression();
        var longer = with(
                new SuppressionRules(rules.countsAt(), rules.defaultRule(), rules.categories(), Duration.ofDays(300)));
        var customer = new FoldedCustomer(POLICY).after(nps("a1", day(0), 2)).at(day(32));
        long lifted = customer.suppression("ALL|").getRevision();
        customer.under(longer).review(day(33));
        assertThat(customer.suppression("ALL|").getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(customer.suppression("ALL|").getRevision()).isGreaterThan(lifted);
    }

    @Test
    void shouldLowerNoRevisionWhereFewerEventsCountByTheNewRules() {
        var customer = delivered();
        long before = customer.suppression("SKU|radio").getRevision();
        customer.under(Policies.countingAt(OrderStatus.DELIVERED)).review(day(4));
        var after = customer.suppression("SKU|radio");
        assertThat(after.getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(after.getSince().toEpochMilli()).isEqualTo(day(3));
        assertThat(after.getRevision()).isGreaterThan(before);

        customer.after(order(OrderStatus.DELIVERED, "o2", day(5), "EUR", line("radio", 1)));
        assertThat(customer.suppression("SKU|radio").getRevision()).isGreaterThan(after.getRevision());
    }

    @Test
    void shouldLowerNoRevisionThatAnEarlierReleaseTold() {
        var customer = delivered();
        long before = customer.suppression("SKU|radio").getRevision();
        customer.state().getPublished().forEach(published -> published.setRevision(0));
        customer.under(Policies.countingAt(OrderStatus.DELIVERED)).review(day(4));
        assertThat(customer.suppression("SKU|radio").getRevision()).isGreaterThan(before);
    }

    @Test
    void shouldHoldByThePaidLinesWhatReachedAStepWhileAnotherCounted() {
        var customer = new FoldedCustomer(POLICY)
                .after(
                        paid("o1", day(0), line("radio", 1), line("lamp", 1)),
                        order(OrderStatus.SHIPPED, "o1", day(1), "EUR", line("radio", 1), line("lamp", 1)));
        customer.under(Policies.countingAt(OrderStatus.DELIVERED)).review(day(2));
        assertThat(customer.decisions().live()).isEmpty();
        customer.after(order(OrderStatus.DELIVERED, "o1", day(3), "EUR", line("radio", 1)));
        long delivered = customer.suppression("SKU|radio").getRevision();

        customer.under(Policies.countingAt(OrderStatus.SHIPPED)).review(day(4));
        assertThat(customer.suppression("SKU|lamp").getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(customer.suppression("SKU|radio").getSince().toEpochMilli()).isEqualTo(day(1));
        assertThat(customer.suppression("SKU|radio").getRevision()).isGreaterThanOrEqualTo(delivered);
    }

    @Test
    void shouldRaiseNoRevisionOfWhatTheRulesSayTheSameOf() {
        var never = new FoldedCustomer(POLICY).after(ticket("t1", TicketStatus.OPENED, day(0)), nps("a1", day(1), 2));
        var reviewed =
                new FoldedCustomer(POLICY).after(ticket("t1", TicketStatus.OPENED, day(0)), nps("a1", day(1), 2));
        never.at(day(40));
        reviewed.review(day(40));
        assertThat(reviewed.suppression("ALL|").getReasons()).containsExactly("OPEN_TICKET");
        assertThat(reviewed.suppression("ALL|")).isEqualTo(never.suppression("ALL|"));
    }

    @Test
    void shouldTakeBackTheCreditOfAnOrderByTheRulesByWhichItWasEarned() {
        var customer = new FoldedCustomer(Policies.attributing(POLICY, 30, 7))
                .after(click("k1", day(0)), click("k2", day(20)), paid("o1", day(25), line("radio", 1)));
        var earned = customer.decisions().creditSums();
        assertThat(earned).containsKeys("o1|first|k1|EUR", "o1|time-decay|k1|EUR", "o1|time-decay|k2|EUR");

        customer.under(Policies.attributing(POLICY, 10, 3)).review(day(26));
        assertThat(customer.decisions().creditSums()).isEqualTo(earned);
        customer.after(click("k0", day(-1)), paid("o2", day(27), line("lamp", 1)));
        assertThat(customer.decisions().creditSums())
                .containsKeys("o1|first|k0|EUR", "o2|first|k2|EUR")
                .doesNotContainKeys("o2|linear|k0|EUR", "o2|linear|k1|EUR");

        customer.after(returned("o1", day(30), line("radio", 1)), returned("o2", day(31), line("lamp", 1)));
        assertThat(customer.decisions().creditSums()).isEmpty();
        assertThat(customer.decisions().facts("credit/")).isEmpty();
    }

    @Test
    void shouldCountNoMonthTwiceWhenALateOrderComesAfterwards() {
        var late = paid("o0", day(20), line("radio", 1));
        var never = new FoldedCustomer(POLICY).after(paid("o1", day(40), line("radio", 1)), late);
        var reviewed = new FoldedCustomer(POLICY)
                .after(paid("o1", day(40), line("radio", 1)))
                .review(day(700))
                .after(late);
        assertThat(never.decisions().facts("clv-customers")).isNotEmpty();
        assertThat(reviewed.decisions().facts("clv-customers"))
                .isEqualTo(never.decisions().facts("clv-customers"));
    }

    @Test
    void shouldSendNobodyAgainWhoJoinsOnlyNow() {
        var off = Policies.serving(POLICY, AudienceRules.OFF);
        var google = Policies.serving(
                POLICY, new AudienceRules(Map.of(Platform.GOOGLE, Optional.of(Duration.ofDays(1))), Optional.empty()));
        var customer = new FoldedCustomer(off)
                .after(consent(AdConsent.GRANTED, day(0)), ticket("t1", TicketStatus.OPENED, day(1)));
        customer.under(google).review(day(200));
        assertThat(customer.decisions().audience().changes()).hasSize(1);
    }

    @Test
    void shouldSendAMemberAgainOnceHoweverOftenTheNewRulesWouldHave() {
        var rarely = Policies.serving(
                POLICY,
                new AudienceRules(Map.of(Platform.GOOGLE, Optional.of(Duration.ofDays(400))), Optional.empty()));
        var daily = Policies.serving(
                POLICY, new AudienceRules(Map.of(Platform.GOOGLE, Optional.of(Duration.ofDays(1))), Optional.empty()));
        var customer = new FoldedCustomer(rarely)
                .after(consent(AdConsent.GRANTED, day(0)), ticket("t1", TicketStatus.OPENED, day(1)));
        int before = customer.decisions().audience().changes().size();
        customer.under(daily).review(day(200));
        assertThat(customer.decisions().audience().changes()).hasSize(before + 1);
    }

    @Test
    void shouldChangeNothingUnderTheSamePolicy() {
        for (long seed = 0; seed < 100; seed++) {
            var never = new FoldedCustomer(POLICY);
            var often = new FoldedCustomer(POLICY);
            int number = 0;
            for (var event : new RandomHistory(seed).orderly()) {
                never.apply(event);
                often.apply(event);
                if (++number % 7 == 0) {
                    often.review(often.asOf());
                }
            }
            assertThat(often.decisions().facts(""))
                    .as("seed " + seed)
                    .isEqualTo(never.decisions().facts(""));
            assertThat(often.decisions().live())
                    .as("seed " + seed)
                    .isEqualTo(never.decisions().live());
        }
    }

    private static FoldedCustomer bought(Policy policy) {
        return new FoldedCustomer(policy).after(paid("o1", day(0), line("radio", 1)));
    }

    /** Paid for three, of which one was delivered. */
    private static FoldedCustomer delivered() {
        return new FoldedCustomer(POLICY)
                .after(
                        paid("o1", day(0), line("radio", 1)),
                        paid("o2", day(1), line("radio", 1)),
                        paid("o3", day(2), line("radio", 1)),
                        order(OrderStatus.DELIVERED, "o3", day(3), "EUR", line("radio", 1)));
    }

    private static Policy cooling(int days) {
        var rules = POLICY.suppression();
        var categories = new HashMap<>(rules.categories());
        categories.put("audio", new CategoryRule(SuppressionScope.SKU, Duration.ofDays(days)));
        return with(new SuppressionRules(rules.countsAt(), rules.defaultRule(), categories, rules.detractorCoolDown()));
    }

    private static Policy with(SuppressionRules rules) {
        return new Policy(
                "other", rules, POLICY.churn(), POLICY.valueTiers(), POLICY.attribution(), POLICY.audiences());
    }
}
