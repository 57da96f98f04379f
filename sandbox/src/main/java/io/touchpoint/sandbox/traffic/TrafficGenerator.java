package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.AdClick;
import io.touchpoint.sandbox.data.EventSource;
import io.touchpoint.sandbox.data.RetailHistory;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What the real retail year has no source for: contacts and consent, ad clicks and what they cost, leads, support tickets, invitations and
 * answers of its customers. All of it is invented around the real purchases, the same for the same seed, and marked with the
 * source "generator". Nothing happens after the last real purchase.
 */
public final class TrafficGenerator implements EventSource {

    private final long seed;
    private final RetailHistory retail;

    /**
     * @param seed the same seed makes the same events
     * @param retail the purchases to invent around
     */
    public TrafficGenerator(long seed, RetailHistory retail) {
        this.seed = seed;
        this.retail = retail;
    }

    @Override
    public Stream<TouchpointEvent> events(TimeShift shift) {
        var end = shift.apply(lastAt());
        var invoices = retail.invoices();
        // A seed for each kind, so that a change to one leaves the others as they were.
        var clicks = new GeneratedClicks(seed + 1_000)
                .of(invoices, TimeShift.NONE)
                .map(event -> (AdClick) event.value())
                .toList();
        return Stream.of(
                        new GeneratedContacts(seed).of(invoices, shift),
                        new GeneratedClicks(seed + 1_000).of(invoices, shift),
                        new GeneratedTickets(seed + 2_000).of(invoices, shift),
                        new GeneratedSurveys("post-purchase", seed + 3_000).of(invoices, shift),
                        new GeneratedMarketing(seed + 4_000).of(clicks, shift))
                .flatMap(events -> events)
                .filter(event -> !event.occurredAt().isAfter(end))
                .sorted();
    }

    @Override
    public Instant lastAt() {
        return retail.lastAt();
    }
}
