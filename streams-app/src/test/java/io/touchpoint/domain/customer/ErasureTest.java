package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.again;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.erasure;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.TicketStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forgetting a customer: every output taken back, nothing kept but a mark that refuses what happened before. */
class ErasureTest {

    private final FoldedCustomer customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));

    @Test
    void shouldTakeBackEverythingConsumersKnow() {
        customer.after(
                paid("o1", day(0), line("radio", 1)),
                ticket("t1", TicketStatus.OPENED, day(1)),
                nps("r1", day(2), 9),
                erasure(day(5)));

        assertThat(Told.suppressions(customer)).endsWith("5: SKU|radio gone", "5: ALL| gone");
        assertThat(customer.decisions().live()).isEmpty();
        assertThat(Told.signals(customer)).last().isEqualTo("5: gone");
        assertThat(customer.known()).isFalse();
        assertThat(customer.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(new String(customer.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("c1", "radio");
    }

    @Test
    void shouldForgetForOneWhoseNameFitsIntoNoReceipt() {
        var erasure = erasure(day(5));
        var request = (ErasureRequest) erasure.body();
        request.setRequestedBy("\uD83D\uDE00".repeat(500_000));

        customer.after(paid("o1", day(0), line("radio", 1)), erasure);

        assertThat(customer.known()).isFalse();
        assertThat(customer.decisions().receipts())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.getRequestedBy()).isEqualTo("\uD83D\uDE00".repeat(255)));
    }

    @Test
    void shouldLeaveTheVotesOfAggregatesAlone() {
        customer.after(nps("r1", day(2), 9), erasure(day(5)), nps("r1", day(6), 3));

        assertThat(customer.decisions().facts("nps-"))
                .containsAllEntriesOf(Map.of("nps-promoters|all=|" + day(2), 1L, "nps-detractors|all=|" + day(6), 1L));
    }

    @Test
    void shouldExpectNothingAtTheEndsOfMonthsToCome() {
        customer.after(paid("o1", day(10), line("radio", 1)), erasure(day(40)));

        assertThat(customer.decisions().facts("clv-customers/EUR@MONTH").values())
                .as("at the end of January")
                .containsExactly(1L);
        assertThat(customer.decisions().facts("clv-expected/EUR@MONTH")).hasSize(1);
    }

    @Test
    void shouldSayWhatWasForgotten() {
        customer.after(
                paid("o1", day(0), line("radio", 1)), nps("r1", day(1), 3), nps("r1", day(2), 4), click("k1", day(3)));
        customer.after(erasure(day(5)));

        var receipt = customer.decisions().receipts().get(0);
        assertThat(receipt.getCustomerHash()).hasSize(32).doesNotContain("c1");
        assertThat(receipt.getEventId()).isEqualTo("erasure@5");
        assertThat(receipt.getErasedAt().toEpochMilli()).isEqualTo(day(5));
        assertThat(receipt.getProfiles()).isEqualTo(1);
        assertThat(receipt.getSuppressions()).isEqualTo(2);
        assertThat(receipt.getEventsForgotten()).isEqualTo(4);
    }

    @Test
    void shouldRefuseWhatHappenedUpToTheErasureAndStartAnewAfterIt() {
        customer.after(paid("o1", day(0), line("radio", 1)), erasure(day(5)));

        assertThat(reason(customer.apply(paid("o2", day(4), line("clock", 1))))).isEqualTo(Refusal.Reason.ERASED);
        assertThat(reason(customer.apply(paid("o2", day(5), line("clock", 1))))).isEqualTo(Refusal.Reason.ERASED);
        customer.reload();
        assertThat(reason(customer.apply(click("k1", day(1))))).isEqualTo(Refusal.Reason.ERASED);
        assertThat(customer.known()).isFalse();

        assertThat(customer.apply(paid("o1", day(5) + 1, line("clock", 1)))).isEqualTo(Verdict.FOLDED);
        assertThat(customer.profile().getPaidOrders()).isEqualTo(1);
        assertThat(customer.profile().getFirstSeenAt().toEpochMilli()).isEqualTo(day(5) + 1);
        assertThat(customer.suppression("SKU|clock").getRevision()).isEqualTo(2);
    }

    @Test
    void shouldCountTheSameRequestOnceAndAnotherOneAgain() {
        customer.after(paid("o1", day(0), line("radio", 1)), erasure(day(5)));

        assertThat(customer.apply(erasure(day(5)))).isEqualTo(Verdict.DUPLICATE);
        assertThat(customer.apply(erasure(day(3)))).isEqualTo(Verdict.DUPLICATE);
        assertThat(customer.decisions().receipts()).hasSize(1);

        customer.after(paid("o2", day(6), line("radio", 1)));
        assertThat(customer.apply(erasure(day(7)))).isEqualTo(Verdict.FOLDED);
        assertThat(customer.decisions().receipts()).hasSize(2);
        assertThat(reason(customer.apply(paid("o3", day(6.5), line("radio", 1)))))
                .isEqualTo(Refusal.Reason.ERASED);
    }

    @Test
    void shouldFireWhatWasDueBeforeForgetting() {
        customer.after(paid("o1", day(0), line("radio", 1)));
        var silent = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));
        silent.after(paid("o1", day(0), line("radio", 1))).at(day(200));

        customer.after(erasure(day(200)));

        assertThat(Told.suppressions(customer)).isEqualTo(Told.suppressions(silent));
        assertThat(customer.decisions().receipts().get(0).getSuppressions()).isZero();
        assertThat(Told.signals(customer)).last().isEqualTo("200: gone");
        assertThat(Told.signals(customer)).hasSize(Told.signals(silent).size() + 1);
    }

    @Test
    void shouldWipeWhatHasArrivedEvenWhenTheRequestIsLate() {
        customer.after(paid("o1", day(10), line("radio", 1)), erasure(day(5)));

        assertThat(customer.known()).isFalse();
        assertThat(customer.decisions().live()).isEmpty();
        assertThat(customer.apply(paid("o1", day(10), line("radio", 1)))).isEqualTo(Verdict.FOLDED);
    }

    @Test
    void shouldMarkACustomerOfWhomNothingIsKnown() {
        assertThat(customer.apply(erasure(day(5)))).isEqualTo(Verdict.FOLDED);

        assertThat(customer.decisions().suppressions()).isEmpty();
        assertThat(customer.decisions().signals()).isEmpty();
        assertThat(customer.decisions().receipts().get(0).getProfiles()).isZero();
        assertThat(reason(customer.apply(again(click("k1", day(5)), "e", day(5)))))
                .isEqualTo(Refusal.Reason.ERASED);
    }

    private static Refusal.Reason reason(Verdict verdict) {
        return ((Verdict.Refused) verdict).refusal().reason();
    }
}
