package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.sandbox.data.Invoice;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Addresses and consent of the retail customers. E-mail addresses lie in example.com, telephone numbers in the ranges
 * that Ofcom keeps for drama: nobody can be reached by them.
 */
final class GeneratedContacts {

    private static final List<String> DRAMA_RANGES = List.of(
            "+44 7700 900",
            "+44 20 7946 0",
            "+44 113 496 0",
            "+44 114 496 0",
            "+44 115 496 0",
            "+44 116 496 0",
            "+44 117 496 0",
            "+44 118 496 0");
    private static final int RANGE_SIZE = 1_000;
    private static final AdConsent[] CONSENTS = {AdConsent.GRANTED, AdConsent.DENIED, AdConsent.UNKNOWN};

    private final Dice dice;
    private int phones;

    GeneratedContacts(long seed) {
        this.dice = new Dice(seed);
    }

    /** An account before each customer's first purchase, and for a few a change of mind later. */
    Stream<TouchpointEvent> of(List<Invoice> invoices, TimeShift shift) {
        Map<String, Invoice> first = new LinkedHashMap<>();
        invoices.forEach(invoice -> first.putIfAbsent(invoice.customer(), invoice));
        return first.values().stream()
                .flatMap(invoice -> contacts(invoice, shift.apply(invoice.at())))
                .map(TouchpointEvent::of);
    }

    private Stream<CustomerContact> contacts(Invoice first, Instant at) {
        var account = account(first, at.minusSeconds(60L * dice.between(5, 60)));
        if (!dice.happens(0.06)) {
            return Stream.of(account);
        }
        var changed = dice.after(at, Duration.ofDays(7), Duration.ofDays(200));
        return Stream.of(account, otherMind(account, changed));
    }

    private CustomerContact account(Invoice first, Instant at) {
        var contact = new CustomerContact();
        contact.setEventId("contact-" + first.customer() + "-1");
        contact.setCustomerId(first.customer());
        contact.setOccurredAt(at);
        contact.setSource(GeneratedRecords.SOURCE);
        contact.setEmails(dice.happens(0.9) ? List.of(first.customer() + "@example.com") : List.of());
        contact.setPhones("GB".equals(first.country()) && dice.happens(0.5) ? List.of(phone()) : List.of());
        contact.setCountry(first.country() == null ? "GB" : first.country());
        contact.setAdConsent(CONSENTS[dice.weighted(80, 8, 12)]);
        contact.setPlatformConsent(dice.happens(0.05) ? Map.of("meta", AdConsent.DENIED) : Map.of());
        contact.setCreatedAt(at);
        return contact;
    }

    private static CustomerContact otherMind(CustomerContact account, Instant at) {
        var contact = CustomerContact.newBuilder(account).build();
        contact.setEventId("contact-" + account.getCustomerId() + "-2");
        contact.setOccurredAt(at);
        contact.setAdConsent(account.getAdConsent() == AdConsent.GRANTED ? AdConsent.DENIED : AdConsent.GRANTED);
        return contact;
    }

    private String phone() {
        var number = phones++;
        return DRAMA_RANGES.get(number / RANGE_SIZE % DRAMA_RANGES.size()) + "%03d".formatted(number % RANGE_SIZE);
    }
}
