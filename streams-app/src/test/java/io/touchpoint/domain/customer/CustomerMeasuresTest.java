package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.HOUR;
import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.consent;
import static io.touchpoint.domain.customer.CustomerEvents.contactWithdrawal;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.erasure;
import static io.touchpoint.domain.customer.CustomerEvents.invitation;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.returned;
import static io.touchpoint.domain.customer.CustomerEvents.survey;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What single events change in what is counted of a customer. */
class CustomerMeasuresTest {

    private static final String GOOGLE_MEMBERS = "audience-members|platform=google|some time";

    private final FoldedCustomer customer = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));

    @Test
    void shouldTellNothingForWhatIsKnown() {
        var events = new CustomerEvent[] {
            click("k1", day(0)),
            paid("o1", day(1), line("radio", 2)),
            returned("o1", day(2), line("radio", 1)),
            csat("r1", day(3), 5),
            invitation("i1", day(3)),
            ticket("t1", TicketStatus.OPENED, day(4)),
            ticket("t1", TicketStatus.RESOLVED, day(5))
        };
        customer.after(events);
        int told = customer.decisions().told();

        customer.after(events);
        customer.reload();
        customer.after(events);

        assertThat(customer.decisions().told()).isEqualTo(told);
    }

    @Test
    void shouldLeaveATicketOpenInThePastWhenItIsClosed() {
        customer.after(
                ticket("t1", TicketStatus.OPENED, day(0)),
                ticket("t1", TicketStatus.RESOLVED, day(3)),
                ticket("t1", TicketStatus.CLOSED, day(4)),
                ticket("t1", TicketStatus.REOPENED, day(9)));
        assertThat(customer.decisions().facts("tickets-open|all"))
                .isEqualTo(Map.of(
                        "tickets-open|all=|" + day(0), 1L,
                        "tickets-open|all=|" + day(3), -1L,
                        "tickets-open|all=|" + day(9), 1L));

        customer.after(ticket("t1", TicketStatus.REOPENED, day(3) + HOUR));

        assertThat(customer.decisions().facts("tickets-open|all"))
                .as("closed a day later, then")
                .containsEntry("tickets-open|all=|" + (day(3) + HOUR), 1L)
                .containsEntry("tickets-open|all=|" + day(4), -1L);
    }

    @Test
    void shouldLeaveACustomerReachableInThePastWhateverIsLearnedLater() {
        customer.after(
                consent(AdConsent.GRANTED, day(0)), consent(AdConsent.GRANTED, day(3)), contactWithdrawal(day(5)));
        assertThat(customer.decisions().facts("contactable"))
                .isEqualTo(Map.of("contactable|all=|" + day(0), 1L, "contactable|all=|" + day(5), -1L));

        customer.after(contactWithdrawal(day(1)), consent(AdConsent.GRANTED, day(6)));

        assertThat(customer.decisions().facts("contactable"))
                .as("also when a record comes late")
                .isEqualTo(Map.of(
                        "contactable|all=|" + day(0), 1L,
                        "contactable|all=|" + day(1), -1L,
                        "contactable|all=|" + day(3), 1L,
                        "contactable|all=|" + day(5), -1L,
                        "contactable|all=|" + day(6), 1L));
    }

    @Test
    void shouldMoveTheBuyerToTheNewestOrder() {
        customer.after(paid("o1", day(0), line("radio", 1)));
        assertThat(customer.decisions().facts("buyers|all")).isEqualTo(Map.of("buyers|all=|" + day(0), 1L));

        customer.after(paid("o3", day(5) + HOUR, line("radio", 1)), paid("o2", day(5), line("radio", 1)));

        assertThat(customer.decisions().facts("buyers|all")).isEqualTo(Map.of("buyers|all=|" + (day(5) + HOUR), 1L));
        assertThat(customer.decisions().facts("repeat-buyers|all"))
                .isEqualTo(Map.of("repeat-buyers|all=|" + day(5), 1L));
        assertThat(customer.decisions().facts("repeat-buyers-days|all"))
                .isEqualTo(Map.of("repeat-buyers-days|all=|" + day(0), 1L));
    }

    @Test
    void shouldEndAtNoCreditForAnyTouchWhenAllIsReturned() {
        customer.after(
                click("k1", day(0)),
                click("k2", day(2)),
                click("k3", day(3)),
                paid("o1", day(4), line("radio", "audio", 3, 333)),
                returned("o1", day(5), line("radio", "audio", 1, 333)));
        assertThat(creditOf("linear")).isEqualTo(Map.of("k1", 222L, "k2", 222L, "k3", 222L));
        assertThat(creditOf("position-based")).isEqualTo(Map.of("k1", 267L, "k2", 133L, "k3", 266L));

        customer.after(cancelled("o1", day(6)));

        assertThat(customer.decisions().creditSums()).isEmpty();
        assertThat(customer.decisions().facts("credit/")).isEmpty();
        assertThat(customer.decisions().credits().values())
                .anySatisfy(credit -> assertThat(credit.getCreditMinor()).isEqualTo(-333))
                .allSatisfy(credit ->
                        assertThat(credit.getDecidedAt().toEpochMilli()).isBetween(day(4), day(6)));
    }

    private Map<String, Long> creditOf(String model) {
        var credit = new HashMap<String, Long>();
        customer.decisions().creditSums().forEach((key, amount) -> {
            var parts = key.split("\\|");
            if (parts[1].equals(model)) {
                credit.put(parts[2], amount);
            }
        });
        return credit;
    }

    @Test
    void shouldCreditTheTouchNoneWhereNoClickIsNearEnough() {
        customer.after(click("k1", day(0)), paid("o1", day(30) + 1, line("radio", 1)));
        assertThat(creditOf("first")).isEqualTo(Map.of("none", 1_000L));
        assertThat(customer.decisions().facts("new-customers|platform"))
                .containsKey("new-customers|platform=none|" + (day(30) + 1));
        assertThat(customer.decisions().facts("converted-click-days")).isEmpty();

        customer.after(click("k2", day(0) + 1));

        assertThat(creditOf("first")).isEqualTo(Map.of("k2", 1_000L));
        assertThat(customer.decisions().facts("new-customers|platform"))
                .containsOnlyKeys("new-customers|platform=meta|" + (day(30) + 1));
        // The first click of that day was a millisecond too early.
        assertThat(customer.decisions().facts("converted-click-days")).isEmpty();
    }

    @Test
    void shouldMoveACustomerWhenAnEarlierOrderBecomesKnown() {
        customer.after(inCountry("FR", paid("o2", day(40), line("radio", 1))));
        assertThat(customer.decisions().facts("ltv-net/EUR|country"))
                .containsOnlyKeys("ltv-net/EUR|country=FR|" + day(40));

        customer.after(inCountry("DE", paid("o1", day(3), line("radio", 1))));

        assertThat(customer.decisions().facts("ltv-net/EUR|country"))
                .containsOnlyKeys("ltv-net/EUR|country=DE|" + day(3), "ltv-net/EUR|country=DE|" + day(40));
        assertThat(customer.decisions().facts("cohort-customers").keySet())
                .singleElement()
                .asString()
                .contains("cohort=2024-01");
        assertThat(customer.decisions().facts("cohort-active")).hasSize(2);
        assertThat(customer.decisions().facts("new-customers|country"))
                .containsOnlyKeys("new-customers|country=DE|" + day(3));
    }

    private static CustomerEvent inCountry(String country, CustomerEvent event) {
        ((OrderEvent) event.body()).setCountry(country);
        return event;
    }

    @Test
    void shouldCountTheCostOfAClickOnWhatWasBoughtAsLeaked() {
        customer.after(paid("o1", day(0), line("audio-1", 1)), click("k1", day(1)));
        assertThat(customer.decisions().facts("leak-cost/EUR|all"))
                .isEqualTo(Map.of("leak-cost/EUR|all=|" + day(1), 5L));

        customer.after(returned("o1", day(0) + HOUR, line("audio-1", 1)));

        assertThat(customer.decisions().facts("leak-cost")).isEmpty();
        assertThat(customer.decisions().facts("retargeting-cost/EUR|all")).containsValue(5L);
    }

    @Test
    void shouldTakeBackAnAnswerThatIsEditedOrWithdrawn() {
        customer.after(invitation("i1", day(0)), answering("i1", csat("r1", day(1), 5)));
        assertThat(customer.decisions().facts("csat-satisfied|all")).containsOnlyKeys("csat-satisfied|all=|" + day(1));
        assertThat(customer.decisions().facts("invitations-answered|all")).hasSize(1);

        customer.after(answering("i1", csat("r1", day(2), 2)));
        assertThat(customer.decisions().facts("csat-satisfied")).isEmpty();
        assertThat(customer.decisions().facts("csat-answers|all")).containsOnlyKeys("csat-answers|all=|" + day(2));

        customer.after(survey(SurveyKind.CSAT, "r1", day(3), 2, 1, 5, true, "app", "web", true));
        assertThat(customer.decisions().facts("csat-")).isEmpty();
        assertThat(customer.decisions().facts("invitations-answered")).isEmpty();
        assertThat(customer.decisions().facts("invitations|all")).hasSize(1);
    }

    @Test
    void shouldTakeBackTheVoteOfAnAnswerThatTurnsOutToBeAboutSomethingElse() {
        customer.after(survey(SurveyKind.NPS, "r1", day(1), 2, 0, 10, true, "app", "web", false));
        assertThat(customer.decisions().facts("nps-detractors|all")).hasSize(1);

        customer.after(csat("r1", day(2), 5));

        assertThat(customer.profile().getNps()).isNull();
        assertThat(customer.decisions().facts("nps-")).isEmpty();
        assertThat(customer.decisions().facts("csat-answers|all")).containsOnlyKeys("csat-answers|all=|" + day(2));
    }

    private static CustomerEvent answering(String invitation, CustomerEvent event) {
        ((SurveyResponse) event.body()).setInvitationId(invitation);
        return event;
    }

    private static CustomerEvent csat(String responseId, long at, int score) {
        return survey(SurveyKind.CSAT, responseId, at, score, 1, 5, true, "app", "web", false);
    }

    @Test
    void shouldRefuseAnEditOfAnAnswerThatStaysCounted() {
        for (int answer = 0; answer < 70; answer++) {
            customer.after(csat("r" + answer, day(10 * answer), 5));
        }

        assertThat(customer.apply(csat("r1", day(700), 1))).isInstanceOf(Verdict.Refused.class);
        assertThat(customer.decisions().facts("csat-answers|all")).hasSize(70);
    }

    @Test
    void shouldCountNothingTwiceOfAnInvitationWhoseAnswerWasLetGo() {
        customer.after(invitation("i1", day(390)), answering("i1", csat("r1", day(1), 5)), click("k1", day(500)));
        assertThat(customer.state().getAnswers()).hasSize(1);
        customer.after(csat("r2", day(500), 5), click("k2", day(560)));
        assertThat(customer.state().getAnswers()).hasSize(1);

        customer.after(answering("i1", csat("r3", day(560), 5)));

        assertThat(customer.decisions().facts("invitations-answered|all"))
                .isEqualTo(Map.of("invitations-answered|all=|" + day(390), 1L));
    }

    @Test
    void shouldLeaveAllThatHappenedCountedWhenACustomerIsForgottenAndTakeOutWhatIsThere() {
        customer.after(
                click("k1", day(0)),
                paid("o1", day(1), line("radio", 1)),
                csat("r1", day(2), 5),
                consent(AdConsent.GRANTED, day(2)),
                ticket("t1", TicketStatus.OPENED, day(3)),
                ticket("t2", TicketStatus.OPENED, day(3)),
                ticket("t2", TicketStatus.CLOSED, day(4)));
        var expected = customer.decisions().facts();
        assertThat(expected)
                .containsKeys("contactable|all=|" + day(2), "tickets-open|all=|" + day(3))
                .containsEntry("audience-members|platform=meta|some time", 2L);

        customer.after(erasure(day(5)));

        for (var gone :
                List.of("profiles|all=", "contactable|all=", "tickets-open|all=", "tickets-open|channel=chat")) {
            expected.put(gone + "|" + day(5), -1L);
        }
        expected.keySet().removeIf(fact -> fact.startsWith("clv-")); // no month has ended by then
        expected.keySet().removeIf(fact -> fact.startsWith("audience-members"));
        assertThat(customer.decisions().facts()).isEqualTo(expected);
    }

    @Test
    void shouldCountMembershipsOfATimeWhenTheyWereNotCounted() {
        customer.after(consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("radio", 1), line("mug", 1)));
        assertThat(customer.decisions().facts("audience-members")).hasSize(4).containsEntry(GOOGLE_MEMBERS, 2L);

        customer.state().setAudiencesCounted(0);
        customer.after(paid("o2", day(2), line("lamp", 1)));
        assertThat(customer.decisions().facts("audience-members")).hasSize(4).containsEntry(GOOGLE_MEMBERS, 2L + 3L);

        customer.state().setAudiencesCounted(0);
        customer.after(erasure(day(3)));
        assertThat(customer.decisions().facts("audience-members")).containsEntry(GOOGLE_MEMBERS, 2L + 3L + 3L - 3L);
    }

    @Test
    void shouldCountACustomerAtOneChurnLevelAtMost() {
        customer.after(paid("o1", day(0), line("radio", 1)));
        assertThat(customer.decisions().facts("churn-level")).isEmpty();

        customer.at(day(400));
        assertThat(customer.profile().getChurnLevel()).isEqualTo("LOST");
        assertThat(customer.decisions().facts("churn-level")).isEqualTo(Map.of("churn-level|level=LOST|some time", 1L));

        customer.after(erasure(day(401)));
        assertThat(customer.decisions().facts("churn-level")).isEmpty();
    }

    @Test
    void shouldCountOneProfileOfACustomerWhoIsForgottenAndComesBack() {
        customer.after(click("k1", day(0)), erasure(day(5)), erasure(day(6)), click("k2", day(7)));

        assertThat(customer.decisions().facts("profiles"))
                .isEqualTo(Map.of(
                        "profiles|all=|" + day(0), 1L, "profiles|all=|" + day(5), -1L, "profiles|all=|" + day(7), 1L));
    }

    @Test
    void shouldKeepCountedWhatIsLetGoForItsAge() {
        customer.after(
                click("k1", day(0)),
                inCountry("DE", paid("o1", day(1), line("radio", 1))),
                csat("r1", day(2), 5),
                ticket("t1", TicketStatus.OPENED, day(3)),
                ticket("t1", TicketStatus.CLOSED, day(4)));
        var before = customer.decisions().facts();

        customer.after(click("k2", day(590)));
        assertThat(customer.state().getOrders()).isEmpty();
        customer.after(inCountry("FR", paid("o2", day(600), line("radio", 1))));

        var after = customer.decisions().facts();
        before.forEach((fact, amount) -> assertThat(after).containsEntry(fact, amount));
        assertThat(after)
                .doesNotContainKeys("new-customers|all=|" + day(600), "ltv-customers/EUR|all=|" + day(600))
                .containsEntry("ltv-net/EUR|country=DE|" + day(600), 1_000L);
        assertThat(customer.decisions().facts("cohort-net"))
                .allSatisfy((fact, amount) -> assertThat(fact).contains("cohort=2024-01"));
    }

    @Test
    void shouldCountACustomerOnceWhoseFirstOrderWasFree() {
        customer.after(
                paid("o1", day(0), line("sample", "audio", 1, 0)),
                click("k1", day(590)),
                paid("o2", day(600), line("radio", 1)));
        assertThat(customer.state().getOrders()).hasSize(1);

        assertThat(customer.decisions().facts("ltv-customers/EUR|all"))
                .isEqualTo(Map.of("ltv-customers/EUR|all=|" + day(0), 1L));
    }

    /** The month of a late order may begin before what the history promises to keep. */
    @Test
    void shouldCountAMonthRightHoweverLateItsOrdersCome() {
        customer.after(paid("o1", day(1), line("radio", 1)), click("k1", day(400)), click("k2", day(412)));

        customer.after(paid("o2", day(13), line("radio", 1)));

        assertThat(customer.decisions().facts("buyers@MONTH|all")).hasSize(1).containsValue(1L);
        assertThat(customer.decisions().facts("repeat-buyers@MONTH|all")).hasSize(1);
    }

    @Test
    void shouldTellOnlyWhatTheCatalogueOfMeasuresKnows() throws IllegalAccessException {
        var known = new HashMap<String, Measure>();
        for (var field : Measures.class.getFields()) {
            if (field.get(null) instanceof Measure measure) {
                known.put(measure.id() + (measure.kind() == Measure.Kind.PER_PERIOD ? "@" : ""), measure);
            }
        }
        for (long seed = 0; seed < 200; seed++) {
            var other = new FoldedCustomer(Policies.countingAt(OrderStatus.PAID));
            new RandomHistory(seed).orderly().forEach(other::apply);
            for (var fact : other.decisions().facts().keySet()) {
                var measure = fact.substring(0, fact.indexOf('|'));
                var id = measure.replaceAll("[/#@].*", "") + (measure.contains("@") ? "@" : "");
                var dimension = fact.substring(fact.indexOf('|') + 1, fact.indexOf('='));
                assertThat(known).as(fact).containsKey(id);
                assertThat(known.get(id).dimensions()).as(fact).contains(dimension);
            }
        }
    }

    @Test
    void shouldTellADayWithAClickOnce() {
        customer.after(
                click("k2", day(1) + HOUR), click("k3", day(1) + 2 * HOUR), inCampaign("k9", click("k1", day(1))));

        assertThat(customer.decisions().facts("click-days|all")).isEqualTo(Map.of("click-days|all=|" + day(1), 1L));
        assertThat(customer.decisions().facts("click-days|campaign"))
                .containsOnlyKeys("click-days|campaign=k9|" + day(1), "click-days|campaign=k1|" + (day(1) + HOUR));

        customer.after(paid("o1", day(31) + HOUR / 2, line("radio", 1)));
        assertThat(customer.decisions().facts("converted-click-days").keySet())
                .containsExactly("converted-click-days|campaign=k1|" + (day(1) + HOUR));
    }

    private static CustomerEvent inCampaign(String campaign, CustomerEvent event) {
        ((AdClick) event.body()).setCampaignId(campaign);
        return event;
    }
}
