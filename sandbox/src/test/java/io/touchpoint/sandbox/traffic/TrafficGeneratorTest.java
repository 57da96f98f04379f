package io.touchpoint.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.sandbox.data.Invoice;
import io.touchpoint.sandbox.data.RetailHistory;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {

    private static RetailHistory retail;
    private static List<TouchpointEvent> events;

    @BeforeAll
    static void generate() {
        retail = RetailHistory.read();
        events = new TrafficGenerator(7, retail).events(TimeShift.NONE).toList();
    }

    @Test
    void shouldMakeTheSameEventsForTheSameSeed() {
        assertThat(new TrafficGenerator(7, retail).events(TimeShift.NONE)).containsExactlyElementsOf(events);
        assertThat(new TrafficGenerator(8, retail).events(TimeShift.NONE)).isNotEqualTo(events);
    }

    @Test
    void shouldMakeTheSameEventsAtAnotherTime() {
        var moved = new TrafficGenerator(7, retail).events(new TimeShift(5_000)).toList();

        assertThat(moved.stream().map(TouchpointEvent::eventId))
                .containsExactlyElementsOf(
                        events.stream().map(TouchpointEvent::eventId).toList());
    }

    @Test
    void shouldSayOfEveryEventThatItIsInvented() {
        assertThat(events)
                .allMatch(event -> event.value().get(sourceField(event)).equals("generator"));
    }

    @Test
    void shouldComeInOrderWithIdentifiersOfTheirOwnAndEndWithTheYear() {
        assertThat(events).isSorted();
        assertThat(events).allMatch(event -> !event.occurredAt().isAfter(retail.lastAt()));
        Map<Topic<?>, List<String>> identifiers = events.stream()
                .collect(Collectors.groupingBy(
                        TouchpointEvent::topic, Collectors.mapping(TouchpointEvent::eventId, Collectors.toList())));
        assertThat(identifiers.keySet())
                .containsExactlyInAnyOrder(
                        Topics.CUSTOMERS,
                        Topics.AD_CLICKS,
                        Topics.SUPPORT,
                        Topics.SURVEYS,
                        Topics.INVITATIONS,
                        Topics.AD_SPEND,
                        Topics.LEADS);
        assertThat(identifiers.values())
                .allSatisfy(ids -> assertThat(new HashSet<>(ids)).hasSameSizeAs(ids));
    }

    @Test
    void shouldKnowAContactOfEveryCustomerBeforeTheFirstPurchase() {
        Map<String, Instant> created = events.stream()
                .filter(event -> event.value() instanceof CustomerContact)
                .collect(Collectors.toMap(TouchpointEvent::key, TouchpointEvent::occurredAt, (first, later) -> first));

        assertThat(retail.invoices())
                .allSatisfy(
                        invoice -> assertThat(created.get(invoice.customer())).isBefore(invoice.at()));
    }

    @Test
    void shouldReachNobodyByTheAddresses() {
        assertThat(contacts())
                .allSatisfy(
                        contact -> assertThat(contact.getEmails()).allMatch(email -> email.endsWith("@example.com")))
                .anySatisfy(contact -> assertThat(contact.getPhones()).isNotEmpty());
    }

    @Test
    void shouldOpenATicketBeforeAnythingElseHappensToIt() {
        var steps = events.stream()
                .filter(event -> event.value() instanceof SupportEvent)
                .map(event -> (SupportEvent) event.value())
                .collect(Collectors.groupingBy(SupportEvent::getTicketId));

        assertThat(steps.values())
                .hasSizeGreaterThan(1_000)
                .allSatisfy(ticket -> assertThat(ticket.get(0).getStatus()).isEqualTo(TicketStatus.OPENED));
        assertThat(steps.values())
                .anySatisfy(ticket -> assertThat(ticket).extracting("status").contains(TicketStatus.REOPENED));
    }

    @Test
    void shouldBelongToTheCustomersOfTheYear() {
        var customers = retail.invoices().stream().map(Invoice::customer).collect(Collectors.toSet());

        assertThat(events)
                .filteredOn(event -> event.value().getSchema().getField("customer_id") != null
                        && !event.topic().equals(Topics.LEADS))
                .hasSizeGreaterThan(50_000)
                .allMatch(event -> customers.contains(event.key()));
    }

    @Test
    void shouldSpendOnADayWhatItsClicksCostUnlessItIsRestated() {
        var clicks = events.stream()
                .filter(event -> event.value() instanceof AdClick)
                .map(event -> (AdClick) event.value())
                .collect(Collectors.groupingBy(
                        click -> click.getPlatform() + "/" + click.getCampaignId() + "/"
                                + click.getOccurredAt().toString().substring(0, 10),
                        Collectors.summingLong(AdClick::getCostMinor)));
        var spend = events.stream()
                .filter(event -> event.value() instanceof AdSpend)
                .collect(Collectors.groupingBy(TouchpointEvent::key));

        assertThat(spend)
                .hasSizeGreaterThan(1_000)
                .anySatisfy((key, figures) -> assertThat(figures).hasSize(2));
        assertThat(spend)
                .allSatisfy(
                        (key, figures) -> assertThat(((AdSpend) figures.get(0).value()).getSpendMinor())
                                .isEqualTo(clicks.get(key)));
    }

    private static List<CustomerContact> contacts() {
        return events.stream()
                .filter(event -> event.value() instanceof CustomerContact)
                .map(event -> (CustomerContact) event.value())
                .toList();
    }

    private static int sourceField(TouchpointEvent event) {
        return event.value().getSchema().getField("source").pos();
    }
}
