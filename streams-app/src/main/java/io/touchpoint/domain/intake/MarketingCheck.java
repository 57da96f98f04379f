package io.touchpoint.domain.intake;

import io.touchpoint.domain.intake.Refusal.Reason;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.LeadEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The rules that spend and leads must keep. Pure: the wall clock is an argument. */
public final class MarketingCheck {
    private final long futureTolerance;

    /**
     * @param futureTolerance how far ahead of the wall clock an event may be
     */
    public MarketingCheck(Duration futureTolerance) {
        this.futureTolerance = futureTolerance.toMillis();
    }

    /**
     * @param key the record's key, null when there was none
     * @param wallClock epoch milliseconds now
     * @return why the record is refused, or null when it may be applied
     */
    public Refusal check(String key, AdSpend spend, long wallClock) {
        String expected = spend.getPlatform() + "/" + spend.getCampaignId() + "/" + spend.getDay();
        Refusal refusal = head(key, expected, "platform/campaign_id/day", spend.getOccurredAt(), wallClock);
        if (refusal != null) {
            return refusal;
        }
        LocalDate day = day(spend.getDay());
        if (day != null && day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() > wallClock + futureTolerance) {
            return new Refusal(Reason.FROM_THE_FUTURE, "day " + day + " (expected: one that has begun)");
        }
        return invalid(EventCheck.first(
                EventCheck.id("event_id", spend.getEventId()),
                EventCheck.id("platform", spend.getPlatform()),
                EventCheck.id("campaign_id", spend.getCampaignId()),
                day == null || day.isBefore(LocalDate.ofInstant(EventCheck.EARLIEST, ZoneOffset.UTC))
                        ? "day is no date, or before " + EventCheck.EARLIEST + " (expected: for example 2010-01-31)"
                        : null,
                EventCheck.currency(spend.getCurrency()),
                amount("spend_minor", spend.getSpendMinor()),
                amount("impressions", spend.getImpressions()),
                amount("clicks", spend.getClicks())));
    }

    /**
     * @param key the record's key, null when there was none
     * @param wallClock epoch milliseconds now
     * @return why the record is refused, or null when it may be applied
     */
    public Refusal check(String key, LeadEvent lead, long wallClock) {
        Refusal refusal = head(key, lead.getLeadId(), "lead_id", lead.getOccurredAt(), wallClock);
        return refusal != null
                ? refusal
                : invalid(EventCheck.first(
                        EventCheck.id("lead_id", lead.getLeadId()),
                        EventCheck.id("event_id", lead.getEventId()),
                        EventCheck.text("customer_id", lead.getCustomerId()),
                        EventCheck.text("platform", lead.getPlatform()),
                        EventCheck.text("campaign_id", lead.getCampaignId()),
                        EventCheck.text("channel", lead.getChannel())));
    }

    private Refusal head(String key, String expected, String what, Instant occurredAt, long wallClock) {
        if (!expected.equals(key)) {
            return new Refusal(
                    Reason.WRONG_KEY,
                    key == null ? "no key (expected: the " + what + ")" : "the key is not the " + what);
        }
        if (occurredAt.toEpochMilli() > wallClock + futureTolerance) {
            return new Refusal(
                    Reason.FROM_THE_FUTURE,
                    "occurred_at " + occurredAt + " (expected: at most " + Duration.ofMillis(futureTolerance)
                            + " ahead of the clock)");
        }
        return occurredAt.isBefore(EventCheck.EARLIEST)
                ? invalid("occurred_at " + occurredAt + " (expected: " + EventCheck.EARLIEST + " or later)")
                : null;
    }

    private static Refusal invalid(String fault) {
        return fault == null ? null : new Refusal(Reason.INVALID, fault);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String amount(String field, long value) {
        return value < 0 || value > EventCheck.MAX_TOTAL
                ? field + " " + value + " (expected: 0 to " + EventCheck.MAX_TOTAL + ")"
                : null;
    }
}
