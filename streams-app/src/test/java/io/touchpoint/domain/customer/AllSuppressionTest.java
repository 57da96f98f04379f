package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.consent;
import static io.touchpoint.domain.customer.CustomerEvents.contactWithdrawal;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.nps;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.survey;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static io.touchpoint.domain.customer.CustomerEvents.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import org.junit.jupiter.api.Test;

/** Who is spared all advertising: open tickets, detractors for 21 days, and those who opted out. */
class AllSuppressionTest {

    private final FoldedCustomer customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));

    @Test
    void shouldSpareWhoWaitsForHelp() {
        customer.after(ticket("t1", TicketStatus.OPENED, day(0)));
        assertThat(Told.suppressions(customer))
                .containsExactly("0: ALL| ACTIVE [OPEN_TICKET] since 0 by [ticket-t1-OPENED@0] test-7");

        customer.after(ticket("t1", TicketStatus.RESOLVED, day(2)));
        assertThat(Told.suppressions(customer))
                .containsExactly("2: ALL| LIFTED [RESOLVED] by [ticket-t1-RESOLVED@2] test-7");
        customer.at(day(32));
        assertThat(Told.suppressions(customer)).containsExactly("32: ALL| gone");
    }

    @Test
    void shouldNeitherOpenNorCloseByAReply() {
        customer.after(ticket("t1", TicketStatus.OPENED, day(0)), ticket("t1", TicketStatus.REPLIED, day(1)));
        assertThat(customer.profile().getOpenTickets()).isEqualTo(1);
        assertThat(customer.suppression("ALL|").getSince().toEpochMilli()).isEqualTo(day(0));

        customer.after(ticket("t1", TicketStatus.CLOSED, day(2)), ticket("t1", TicketStatus.REPLIED, day(3)));
        assertThat(customer.profile().getOpenTickets()).isZero();
        assertThat(customer.suppression("ALL|").getReasons()).containsExactly("RESOLVED");
    }

    @Test
    void shouldOpenATicketFirstSeenByItsReplyUntilTheStepsBeforeItArrive() {
        customer.after(ticket("t1", TicketStatus.REPLIED, day(3)));
        assertThat(customer.profile().getOpenTickets()).isEqualTo(1);

        customer.after(ticket("t1", TicketStatus.RESOLVED, day(2)));
        assertThat(customer.profile().getOpenTickets()).isZero();
        assertThat(customer.suppression("ALL|")).isNull();

        customer.after(ticket("t1", TicketStatus.OPENED, day(1)));
        assertThat(customer.suppression("ALL|").getReasons()).containsExactly("RESOLVED");
        assertThat(customer.profile().getTickets()).isEqualTo(1);
    }

    @Test
    void shouldOrderStepsOfOneInstantByWhatTheyMean() {
        customer.after(
                ticket("t1", TicketStatus.RESOLVED, day(1)),
                ticket("t1", TicketStatus.REPLIED, day(1)),
                ticket("t1", TicketStatus.OPENED, day(1)));
        assertThat(customer.profile().getOpenTickets()).isZero();

        customer.after(ticket("t1", TicketStatus.REOPENED, day(1)));
        assertThat(customer.profile().getOpenTickets()).isEqualTo(1);
        assertThat(customer.suppression("ALL|").getCause().getEventIds()).containsExactly("ticket-t1-REOPENED@1");
    }

    @Test
    void shouldHoldAgainWhileATicketIsReopened() {
        customer.after(
                ticket("t1", TicketStatus.OPENED, day(0)),
                ticket("t1", TicketStatus.CLOSED, day(1)),
                ticket("t1", TicketStatus.REOPENED, day(4)));

        assertThat(Told.suppressions(customer).get(2))
                .isEqualTo("4: ALL| ACTIVE [OPEN_TICKET] since 4 by [ticket-t1-REOPENED@4] test-7");
    }

    @Test
    void shouldHoldUntilTheLastTicketIsClosed() {
        customer.after(
                ticket("t1", TicketStatus.OPENED, day(0)),
                ticket("t2", TicketStatus.OPENED, day(1)),
                ticket("t1", TicketStatus.CLOSED, day(2)));
        assertThat(customer.suppression("ALL|").getSince().toEpochMilli()).isEqualTo(day(1));

        customer.after(ticket("t2", TicketStatus.RESOLVED, day(3)));
        assertThat(customer.suppression("ALL|").getCause().getEventIds()).containsExactly("ticket-t2-RESOLVED@3");
        assertThat(customer.profile().getTickets()).isEqualTo(2);
    }

    @Test
    void shouldSpareADetractorForATimeAndNoLonger() {
        customer.after(nps("r1", day(0), 6));
        assertThat(Told.suppressions(customer))
                .containsExactly("0: ALL| ACTIVE [DETRACTOR] since 0 until 21 by [answer-r1@0] test-7");

        customer.at(day(21) - 1);
        assertThat(Told.suppressions(customer)).isEmpty();
        customer.at(day(21));
        assertThat(Told.suppressions(customer))
                .containsExactly("21: ALL| LIFTED [EXPIRED] until 21 by [answer-r1@0] test-7");
        customer.at(day(51));
        assertThat(Told.suppressions(customer)).containsExactly("51: ALL| gone");
    }

    @Test
    void shouldNotSpareAPassiveOrOtherKindsOfAnswers() {
        customer.after(
                nps("r1", day(0), 7),
                survey(SurveyKind.CSAT, "r2", day(1), 1, 1, 5, true, "support", "web", false),
                withdrawn("r3", day(2)));

        assertThat(Told.suppressions(customer)).isEmpty();
    }

    @Test
    void shouldLiftWhenTheAnswerIsEditedUpOrABetterOneFollows() {
        customer.after(nps("r1", day(0), 2), nps("r1", day(1), 9));
        assertThat(Told.suppressions(customer).get(1)).isEqualTo("1: ALL| LIFTED [WITHDRAWN] by [answer-r1@1] test-7");

        customer.after(nps("r2", day(2), 3), nps("r3", day(4), 8));
        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "2: ALL| ACTIVE [DETRACTOR] since 2 until 23 by [answer-r2@2] test-7",
                        "4: ALL| LIFTED [WITHDRAWN] by [answer-r3@4] test-7");
    }

    @Test
    void shouldCountTheAnswerBeforeAgainWhenOneIsWithdrawn() {
        customer.after(nps("r1", day(0), 2), nps("r2", day(5), 10), withdrawn("r2", day(8)));
        assertThat(Told.suppressions(customer).get(2))
                .isEqualTo("8: ALL| ACTIVE [DETRACTOR] since 0 until 21 by [answer-r1@0] test-7");

        customer.after(withdrawn("r1", day(9)));
        assertThat(Told.suppressions(customer)).containsExactly("9: ALL| LIFTED [WITHDRAWN] by [answer-r1@9] test-7");
        assertThat(customer.profile().getNps()).isNull();
        assertThat(customer.decisions().facts("nps-")).isEmpty();
    }

    @Test
    void shouldNotSpeakOfADetractionLongOverWhenItsAnswerCountsAgain() {
        customer.after(nps("r1", day(0), 2), nps("r2", day(5), 10)).at(day(40));
        assertThat(Told.suppressions(customer)).last().isEqualTo("35: ALL| gone");

        customer.after(withdrawn("r2", day(41)));

        assertThat(Told.suppressions(customer)).isEmpty();
        assertThat(customer.profile().getNps().getScore()).isEqualTo(2);
    }

    @Test
    void shouldSpareWhoOptedOutUntilGrantedWhateverUnknownSays() {
        customer.after(consent(AdConsent.UNKNOWN, day(0)), consent(AdConsent.GRANTED, day(1)));
        assertThat(Told.suppressions(customer)).isEmpty();

        customer.after(consent(AdConsent.DENIED, day(2)));
        assertThat(Told.suppressions(customer))
                .containsExactly("2: ALL| ACTIVE [OPTED_OUT] since 2 by [contact-DENIED@2] test-7");
        customer.after(consent(AdConsent.UNKNOWN, day(3)));
        assertThat(customer.profile().getAdConsent()).isEqualTo("DENIED");
        assertThat(customer.at(day(300)).suppression("ALL|").getReasons()).containsExactly("OPTED_OUT");

        customer.after(consent(AdConsent.GRANTED, day(301)));
        assertThat(Told.suppressions(customer))
                .last()
                .isEqualTo("301: ALL| LIFTED [GRANTED] by [contact-GRANTED@301] test-7");
    }

    @Test
    void shouldLetTheNewestWordOnConsentCountWhateverArrivesLast() {
        customer.after(consent(AdConsent.DENIED, day(5)), consent(AdConsent.GRANTED, day(3)));

        assertThat(customer.suppression("ALL|").getReasons()).containsExactly("OPTED_OUT");
    }

    @Test
    void shouldTakeTheWithdrawalOfContactDataForADenial() {
        customer.after(consent(AdConsent.GRANTED, day(0)), contactWithdrawal(day(1)));

        assertThat(customer.suppression("ALL|").getReasons()).containsExactly("OPTED_OUT");
        assertThat(customer.profile().getAdConsent()).isEqualTo("DENIED");
        assertThat(customer.state().getContact().getEmails()).isEmpty();
    }

    @Test
    void shouldLiftOnlyWhenTheLastOfOverlappingReasonsEnds() {
        customer.after(
                ticket("t1", TicketStatus.OPENED, day(0)), nps("r1", day(1), 0), consent(AdConsent.DENIED, day(2)));
        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "0: ALL| ACTIVE [OPEN_TICKET] since 0 by [ticket-t1-OPENED@0] test-7",
                        "1: ALL| ACTIVE [DETRACTOR, OPEN_TICKET] since 0 by [ticket-t1-OPENED@0, answer-r1@1] test-7",
                        "2: ALL| ACTIVE [DETRACTOR, OPEN_TICKET, OPTED_OUT] since 0"
                                + " by [ticket-t1-OPENED@0, answer-r1@1, contact-DENIED@2] test-7");

        customer.after(ticket("t1", TicketStatus.RESOLVED, day(3)), consent(AdConsent.GRANTED, day(4)));
        assertThat(Told.suppressions(customer))
                .containsExactly(
                        "3: ALL| ACTIVE [DETRACTOR, OPTED_OUT] since 1 by [answer-r1@1, contact-DENIED@2] test-7",
                        "4: ALL| ACTIVE [DETRACTOR] since 1 until 22 by [answer-r1@1] test-7");

        customer.at(day(400));
        assertThat(Told.suppressions(customer))
                .containsExactly("22: ALL| LIFTED [EXPIRED] until 22 by [answer-r1@1] test-7", "52: ALL| gone");
    }

    @Test
    void shouldNotTouchWhatWasBought() {
        customer.after(
                paid("o1", day(0), line("radio", 1)), ticket("t1", TicketStatus.OPENED, day(1)), nps("r1", day(2), 1));

        assertThat(Told.suppressions(customer))
                .filteredOn(line -> line.contains("SKU"))
                .hasSize(1);
        assertThat(customer.profile().getActiveSuppressions()).isEqualTo(2);
    }

    /** Of two records with one id the earlier counts, whichever came first. */
    @Test
    void shouldGoByTheEarlierOfTwoContactRecordsWithOneId() {
        var late = consent(AdConsent.DENIED, day(10));
        var early = CustomerEvents.again(late, late.eventId(), day(5));
        var between = consent(AdConsent.GRANTED, day(7));

        customer.after(late, between);
        customer.reload();
        assertThat(customer.apply(early)).isEqualTo(Verdict.DUPLICATE);

        assertThat(customer.profile().getAdConsent()).isEqualTo("GRANTED");
        assertThat(customer.suppression("ALL|").getReasons()).containsExactly("GRANTED");
    }
}
