package io.touchpoint.sandbox.oracle;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What campaigns cost by day, restated for days, and the leads they brought. */
final class SpendLines {
    private final CatalogueHistory history;
    private final int days;

    SpendLines(CatalogueHistory history, int days) {
        this.history = history;
        this.days = days;
    }

    void add(int leads) {
        for (int day = 0; day < days; day++) {
            for (var campaign : List.of("meta/k1", "meta/k2", "google/k3", "google/k4", "tiktok/k5")) {
                if (history.happens(0.6)) {
                    spend(day, campaign.split("/")[0], campaign.split("/")[1]);
                }
            }
        }
        for (int i = 0; i < leads; i++) {
            lead();
        }
    }

    private void spend(int day, String platform, String campaign) {
        var date = LocalDate.ofInstant(CatalogueHistory.START, ZoneOffset.UTC).plusDays(day);
        var currency = platform.equals("tiktok") ? "USD" : "EUR";
        var at = date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        do {
            at = history.after(at, Duration.ofDays(2));
            history.add(
                    "ad-spend",
                    history.head(at)
                            .put("platform", platform)
                            .put("campaign_id", campaign)
                            .put("day", date.toString())
                            .put("spend_minor", history.happens(0.05) ? 0 : history.between(100, 9_000))
                            .put("currency", history.happens(0.02) ? "GBP" : currency)
                            .put("impressions", 1_000)
                            .put("clicks", 10));
        } while (history.happens(0.3));
    }

    private void lead() {
        var lead = history.id("lead");
        var at = history.within(days);
        var from = history.anyOf("meta/k1", "google/k3", "tiktok/k5", "");
        var channel = history.anyOf("form", "fair");
        if (history.happens(0.95)) {
            step(lead, at, "CREATED", from, channel);
        }
        if (history.happens(0.6)) {
            step(lead, history.after(at, Duration.ofDays(5)), "QUALIFIED", from, channel);
        }
        if (history.happens(0.8)) {
            var end = history.after(at, Duration.ofDays(30));
            step(lead, end, history.anyOf("WON", "WON", "LOST", "INVALID"), from, channel);
            if (history.happens(0.1)) {
                step(lead, history.after(end, Duration.ofDays(9)), history.anyOf("WON", "INVALID"), from, channel);
            }
        }
    }

    private void step(String lead, java.time.Instant at, String status, String from, String channel) {
        var step = history.head(at).put("lead_id", lead).put("status", status).put("channel", channel);
        if (!from.isEmpty()) {
            step.put("platform", from.split("/")[0]).put("campaign_id", from.split("/")[1]);
        }
        history.add("leads", step);
    }
}
