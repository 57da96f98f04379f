package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.LeadStatus;
import io.touchpoint.sandbox.data.RetailHistory;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the campaigns cost by day, now and then restated, and the leads that they brought. */
final class GeneratedMarketing {

    private static final Duration REPORT = Duration.ofHours(3);
    private static final Duration RESTATEMENT = Duration.ofDays(2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final double RESTATED = 0.2;

    private final Dice dice;
    private int leads;

    private record CampaignDay(String platform, String campaign, LocalDate day) {}

    GeneratedMarketing(long seed) {
        this.dice = new Dice(seed);
    }

    /**
     * The spend on the clicks, and about one lead a day and campaign.
     *
     * @param clicks at the times of the original year
     */
    Stream<TouchpointEvent> of(Collection<AdClick> clicks, TimeShift shift) {
        var spent = new TreeMap<String, CampaignDay>();
        var costs = new TreeMap<String, List<Long>>();
        for (var click : clicks) {
            var day = click.getOccurredAt().atOffset(ZoneOffset.UTC).toLocalDate();
            var id = "spend-" + click.getCampaignId() + "-" + day;
            spent.putIfAbsent(id, new CampaignDay(click.getPlatform(), click.getCampaignId(), day));
            costs.merge(
                    id, List.of(1L, click.getCostMinor()), (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
        }
        return spent.entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        spend(entry.getKey(), entry.getValue(), costs.get(entry.getKey()), shift),
                        leads(entry.getValue(), shift)));
    }

    private Stream<TouchpointEvent> spend(String id, CampaignDay of, List<Long> sums, TimeShift shift) {
        var noon = shift.apply(of.day.atTime(12, 0).toInstant(ZoneOffset.UTC));
        var day = noon.atOffset(ZoneOffset.UTC).toLocalDate();
        var end = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        var first = spend(id, of, day, end.plus(REPORT), sums.get(1), sums.get(0));
        if (!dice.happens(RESTATED)) {
            return Stream.of(first);
        }
        long restated = sums.get(1) * dice.between(90, 105) / 100;
        return Stream.of(first, spend(id + "-restated", of, day, end.plus(RESTATEMENT), restated, sums.get(0)));
    }

    private TouchpointEvent spend(String id, CampaignDay of, LocalDate day, Instant at, long minor, long clicks) {
        var impressions = clicks * dice.between(40, 160);
        return TouchpointEvent.of(new AdSpend(
                id,
                at,
                GeneratedRecords.SOURCE,
                of.platform,
                of.campaign,
                day.toString(),
                minor,
                RetailHistory.CURRENCY,
                impressions,
                clicks));
    }

    private Stream<TouchpointEvent> leads(CampaignDay of, TimeShift shift) {
        var from = shift.apply(of.day.atStartOfDay().toInstant(ZoneOffset.UTC));
        return IntStream.range(0, dice.weighted(40, 40, 20)).boxed().flatMap(i -> {
            var lead = "lead-" + ++leads;
            var created = dice.after(from, Duration.ZERO, DAY);
            var judged = dice.after(created, DAY, Duration.ofDays(5));
            var ended = dice.after(judged, DAY, Duration.ofDays(20));
            var end = List.of(LeadStatus.WON, LeadStatus.LOST).get(dice.weighted(30, 70));
            return dice.happens(0.1)
                    ? Stream.of(lead(lead, LeadStatus.CREATED, created, of), lead(lead, LeadStatus.INVALID, judged, of))
                    : Stream.of(
                            lead(lead, LeadStatus.CREATED, created, of),
                            lead(lead, LeadStatus.QUALIFIED, judged, of),
                            lead(lead, end, ended, of));
        });
    }

    private static TouchpointEvent lead(String lead, LeadStatus status, Instant at, CampaignDay of) {
        return TouchpointEvent.of(new LeadEvent(
                lead + "-" + status, lead, null, at, GeneratedRecords.SOURCE, status, of.platform, of.campaign, "web"));
    }
}
