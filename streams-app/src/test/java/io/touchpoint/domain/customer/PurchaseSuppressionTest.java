package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.order;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import org.junit.jupiter.api.Test;

/** From the purchase to the day on which the product may be advertised again. Audio is suppressed for 90 days by SKU, coffee for 30 as a category. */
class PurchaseSuppressionTest {

    private final FoldedCustomer customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));

    @Test
    void shouldSuppressWhatWasBought() {
        customer.after(order(OrderStatus.PLACED, "o1", day(0), "EUR", line("radio", 1)));
        assertThat(Told.suppressions(customer)).isEmpty();

        customer.after(paid("o1", day(1), line("radio", 1)));
        assertThat(Told.suppressions(customer))
                .containsExactly("1: SKU|radio ACTIVE [PURCHASED] since 1 until 91 by [paid-o1@1] test-7");

        customer.after(
                order(OrderStatus.SHIPPED, "o1", day(2), "EUR", line("radio", 1)),
                order(OrderStatus.DELIVERED, "o1", day(3), "EUR", line("radio", 1)),
                click("k1", day(4)));
        assertThat(Told.suppressions(customer)).isEmpty();
    }

    @Test
    void shouldLiftWhenTheOnlyOrderIsReturned() {
        customer.after(paid("o1", day(0), line("radio", 1)), returned("o1", day(5), line("radio", 1)));

        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "0: SKU|radio ACTIVE [PURCHASED] since 0 until 90 by [paid-o1@0] test-7",
                        "5: SKU|radio LIFTED [RETURNED] by [returned-o1@5] test-7");
        assertThat(customer.nextDeadline()).isEqualTo(day(35));

        customer.at(day(35));
        assertThat(Told.suppressions(customer)).containsExactly("35: SKU|radio gone");
        customer.at(day(500));
        assertThat(Told.suppressions(customer)).isEmpty();
    }

    @Test
    void shouldStayActiveWhenOneOfTwoIsReturned() {
        customer.after(paid("o1", day(0), line("radio", 2)), returned("o1", day(5), line("radio", 1)));

        var standing = customer.suppression("SKU|radio");
        assertThat(standing.getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(standing.getUntil().toEpochMilli()).isEqualTo(day(90));
        assertThat(standing.getRevision()).isEqualTo(4);

        customer.after(returned("o1", day(6), line("radio", 1)));
        assertThat(customer.suppression("SKU|radio").getReasons()).containsExactly("RETURNED");
    }

    @Test
    void shouldExtendWhenBoughtAgainAndFallBackWhenThatIsReturned() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(10), line("radio", 1)));
        assertThat(Told.suppressions(customer).get(1))
                .isEqualTo("10: SKU|radio ACTIVE [PURCHASED] since 0 until 100 by [paid-o2@10] test-7");

        customer.after(returned("o2", day(12), line("radio", 1)));
        assertThat(Told.suppressions(customer))
                .containsExactly("12: SKU|radio ACTIVE [PURCHASED] since 0 until 90 by [paid-o1@0] test-7");
    }

    @Test
    void shouldExpireAtTheVeryInstantWithNoEvent() {
        customer.after(paid("o1", day(0) + 1, line("radio", 1)));
        Told.suppressions(customer);

        customer.at(day(90));
        assertThat(Told.suppressions(customer)).isEmpty();
        customer.at(day(90) + 1);
        assertThat(Told.suppressions(customer))
                .containsExactly("90: SKU|radio LIFTED [EXPIRED] until 90 by [paid-o1+1] test-7");
        assertThat(customer.asOf()).isEqualTo(day(90) + 1);
        customer.at(day(120));
        assertThat(Told.suppressions(customer)).isEmpty();
        customer.at(day(120) + 1);
        assertThat(Told.suppressions(customer)).containsExactly("120: SKU|radio gone");
    }

    @Test
    void shouldFireEachDeadlineAtItsOwnInstantHoweverLateTheClock() {
        customer.after(paid("o1", day(0), line("radio", 1)));
        Told.suppressions(customer);

        customer.at(day(300));

        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "90: SKU|radio LIFTED [EXPIRED] until 90 by [paid-o1@0] test-7", "120: SKU|radio gone");
    }

    @Test
    void shouldFireWhatIsDueBeforeTheNextEventApplies() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(200), line("radio", 1)));

        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "0: SKU|radio ACTIVE [PURCHASED] since 0 until 90 by [paid-o1@0] test-7",
                        "90: SKU|radio LIFTED [EXPIRED] until 90 by [paid-o1@0] test-7",
                        "120: SKU|radio gone",
                        "200: SKU|radio ACTIVE [PURCHASED] since 0 until 290 by [paid-o2@200] test-7");
    }

    @Test
    void shouldEndTheSameWhenTheReturnArrivesBeforeItsOrder() {
        customer.after(returned("o1", day(5), line("radio", 1)));
        assertThat(Told.suppressions(customer)).isEmpty();

        customer.after(paid("o1", day(0), line("radio", 1)));
        assertThat(Told.suppressions(customer))
                .containsExactly("5: SKU|radio LIFTED [RETURNED] by [returned-o1@5] test-7");
    }

    @Test
    void shouldMatchAReturnWithoutAnOrderToTheNewestPurchaseBeforeIt() {
        customer.after(
                paid("o1", day(0), line("radio", 1)),
                paid("o2", day(10), line("radio", 1)),
                returned(null, day(12), line("radio", 1)));
        assertThat(customer.suppression("SKU|radio").getUntil().toEpochMilli()).isEqualTo(day(90));

        customer.after(paid("o3", day(20), line("radio", 1)), returned(null, day(11), line("radio", 1)));
        assertThat(customer.suppression("SKU|radio").getSince().toEpochMilli()).isEqualTo(day(20));
        assertThat(customer.profile().getReturnedOrders()).isEqualTo(2);
    }

    @Test
    void shouldNotLetALaterPurchaseAbsorbAnEarlierReturn() {
        customer.after(returned(null, day(0), line("radio", 1)), paid("o1", day(1), line("radio", 1)));

        assertThat(customer.suppression("SKU|radio").getState()).isEqualTo(SuppressionState.ACTIVE);
        assertThat(customer.profile().getRevenue().get(0).getReturnedMinor()).isZero();
    }

    @Test
    void shouldIgnoreAReturnOfWhatWasNeverBought() {
        customer.after(paid("o1", day(0), line("beans", "coffee", 1, 500)));
        Told.suppressions(customer);

        customer.after(
                returned(null, day(1), line("radio", 3)),
                returned("o9", day(2), line("beans", "coffee", 1, 500)),
                returned("o1", day(3), line("other-beans", "coffee", 1, 500)));

        assertThat(Told.suppressions(customer))
                .filteredOn(line -> !line.contains("ACTIVE"))
                .isEmpty();
        assertThat(customer.suppression("SKU|radio")).isNull();
        assertThat(customer.suppression("CATEGORY|coffee").getUntil().toEpochMilli())
                .isEqualTo(day(30));
        assertThat(customer.profile().getReturnedOrders()).isZero();
        assertThat(customer.profile().getRevenue().get(0).getNetMinor()).isEqualTo(500);
    }

    @Test
    void shouldTakeNoMoreThanTheNamedOrderHolds() {
        customer.after(
                paid("o1", day(0), line("radio", 1)),
                paid("o2", day(1), line("radio", 2)),
                returned("o1", day(2), line("radio", 3)));

        assertThat(customer.suppression("SKU|radio").getSince().toEpochMilli()).isEqualTo(day(1));
        assertThat(customer.profile().getRevenue().get(0).getReturnedMinor()).isEqualTo(1_000);
    }

    @Test
    void shouldLiftWhenTheOrderIsCancelled() {
        customer.after(paid("o1", day(0), line("radio", 1), line("clock", 1)));
        Told.suppressions(customer);

        customer.after(cancelled("o1", day(1), line("radio", 1)));
        assertThat(Told.suppressions(customer))
                .containsExactly("1: SKU|radio LIFTED [CANCELLED] by [cancelled-o1@1] test-7");
        customer.after(cancelled("o1", day(2)));
        assertThat(Told.suppressions(customer))
                .containsExactlyInAnyOrder(
                        "2: SKU|clock LIFTED [CANCELLED] by [cancelled-o1@2] test-7",
                        "2: SKU|radio LIFTED [CANCELLED] by [cancelled-o1@1] test-7");
        assertThat(customer.profile().getReturnedOrders()).isZero();
    }

    @Test
    void shouldNeverSuppressWhatWasCancelledBeforeItWasPaid() {
        customer.after(cancelled("o1", day(0)), paid("o1", day(1), line("radio", 1)));

        assertThat(Told.suppressions(customer))
                .containsExactly("1: SKU|radio LIFTED [CANCELLED] by [cancelled-o1@0] test-7");
        assertThat(customer.profile().getPaidOrders()).isEqualTo(1);
        assertThat(customer.profile().getRevenue().get(0).getNetMinor()).isZero();
        customer.at(day(31));
        assertThat(Told.suppressions(customer)).containsExactly("31: SKU|radio gone");
    }

    @Test
    void shouldCancelOnlyWhatAPartialReturnLeft() {
        customer.after(
                paid("o1", day(0), line("radio", "audio", 3, 1_000)),
                returned("o1", day(1), line("radio", "audio", 1, 800)),
                cancelled("o1", day(2)));

        var revenue = customer.profile().getRevenue().get(0);
        assertThat(revenue.getGrossMinor()).isEqualTo(3_000);
        assertThat(revenue.getReturnedMinor()).isEqualTo(800 + 2_000);
        assertThat(customer.suppression("SKU|radio").getReasons()).containsExactly("CANCELLED");
        assertThat(customer.profile().getReturnedOrders()).isEqualTo(1);
    }

    @Test
    void shouldSuppressAWholeCategoryOverAllItsProducts() {
        customer.after(
                paid("o1", day(0), line("beans", "coffee", 1, 500)),
                paid("o2", day(10), line("filter", "coffee", 1, 200)));
        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "0: CATEGORY|coffee ACTIVE [PURCHASED] since 0 until 30 by [paid-o1@0] test-7",
                        "10: CATEGORY|coffee ACTIVE [PURCHASED] since 0 until 40 by [paid-o2@10] test-7");

        customer.after(returned("o2", day(11), line("filter", "coffee", 1, 200)));
        assertThat(Told.suppressions(customer))
                .containsExactly("11: CATEGORY|coffee ACTIVE [PURCHASED] since 0 until 30 by [paid-o1@0] test-7");
        customer.after(returned("o1", day(12), line("beans", "coffee", 1, 500)));
        assertThat(Told.suppressions(customer))
                .containsExactly("12: CATEGORY|coffee LIFTED [RETURNED] by [returned-o1@12] test-7");
    }

    @Test
    void shouldSuppressALineWithoutCategoryBySkuAndDefault() {
        customer.after(paid("o1", day(0), line("mystery", null, 1, 500)));

        assertThat(Told.suppressions(customer))
                .containsExactly("0: SKU|mystery ACTIVE [PURCHASED] since 0 until 60 by [paid-o1@0] test-7");
    }

    @Test
    void shouldCountFromTheStatusThePolicyNames() {
        var delivered = new FoldedCustomer(Policies.countingAt(OrderStatus.DELIVERED));
        delivered.after(
                order(OrderStatus.PLACED, "o1", day(0), "EUR", line("radio", 1)), paid("o1", day(1), line("radio", 1)));
        assertThat(Told.suppressions(delivered)).isEmpty();
        assertThat(delivered.profile().getPaidOrders()).isEqualTo(1);

        delivered.after(order(OrderStatus.DELIVERED, "o1", day(5), "EUR", line("radio", 1)));
        assertThat(Told.suppressions(delivered))
                .containsExactly("5: SKU|radio ACTIVE [PURCHASED] since 5 until 95 by [delivered-o1@5] test-7");
        delivered.after(returned(null, day(6), line("radio", 1)));
        assertThat(Told.suppressions(delivered))
                .containsExactly("6: SKU|radio LIFTED [RETURNED] by [returned-null@6] test-7");
        assertThat(delivered.profile().getRevenue().get(0).getNetMinor()).isZero();
    }

    @Test
    void shouldLiftBeforeItIsForgottenWhenOnlyAnExpiredUnitIsLeft() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(130), line("radio", 1)));
        Told.suppressions(customer);

        customer.after(returned("o2", day(135), line("radio", 1)));

        assertThat(Told.suppressions(customer))
                .containsExactly("135: SKU|radio LIFTED [EXPIRED] until 90 by [paid-o1@0] test-7");
        customer.at(day(164.9));
        assertThat(Told.suppressions(customer)).isEmpty();
        customer.at(day(165));
        assertThat(Told.suppressions(customer)).containsExactly("165: SKU|radio gone");
    }

    @Test
    void shouldSayReturnedWhenAnExpiredUnitGoesBackAndForgetItNoLater() {
        customer.after(paid("o1", day(0), line("radio", 1)), returned("o1", day(100), line("radio", 1)));
        assertThat(customer.suppression("SKU|radio").getReasons()).containsExactly("RETURNED");

        customer.at(day(120));
        assertThat(customer.suppression("SKU|radio")).isNull();

        customer.after(paid("o2", day(130), line("clock", 1)));
        assertThat(customer.decisions().live()).containsOnlyKeys("c1|SKU|clock");
    }

    @Test
    void shouldCountAPaymentToldTwiceOnceFromTheEarlierTime() {
        var later = paid("o1", day(1), line("radio", 1));
        customer.after(later);
        assertThat(customer.apply(CustomerEvents.again(later, "a-system", day(0.5))))
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(customer.apply(CustomerEvents.again(later, "b-system", day(2))))
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(customer.apply(later)).isEqualTo(Verdict.DUPLICATE);

        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "1: SKU|radio ACTIVE [PURCHASED] since 1 until 91 by [paid-o1@1] test-7",
                        "1: SKU|radio ACTIVE [PURCHASED] since 0.5 until 90.5 by [a-system] test-7");
        assertThat(customer.profile().getPaidOrders()).isEqualTo(1);
        assertThat(customer.profile().getRevenue().get(0).getGrossMinor()).isEqualTo(1_000);
    }

    @Test
    void shouldKeepCurrenciesApart() {
        customer.after(
                order(OrderStatus.PAID, "o1", day(0), "GBP", line("radio", "audio", 2, 700)),
                order(OrderStatus.PAID, "o2", day(1), "EUR", line("clock", "audio", 1, 900)),
                order(OrderStatus.RETURNED, "o1", day(2), "GBP", line("radio", "audio", 1, 650)),
                order(OrderStatus.RETURNED, "o2", day(3), "USD", line("clock", "audio", 1, 1_000)));

        assertThat(customer.profile().getRevenue())
                .extracting(sum -> sum.getCurrency() + " " + sum.getGrossMinor() + " " + sum.getReturnedMinor() + " "
                        + sum.getNetMinor())
                .containsExactly("EUR 900 0 900", "GBP 1400 650 750", "USD 0 1000 -1000");
        assertThat(customer.profile().getValueTier()).isNull();
    }

    @Test
    void shouldNeverLetTheRevisionFallWhenAReturnDisplacesCancellations() {
        customer.after(
                paid("o1", day(0), line("radio", 1)),
                paid("o2", day(1), line("radio", 1)),
                cancelled("o1", day(4)),
                cancelled("o2", day(5)));
        long before = customer.suppression("SKU|radio").getRevision();

        customer.after(returned(null, day(3), line("radio", 2)));

        assertThat(customer.suppression("SKU|radio").getRevision()).isGreaterThan(before);
        assertThat(customer.suppression("SKU|radio").getReasons()).containsExactly("RETURNED");
    }

    @Test
    void shouldPublishUnderAKeyOfItsOwnWhateverTheProductIsCalled() {
        customer.after(paid("o1", day(0), line("a|SKU|b", 1), line("50%", 1)));

        assertThat(customer.decisions().live()).containsOnlyKeys("c1|SKU|a%7CSKU%7Cb", "c1|SKU|50%25");
        assertThat(Standing.key("c1", SuppressionScope.SKU, "a|SKU|b"))
                .isNotEqualTo(Standing.key("c1|SKU|a", SuppressionScope.SKU, "b"));
    }
}
