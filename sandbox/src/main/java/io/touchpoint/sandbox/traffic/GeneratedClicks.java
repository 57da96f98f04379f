package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.AdClick;
import io.touchpoint.sandbox.data.Invoice;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Clicks on the way to the real purchases, and clicks of those who are shown what they have just bought. */
final class GeneratedClicks {

    private static final Duration WAY = Duration.ofDays(21);
    private static final Duration CHASE = Duration.ofDays(14);

    private final Dice dice;
    private int clicks;

    GeneratedClicks(long seed) {
        this.dice = new Dice(seed);
    }

    /** About two clicks for each purchase. */
    Stream<TouchpointEvent> of(List<Invoice> invoices, TimeShift shift) {
        return invoices.stream()
                .filter(invoice -> !invoice.takesBack())
                .flatMap(invoice -> clicks(invoice, shift.apply(invoice.at())))
                .map(TouchpointEvent::of);
    }

    private Stream<AdClick> clicks(Invoice bought, Instant at) {
        var before = IntStream.range(0, dice.weighted(20, 35, 25, 15, 5))
                .mapToObj(i ->
                        click(bought, dice.after(at.minus(WAY), Duration.ZERO, WAY), dice.anyOf(Campaign.PROSPECTING)));
        var after = IntStream.range(0, dice.weighted(60, 30, 10))
                .mapToObj(i ->
                        click(bought, dice.after(at, Duration.ofMinutes(30), CHASE), dice.anyOf(Campaign.RETARGETING)));
        return Stream.concat(before, after);
    }

    private AdClick click(Invoice bought, Instant at, Campaign campaign) {
        var id = "click-" + ++clicks;
        return GeneratedRecords.click(
                id,
                bought.customer(),
                at,
                campaign,
                dice.anyOf(bought.lines()),
                dice.between(8, 120),
                bought.country());
    }
}
