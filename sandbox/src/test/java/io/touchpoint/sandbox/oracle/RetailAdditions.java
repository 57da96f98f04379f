package io.touchpoint.sandbox.oracle;

import io.touchpoint.sandbox.data.RetailHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What neither the retail year nor its generated traffic has: spend with restatements, leads, and answers that are edited or withdrawn. */
final class RetailAdditions {
    private static final LocalDate FIRST = LocalDate.parse("2009-12-01");
    private static final int DAYS = 373;

    private RetailAdditions() {}

    static CatalogueHistory of(RetailHistory retail, long seed) {
        var history = new CatalogueHistory("added", seed);
        for (int day = 0; day < DAYS; day++) {
            var date = FIRST.plusDays(day);
            for (var platform : new String[] {"meta", "google", "tiktok"}) {
                var at = date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
                do {
                    at = history.after(at, Duration.ofDays(2));
                    history.add(
                            "ad-spend",
                            history.head(at)
                                    .put("platform", platform)
                                    .put("campaign_id", platform + "-" + history.between(1, 2))
                                    .put("day", date.toString())
                                    .put("spend_minor", history.between(100, 90_000))
                                    .put("currency", "GBP")
                                    .put("impressions", 1_000)
                                    .put("clicks", 10));
                } while (history.happens(0.3));
            }
        }
        for (var invoice : retail.invoices()) {
            if (history.happens(0.05)) {
                // Not at the very instant: a step over it that is told and taken back leaves empty windows behind.
                answers(history, invoice.customer(), invoice.at().plusSeconds(1));
            }
            if (history.happens(0.05)) {
                var lead = history.id("lead");
                var status = history.anyOf("WON", "LOST", "INVALID");
                lead(history, lead, invoice.at(), "CREATED");
                lead(history, lead, history.after(invoice.at(), Duration.ofDays(20)), status);
            }
        }
        return history;
    }

    private static void answers(CatalogueHistory history, String customer, Instant from) {
        var answer = history.event(customer, from)
                .put("response_id", history.id("response"))
                .put("kind", "NPS")
                .put("scale_min", 0)
                .put("scale_max", 10)
                .put("higher_is_better", true)
                .put("touchpoint", "parcel")
                .put("channel", "paper");
        for (var at = from; ; at = history.after(at, Duration.ofDays(10))) {
            history.add(
                    "surveys",
                    answer.deepCopy()
                            .put("event_id", history.id("event"))
                            .put("occurred_at", at.toString())
                            .put("score", history.between(0, 10))
                            .put("withdrawn", !at.equals(from) && history.happens(0.3)));
            if (history.happens(0.6)) {
                return;
            }
        }
    }

    private static void lead(CatalogueHistory history, String lead, Instant at, String status) {
        history.add(
                "leads",
                history.head(at)
                        .put("lead_id", lead)
                        .put("status", status)
                        .put("platform", "meta")
                        .put("campaign_id", "meta-1")
                        .put("channel", "form"));
    }
}
