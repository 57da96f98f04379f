package io.touchpoint.domain.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.Refusal.Reason;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** For every rule what it accepts at its very edge, and what it refuses just beyond. */
class EventCheckTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final String LONGEST = "x".repeat(255);
    private static final String TOO_LONG = "x".repeat(256);

    private final EventCheck check = new EventCheck(Duration.ofMinutes(10));

    @Test
    void shouldAcceptOnlyTheCustomerIdAsKey() {
        var event = CustomerEvent.of(order(o -> {}));

        assertThat(check.check("c1", event, NOW.toEpochMilli())).isNull();
        assertThat(check.check("c2", event, NOW.toEpochMilli()).reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(check.check(null, event, NOW.toEpochMilli()).reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(check.check("c2", event, NOW.toEpochMilli()).detail()).doesNotContain("c1", "c2");
    }

    @Test
    void shouldRefuseEventsMoreThanTheToleranceAhead() {
        accepts(order(o -> o.setOccurredAt(NOW.plusSeconds(600))));
        refuses(
                order(o -> o.setOccurredAt(NOW.plusSeconds(600).plusMillis(1))),
                Reason.FROM_THE_FUTURE,
                "2024-06-01T12:10:00.001Z");
        refuses(order(o -> o.setOccurredAt(Instant.parse("2090-01-01T00:00:00Z"))), Reason.FROM_THE_FUTURE, "2090");
    }

    @Test
    void shouldRefuseEventsBefore1990() {
        accepts(order(o -> o.setOccurredAt(Instant.parse("1990-01-01T00:00:00Z"))));
        invalid(
                order(o -> o.setOccurredAt(Instant.parse("1989-12-31T23:59:59.999Z"))),
                "occurred_at 1989-12-31T23:59:59.999Z");
        invalid(order(o -> o.setOccurredAt(Instant.EPOCH)), "1970");
        invalid(order(o -> o.setOccurredAt(Instant.ofEpochMilli(Long.MIN_VALUE))), "occurred_at");
    }

    @Test
    void shouldBoundIdentifiers() {
        accepts(order(o -> o.setEventId(LONGEST)));
        invalid(order(o -> o.setEventId(TOO_LONG)), "event_id of 256 characters");
        invalid(order(o -> o.setEventId(" ")), "event_id is blank");
        var nobody = order(o -> o.setCustomerId(""));
        assertThat(check.check("", CustomerEvent.of(nobody), NOW.toEpochMilli()).detail())
                .contains("customer_id is blank");
        invalid(order(o -> o.setOrderId("")), "order_id is blank");
        invalid(click(c -> c.setClickId("")), "click_id is blank");
        invalid(survey(s -> s.setResponseId(TOO_LONG)), "response_id of 256 characters");
        invalid(ticket(t -> t.setTicketId("")), "ticket_id is blank");
        invalid(invitation(i -> i.setInvitationId("")), "invitation_id is blank");
    }

    @Test
    void shouldWantAnOrderIdExceptOnReturns() {
        accepts(order(o -> {
            o.setStatus(OrderStatus.RETURNED);
            o.setOrderId(null);
        }));
        for (var status : List.of(
                OrderStatus.PLACED,
                OrderStatus.PAID,
                OrderStatus.SHIPPED,
                OrderStatus.DELIVERED,
                OrderStatus.CANCELLED)) {
            invalid(
                    order(o -> {
                        o.setStatus(status);
                        o.setOrderId(null);
                    }),
                    "no order_id on " + status);
        }
    }

    @Test
    void shouldWantLinesExceptOnCancellations() {
        accepts(order(o -> {
            o.setStatus(OrderStatus.CANCELLED);
            o.setLines(List.of());
        }));
        for (var status : List.of(
                OrderStatus.PLACED,
                OrderStatus.PAID,
                OrderStatus.SHIPPED,
                OrderStatus.DELIVERED,
                OrderStatus.RETURNED)) {
            invalid(
                    order(o -> {
                        o.setStatus(status);
                        o.setLines(List.of());
                    }),
                    "no lines on " + status);
        }
        accepts(order(o -> o.setLines(Collections.nCopies(1_000, line(1, 1)))));
        invalid(order(o -> o.setLines(Collections.nCopies(1_001, line(1, 1)))), "lines: 1001");
    }

    @Test
    void shouldWantIso4217Currencies() {
        accepts(order(o -> o.setCurrency("JPY")));
        invalid(order(o -> o.setCurrency("XX")), "currency");
        invalid(order(o -> o.setCurrency("eur")), "currency");
        invalid(order(o -> o.setCurrency("")), "currency");
    }

    @Test
    void shouldBoundQuantitiesAndPrices() {
        accepts(order(o -> o.setLines(List.of(line(1, 0)))));
        accepts(order(o -> o.setLines(List.of(line(1_000_000, 1)))));
        accepts(order(o -> o.setLines(List.of(line(1, 1_000_000_000_000L)))));
        invalid(order(o -> o.setLines(List.of(line(1, 1), line(-1, 1)))), "lines[1].quantity -1");
        invalid(order(o -> o.setLines(List.of(line(0, 1)))), "lines[0].quantity 0");
        invalid(order(o -> o.setLines(List.of(line(1_000_001, 1)))), "quantity 1000001");
        invalid(order(o -> o.setLines(List.of(line(1, -1)))), "unit_price_minor -1");
        invalid(order(o -> o.setLines(List.of(line(1, 1_000_000_000_001L)))), "unit_price_minor");
        invalid(order(o -> o.setLines(List.of(new OrderLine("s", null, 1, 1L, -1L)))), "unit_cost_minor -1");
        invalid(order(o -> o.setLines(List.of(new OrderLine("", null, 1, 1L, null)))), "sku is blank");
        invalid(order(o -> o.setLines(List.of(new OrderLine("s", " ", 1, 1L, null)))), "category is blank");
    }

    @Test
    void shouldRefuseTotalsThatSumsCouldNotHold() {
        accepts(order(o -> o.setLines(Collections.nCopies(1_000, line(1, 1_000_000_000_000L)))));
        invalid(order(o -> o.setLines(List.of(line(1_001, 1_000_000_000_000L)))), "worth more than");
        invalid(
                order(o -> o.setLines(Collections.nCopies(1_000, line(1_000_000, 1_000_000_000_000L)))),
                "worth more than");
        var costly = new OrderLine("s1", null, 1_000, 1L, 1_000_000_000_000L);
        accepts(order(o -> o.setLines(List.of(costly))));
        invalid(order(o -> o.setLines(List.of(costly, new OrderLine("s2", null, 1, 1L, 1L)))), "cost more than");
        invalid(
                order(o -> o.setLines(
                        Collections.nCopies(10, new OrderLine("s1", null, 1_000_000, 1L, 1_000_000_000_000L)))),
                "cost more than");
    }

    @Test
    void shouldTakeNpsOnlyFromZeroToTenHigherBeingBetter() {
        accepts(survey(s -> s.setScore(0)));
        accepts(survey(s -> s.setScore(10)));
        invalid(survey(s -> s.setScore(11)), "score 11");
        invalid(survey(s -> s.setScore(-1)), "score -1");
        invalid(survey(s -> s.setScaleMax(5)), "NPS on a scale of 0 to 5");
        invalid(survey(s -> s.setScaleMin(1)), "NPS on a scale of 1 to 10");
        invalid(survey(s -> s.setHigherIsBetter(false)), "NPS");
    }

    @Test
    void shouldWantOtherScoresOnTheirScale() {
        accepts(csat(3, 1, 5));
        accepts(csat(Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE));
        invalid(csat(6, 1, 5), "score 6");
        invalid(csat(0, 1, 5), "score 0");
        invalid(csat(3, 3, 3), "scale_min 3");
        invalid(csat(3, 5, 1), "scale_min 5");
    }

    @Test
    void shouldWantACurrencyWithTheCostOfAClick() {
        accepts(click(c -> {
            c.setCostMinor(null);
            c.setCurrency(null);
        }));
        accepts(click(c -> c.setCostMinor(0L)));
        invalid(click(c -> c.setCurrency(null)), "currency");
        invalid(click(c -> c.setCurrency("XX")), "currency");
        invalid(click(c -> c.setCostMinor(-1L)), "cost_minor -1");
        invalid(click(c -> c.setPlatform("")), "platform is blank");
        invalid(click(c -> c.setCampaignId("")), "campaign_id is blank");
    }

    @Test
    void shouldKnowTheKindsOfInvitations() {
        accepts(invitation(i -> i.setKind("CES")));
        invalid(invitation(i -> i.setKind("nps")), "kind");
    }

    @Test
    void shouldBoundWhatIsKeptOfACustomer() {
        accepts(order(o -> o.setChannel(LONGEST)));
        invalid(order(o -> o.setChannel(TOO_LONG)), "channel");
        invalid(order(o -> o.setCountry(TOO_LONG)), "country");
        invalid(order(o -> o.setPlatform(TOO_LONG)), "platform");
        invalid(order(o -> o.setCampaignId(TOO_LONG)), "campaign_id");
        invalid(survey(s -> s.setTouchpoint(TOO_LONG)), "touchpoint");
        invalid(survey(s -> s.setChannel(TOO_LONG)), "channel");
        invalid(survey(s -> s.setCountry(TOO_LONG)), "country");
        invalid(click(c -> c.setSku(TOO_LONG)), "sku");
        invalid(click(c -> c.setCategory(TOO_LONG)), "category");
        invalid(click(c -> c.setCountry(TOO_LONG)), "country");
        invalid(
                click(c -> {
                    c.setCostMinor(null);
                    c.setCurrency(TOO_LONG);
                }),
                "currency");
        invalid(ticket(t -> t.setTopic(TOO_LONG)), "topic");
        invalid(ticket(t -> t.setChannel(TOO_LONG)), "channel");
        invalid(invitation(i -> i.setTouchpoint(TOO_LONG)), "touchpoint");
    }

    @Test
    void shouldBoundCommentsWithoutRepeatingThem() {
        accepts(survey(s -> s.setComment("y".repeat(100_000))));
        invalid(survey(s -> s.setComment("y".repeat(2_000_000))), "comment of 2000000 characters");
        invalid(ticket(t -> t.setComment("y".repeat(100_001))), "comment of 100001 characters");
    }

    @Test
    void shouldBoundAddresses() {
        accepts(contact(addresses(50), List.of(), Map.of()));
        invalid(contact(addresses(51), List.of(), Map.of()), "emails: 51");
        invalid(contact(List.of(), addresses(51), Map.of()), "phones: 51");
        invalid(contact(List.of(TOO_LONG), List.of(), Map.of()), "emails of 256 characters");
        invalid(contact(List.of(), List.of(), Map.of(TOO_LONG, AdConsent.DENIED)), "platform_consent");
    }

    @Test
    void shouldAcceptErasuresWhateverTheySay() {
        accepts(new ErasureRequest("e1", "c1", NOW, "test", TOO_LONG, ""));
    }

    @Test
    void shouldAcceptTheWithdrawalOfContactData() {
        var event = new CustomerEvent("w1", "c1", NOW.toEpochMilli(), new CustomerEvent.ContactWithdrawal());

        assertThat(check.check("c1", event, NOW.toEpochMilli())).isNull();
        assertThat(check.check(null, event, NOW.toEpochMilli()).reason()).isEqualTo(Reason.WRONG_KEY);
    }

    private void accepts(SpecificRecord record) {
        assertThat(check.check("c1", CustomerEvent.of(record), NOW.toEpochMilli()))
                .isNull();
    }

    private void invalid(SpecificRecord record, String detail) {
        refuses(record, Reason.INVALID, detail);
    }

    private void refuses(SpecificRecord record, Reason reason, String detail) {
        var refusal = check.check("c1", CustomerEvent.of(record), NOW.toEpochMilli());
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.detail())
                .contains(detail, "expected: ")
                .hasSizeLessThan(200)
                .doesNotContain("xxxx", "yyyy");
    }

    private static List<String> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i + "@example.com").toList();
    }

    private static OrderLine line(int quantity, long price) {
        return new OrderLine("s1", "audio", quantity, price, null);
    }

    private static OrderEvent order(Consumer<OrderEvent> change) {
        var order = new OrderEvent(
                "e1",
                "c1",
                NOW,
                "test",
                "o1",
                OrderStatus.PAID,
                new ArrayList<>(List.of(line(1, 100))),
                "EUR",
                "web",
                null,
                null,
                null);
        change.accept(order);
        return order;
    }

    private static SurveyResponse survey(Consumer<SurveyResponse> change) {
        var survey = new SurveyResponse(
                "e1",
                "c1",
                NOW,
                "test",
                "r1",
                SurveyKind.NPS,
                9,
                0,
                10,
                true,
                "post-purchase",
                "email",
                null,
                null,
                null,
                null,
                null,
                null,
                false);
        change.accept(survey);
        return survey;
    }

    private static SurveyResponse csat(int score, int min, int max) {
        return survey(s -> {
            s.setKind(SurveyKind.CSAT);
            s.setScore(score);
            s.setScaleMin(min);
            s.setScaleMax(max);
        });
    }

    private static AdClick click(Consumer<AdClick> change) {
        var click = new AdClick(
                "e1", "c1", NOW, "test", "k1", "meta", "campaign", null, null, null, 5L, "EUR", null, false);
        change.accept(click);
        return click;
    }

    private static SupportEvent ticket(Consumer<SupportEvent> change) {
        var ticket = new SupportEvent(
                "e1", "c1", NOW, "test", "t1", TicketStatus.OPENED, "delivery", "NORMAL", "chat", null, null, null);
        change.accept(ticket);
        return ticket;
    }

    private static SurveyInvitation invitation(Consumer<SurveyInvitation> change) {
        var invitation = new SurveyInvitation("e1", "c1", NOW, "test", "i1", "NPS", "post-purchase", "email");
        change.accept(invitation);
        return invitation;
    }

    private static CustomerContact contact(List<String> emails, List<String> phones, Map<String, AdConsent> platforms) {
        return new CustomerContact("e1", "c1", NOW, "test", emails, phones, "DE", AdConsent.GRANTED, platforms, NOW);
    }
}
