package io.touchpoint.domain.marketing;

import static io.touchpoint.domain.kpi.Dimensions.CAMPAIGN;
import static io.touchpoint.domain.kpi.Dimensions.PLATFORM;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.state.SpendState;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a campaign cost on a day. Platforms restate it for days: of all figures the one with the greatest (occurred_at,
 * event_id) counts, whichever came first, and a figure that counts no more is taken back.
 */
public final class SpendFold {
    private SpendFold() {}

    /**
     * @param known what counted so far, null for nothing
     * @param facts take what differs
     * @return what counts now; the same object when nothing differs
     */
    public static SpendState apply(SpendState known, AdSpend spend, Facts facts) {
        if (known != null && !isNewer(spend, known)) {
            return known;
        }
        SpendState next = new SpendState(
                spend.getEventId(), spend.getOccurredAt().toEpochMilli(), spend.getSpendMinor(), spend.getCurrency());
        if (known == null || !known.getCurrency().equals(next.getCurrency())) {
            if (known != null) {
                add(spend, known.getCurrency(), -known.getSpendMinor(), facts);
            }
            add(spend, next.getCurrency(), next.getSpendMinor(), facts);
        } else {
            add(spend, next.getCurrency(), next.getSpendMinor() - known.getSpendMinor(), facts);
        }
        return next;
    }

    /** Whether this very event is what counts. */
    public static boolean repeats(SpendState known, AdSpend spend) {
        return known != null
                && known.getEventId().equals(spend.getEventId())
                && known.getOccurredAt() == spend.getOccurredAt().toEpochMilli();
    }

    /**
     * When the spend of a day counts, epoch milliseconds.
     *
     * @param day ISO date
     */
    public static long countsAt(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static boolean isNewer(AdSpend spend, SpendState known) {
        long at = spend.getOccurredAt().toEpochMilli();
        return at > known.getOccurredAt()
                || at == known.getOccurredAt() && spend.getEventId().compareTo(known.getEventId()) > 0;
    }

    private static void add(AdSpend spend, String currency, long amount, Facts facts) {
        String measure = Measures.SPEND.in(currency);
        long at = countsAt(spend.getDay());
        facts.add(measure, Facts.ALL, "", at, amount);
        facts.add(measure, PLATFORM, spend.getPlatform(), at, amount);
        facts.add(measure, CAMPAIGN, spend.getCampaignId(), at, amount);
    }
}
