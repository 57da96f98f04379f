package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.consent;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.invitation;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static io.touchpoint.domain.customer.CustomerEvents.survey;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Customers of whom there is far too much: bounded in bytes, flagged, with exact counts. */
class HeavyCustomerTest {

    private static final int LIMIT = 512 * 1024;
    private static final int MANY = 100_000;

    private final FoldedCustomer customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));

    @Test
    void shouldBoundAHundredThousandClicks() {
        flood(MANY, i -> click("k" + i, day(0) + 60_000L * i));

        assertThat(customer.profile().getClicks()).isEqualTo(MANY);
        assertThat(customer.state().getClicks()).hasSizeLessThanOrEqualTo(1_000);
        tooLate(customer.apply(click("k7", day(0) + 7 * 60_000L)));
    }

    @Test
    void shouldBoundThousandsOfOrders() {
        int orders = 6_000;
        flood(orders, i -> paid("o" + i, day(0) + HOUR / 4 * i, line("sku-" + i % 700, 1)));

        var profile = customer.profile();
        assertThat(profile.getPaidOrders()).isEqualTo(orders);
        assertThat(profile.getPaidOrderDays()).isEqualTo(orders / 96 + 1);
        assertThat(profile.getRevenue().get(0).getGrossMinor()).isEqualTo(1_000L * orders);
        assertThat(profile.getFirstPaidAt().toEpochMilli()).isEqualTo(day(0));
        tooLate(customer.apply(returned("o" + (orders - 2_000), day(70), line("sku-1", 1))));
    }

    @Test
    void shouldCountDaysRightWhenAThousandOrdersFallOnEach() {
        int orders = 3_000;
        flood(orders, i -> paid("o" + i, day(i / 1_500) + i % 1_500, line("radio", 1)));

        assertThat(customer.profile().getPaidOrders()).isEqualTo(orders);
        assertThat(customer.profile().getPaidOrderDays()).isEqualTo(2);
        var sameDays = List.of(paid("a", day(0), line("radio", 1)), paid("b", day(1), line("radio", 1)));
        var oracle = new ChurnOracle(Policies.countingAt(OrderStatus.PAID), sameDays);
        assertThat(customer.profile().getPAlive()).isCloseTo(oracle.pAlive(customer.asOf()), within(1e-12));
    }

    @Test
    void shouldBoundReturnsThatMatchNothing() {
        flood(5_000, i -> returned(null, day(0) + i, line("radio", 1)));

        assertThat(customer.decisions().suppressions()).isEmpty();
        assertThat(customer.state().getTakes()).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void shouldBoundTicketsOpenOrClosed() {
        flood(6_000, i -> ticket("t" + i, TicketStatus.OPENED, day(0) + HOUR / 4 * i));
        assertThat(customer.profile().getTickets()).isEqualTo(6_000);
        assertThat(customer.profile().getOpenTickets()).isBetween(50, 200);

        flood(6_000, i -> ticket("u" + i / 2, i % 2 == 0 ? TicketStatus.OPENED : TicketStatus.CLOSED, day(300) + i));
        assertThat(customer.profile().getTickets()).isEqualTo(9_000);
    }

    @Test
    void shouldBoundOneTicketThatNeverEnds() {
        flood(
                5_000,
                i -> ticket(
                        "t1",
                        i == 0 ? TicketStatus.OPENED : i % 50 == 0 ? TicketStatus.REOPENED : TicketStatus.REPLIED,
                        day(0) + i * HOUR));

        assertThat(customer.profile().getTickets()).isEqualTo(1);
        assertThat(customer.profile().getOpenTickets()).isEqualTo(1);
        assertThat(customer.suppression("ALL|").getSince().toEpochMilli()).isEqualTo(day(0));
    }

    @Test
    void shouldBoundAnswersEditsConsentsAndInvitations() {
        flood(
                3_000,
                i -> survey(
                        SurveyKind.values()[i % 3],
                        "r" + i,
                        day(0) + 1_000L * i,
                        i % 3 == 0 ? 9 : 5,
                        0,
                        10,
                        true,
                        "t" + i,
                        "c" + i % 7,
                        false));
        flood(5_000, i -> nps("edited", day(1) + i, i % 11));
        flood(5_000, i -> consent(i % 2 == 0 ? AdConsent.DENIED : AdConsent.GRANTED, day(2) + i));
        flood(5_000, i -> invitation("i" + i, day(3) + i));

        assertThat(customer.profile().getNps().getScore()).isEqualTo(4_999 % 11);
        assertThat(customer.profile().getAdConsent()).isEqualTo("GRANTED");
        assertThat(customer.decisions().facts("nps-"))
                .isEqualTo(factsOf(customer))
                .containsEntry("nps-detractors|all=|" + (day(1) + 4_999), 1L);
    }

    private static Map<String, Long> factsOf(FoldedCustomer customer) {
        var facts = new TreeMap<String, Long>();
        for (var vote : customer.state().getVotes()) {
            var measure =
                    vote.getScore() >= 9 ? "nps-promoters" : vote.getScore() >= 7 ? "nps-passives" : "nps-detractors";
            facts.put(measure + "|" + vote.getDimension() + "=" + vote.getValue() + "|" + vote.getAt(), 1L);
        }
        return facts;
    }

    @Test
    void shouldBoundTheLargestOrdersThereCanBe() {
        flood(40, i -> paid("o" + i, day(0) + i, longLines(i)));

        assertThat(customer.profile().getCapped()).isTrue();
        assertThat(customer.profile().getPaidOrders()).isEqualTo(40);
        assertThat(customer.profile().getPaidOrderDays()).isEqualTo(1);
        assertThat(customer.profile().getRevenue().get(0).getGrossMinor()).isEqualTo(40L * 1_000 * 100);
        assertThat(customer.decisions().live())
                .hasSize(customer.state().getPublished().size());
    }

    /** A thousand lines, each as long as the intake allows, in a script that takes three bytes a character. */
    private static OrderLine[] longLines(int order) {
        var lines = new OrderLine[1_000];
        Arrays.setAll(lines, i -> line("商".repeat(245) + order + "-" + i, "品".repeat(255), 1, 100));
        return lines;
    }

    @Test
    void shouldShrinkAnyStateUntilItFits() {
        for (int i = 0; i < 150; i++) {
            customer.after(
                    paid("o" + i, day(i), line("radio-" + i, 2), line("beans", "coffee", 1, 300)),
                    returned(i % 2 == 0 ? "o" + i : null, day(i) + HOUR, line("radio-" + i, 1)),
                    cancelled("unknown-" + i, day(i) + 2 * HOUR),
                    ticket("t" + i, TicketStatus.OPENED, day(i)),
                    click("k" + i, day(i)),
                    nps("r" + i, day(i), i % 11),
                    nps("r" + i, day(i) + HOUR, 10 - i % 11));
        }
        var before = customer.profile();
        int size = customer.bytes().length;
        while (customer.shrink()) {
            assertThat(customer.bytes().length).isLessThan(size + 4_000);
            customer.reload();
        }

        assertThat(customer.state().getOrders()).isEmpty();
        assertThat(customer.state().getTakes()).isEmpty();
        assertThat(customer.state().getTickets()).isEmpty();
        assertThat(customer.state().getClicks()).isEmpty();
        assertThat(customer.state().getAnswers()).hasSize(1);
        var profile = customer.profile();
        assertThat(profile.getCapped()).isTrue();
        assertThat(profile.getPaidOrders()).isEqualTo(before.getPaidOrders());
        assertThat(profile.getPaidOrderDays()).isEqualTo(before.getPaidOrderDays());
        assertThat(profile.getRevenue()).isEqualTo(before.getRevenue());
        assertThat(profile.getReturnedOrders()).isEqualTo(before.getReturnedOrders());
        assertThat(profile.getClicks()).isEqualTo(before.getClicks());
        assertThat(profile.getTickets()).isEqualTo(before.getTickets());
        assertThat(profile.getNps()).isEqualTo(before.getNps());
        assertThat(profile.getPAlive()).isEqualTo(before.getPAlive());
        assertThat(profile.getClvMinor()).isEqualTo(before.getClvMinor());
    }

    @Test
    void shouldTellConsumersToForgetWhatAShrunkStateNoLongerHolds() {
        customer.after(paid("o1", day(0), line("radio", 1)), paid("o2", day(3), line("clock", 1)));
        while (customer.shrink()) {
            customer.reload();
        }
        Told.suppressions(customer);

        customer.at(customer.state().getArmed());

        assertThat(customer.decisions().live()).isEmpty();
        assertThat(Told.suppressions(customer)).containsExactly("3: SKU|radio gone", "3: SKU|clock gone");
    }

    private void flood(int count, IntFunction<CustomerEvent> event) {
        for (int i = 0; i < count; i++) {
            assertThat(customer.apply(event.apply(i))).isNotInstanceOf(Verdict.Refused.class);
            if (i % 1_000 == 999 || count < 1_000) {
                customer.reload();
                assertThat(customer.bytes()).hasSizeLessThan(LIMIT);
            }
        }
    }

    private static void tooLate(Verdict verdict) {
        assertThat(((Verdict.Refused) verdict).refusal().reason()).isEqualTo(Refusal.Reason.TOO_LATE);
    }
}
