package io.touchpoint.domain.marketing;

import static io.touchpoint.domain.kpi.Dimensions.CAMPAIGN;
import static io.touchpoint.domain.kpi.Dimensions.CHANNEL;
import static io.touchpoint.domain.kpi.Dimensions.NO_VALUE;
import static io.touchpoint.domain.kpi.Dimensions.PLATFORM;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.LeadStatus;
import io.touchpoint.records.state.LeadState;

/**
 * The life of a lead. It counts at its creation, whatever came first: the least (occurred_at, event_id) among its CREATED or, while none
 * has come, among all its events. Its status is that of the greatest (occurred_at, status, event_id); INVALID takes the lead back.
 */
public final class LeadFold {
    private LeadFold() {}

    /**
     * @param known what counted so far, null for nothing
     * @param facts take what differs
     * @return what counts now; the same object when nothing differs
     */
    public static LeadState apply(LeadState known, LeadEvent lead, Facts facts) {
        LeadState next =
                known == null ? first(lead) : LeadState.newBuilder(known).build();
        if (known != null) {
            boolean origin = isOrigin(lead, known);
            boolean latest = isLatest(lead, known);
            if (!origin && !latest) {
                return known;
            }
            if (origin) {
                setOrigin(next, lead);
            }
            if (latest) {
                setLatest(next, lead);
            }
            add(known, -1, facts);
        }
        add(next, 1, facts);
        return next;
    }

    /** Whether this very event is among those that count. */
    public static boolean repeats(LeadState known, LeadEvent lead) {
        return known != null
                && (known.getOriginId().equals(lead.getEventId())
                        || known.getLatestId().equals(lead.getEventId()));
    }

    /** When the lead counts, as far as is known with this event, epoch milliseconds. */
    public static long countsAt(LeadState known, LeadEvent lead) {
        return known == null || isOrigin(lead, known) ? lead.getOccurredAt().toEpochMilli() : known.getCreatedAt();
    }

    private static LeadState first(LeadEvent lead) {
        LeadState state = new LeadState();
        setOrigin(state, lead);
        setLatest(state, lead);
        return state;
    }

    private static boolean isOrigin(LeadEvent lead, LeadState known) {
        boolean created = lead.getStatus() == LeadStatus.CREATED;
        if (created != known.getOriginCreated()) {
            return created;
        }
        long at = lead.getOccurredAt().toEpochMilli();
        return at < known.getCreatedAt()
                || at == known.getCreatedAt() && lead.getEventId().compareTo(known.getOriginId()) < 0;
    }

    private static boolean isLatest(LeadEvent lead, LeadState known) {
        long at = lead.getOccurredAt().toEpochMilli();
        if (at != known.getLatestAt()) {
            return at > known.getLatestAt();
        }
        int status = lead.getStatus().compareTo(LeadStatus.valueOf(known.getStatus()));
        return status > 0 || status == 0 && lead.getEventId().compareTo(known.getLatestId()) > 0;
    }

    private static void setOrigin(LeadState state, LeadEvent lead) {
        state.setOriginId(lead.getEventId());
        state.setOriginCreated(lead.getStatus() == LeadStatus.CREATED);
        state.setCreatedAt(lead.getOccurredAt().toEpochMilli());
        state.setPlatform(lead.getPlatform());
        state.setCampaignId(lead.getCampaignId());
        state.setChannel(lead.getChannel());
    }

    private static void setLatest(LeadState state, LeadEvent lead) {
        state.setLatestId(lead.getEventId());
        state.setLatestAt(lead.getOccurredAt().toEpochMilli());
        state.setStatus(lead.getStatus().name());
    }

    private static void add(LeadState state, long sign, Facts facts) {
        LeadStatus status = LeadStatus.valueOf(state.getStatus());
        if (status == LeadStatus.INVALID) {
            return;
        }
        add(Measures.LEADS.id(), state, sign, facts);
        if (status == LeadStatus.WON) {
            add(Measures.LEADS_WON.id(), state, sign, facts);
        }
    }

    private static void add(String measure, LeadState state, long sign, Facts facts) {
        long at = state.getCreatedAt();
        facts.add(measure, Facts.ALL, "", at, sign);
        facts.add(measure, PLATFORM, orNone(state.getPlatform()), at, sign);
        facts.add(measure, CAMPAIGN, orNone(state.getCampaignId()), at, sign);
        facts.add(measure, CHANNEL, state.getChannel(), at, sign);
    }

    private static String orNone(String value) {
        return value == null ? NO_VALUE : value;
    }
}
