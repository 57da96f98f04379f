package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.Consent;
import io.touchpoint.records.state.Contact;
import io.touchpoint.records.state.CustomerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Clicks, contact records and whatever else has no life of its own: kept once each, by their identity. */
final class Touches {

    private static final int RING = 64;
    private static final int MAX_CONSENTS = 32;

    private static final Comparator<Consent> BY_TIME =
            Comparator.comparingLong(Consent::getAt).thenComparing(Consent::getEventId);

    private Touches() {}

    static Verdict click(CustomerState state, CustomerEvent event, AdClick click) {
        var known = find(state, click.getClickId());
        if (known != null) {
            if (event.occurredAt() < known.getAt()
                    || event.occurredAt() == known.getAt() && event.eventId().compareTo(known.getEventId()) < 0) {
                replace(known, event, click);
            }
            return Verdict.DUPLICATE;
        }
        if (event.occurredAt() <= state.getClicksFloor()) {
            return Verdict.tooLate("clicks of that time are no longer kept");
        }
        state.getClicks().add(kept(event, click));
        return Verdict.FOLDED;
    }

    /** Lets go the oldest eighth, so that a customer who clicks all day is not sorted at every click. */
    static void letGoOldestClicks(CustomerState state) {
        var clicks = state.getClicks();
        clicks.sort(Comparator.comparingLong(Click::getAt).thenComparing(Click::getClickId));
        int gone = clicks.size() / 8 + 1;
        state.setClicksFloor(
                Math.max(state.getClicksFloor(), clicks.get(gone - 1).getAt()));
        state.getPast().setClicks(state.getPast().getClicks() + gone);
        state.setClicks(new ArrayList<>(clicks.subList(gone, clicks.size())));
    }

    /** {@return the click as it is kept} */
    static Click kept(CustomerEvent event, AdClick click) {
        var kept = new Click();
        replace(kept, event, click);
        return kept;
    }

    /** {@return the click with this id, null when there is none} */
    static Click find(CustomerState state, String clickId) {
        for (var kept : state.getClicks()) {
            if (kept.getClickId().equals(clickId)) {
                return kept;
            }
        }
        return null;
    }

    private static void replace(Click kept, CustomerEvent event, AdClick click) {
        kept.setPage(0);
        kept.setClickId(click.getClickId());
        kept.setEventId(event.eventId());
        kept.setAt(event.occurredAt());
        kept.setPlatform(click.getPlatform());
        kept.setCampaignId(click.getCampaignId());
        kept.setSku(click.getSku());
        kept.setCategory(click.getCategory());
        kept.setCost(click.getCostMinor());
        kept.setCurrency(click.getCurrency());
        kept.setCountry(click.getCountry());
        kept.setRetargeting(click.getRetargeting());
    }

    /** An event that is only counted: known again by its event_id, among the newest. */
    static Verdict once(CustomerState state, String kind, CustomerEvent event) {
        long id = Hash64.mix(Hash64.of(kind), Hash64.of(event.eventId()));
        var ring = state.getRecentIds();
        if (ring.contains(id)) {
            return Verdict.DUPLICATE;
        }
        ring.add(id);
        if (ring.size() > RING) {
            ring.remove(0);
        }
        return Verdict.FOLDED;
    }

    /**
     * @param emails the e-mail addresses of the contact record, as they are kept
     * @param phones the telephone numbers of the contact record, as they are kept
     */
    static Verdict contact(
            CustomerState state,
            CustomerEvent event,
            CustomerContact contact,
            List<String> emails,
            List<String> phones) {
        var verdict = once(state, "contact", event);
        boolean earlier = verdict == Verdict.DUPLICATE && isEarlier(state, event);
        if (earlier) {
            forget(state, event.eventId());
        }
        if (verdict == Verdict.FOLDED || earlier) {
            Reach.note(state, event, contact);
            if (contact.getAdConsent() != AdConsent.UNKNOWN) {
                consent(state, event, contact.getAdConsent() == AdConsent.DENIED);
            }
            if (newer(state.getContact(), event)) {
                Map<String, String> platforms = new HashMap<>();
                contact.getPlatformConsent()
                        .forEach((platform, consent) ->
                                platforms.merge(platform.toLowerCase(Locale.ROOT), consent.name(), Touches::stricter));
                state.setContact(new Contact(
                        event.occurredAt(), event.eventId(), emails, phones, contact.getCountry(), platforms, true));
            }
        }
        return verdict;
    }

    /** {@return the word that counts of two for one platform, spelled differently: a denial, else that there is none} */
    private static String stricter(String one, String other) {
        return Stream.of(AdConsent.DENIED, AdConsent.UNKNOWN)
                .map(AdConsent::name)
                .filter(word -> word.equals(one) || word.equals(other))
                .findFirst()
                .orElse(one);
    }

    /** {@return whether an event is known by a later time than its own: of two with one id the earlier counts} */
    private static boolean isEarlier(CustomerState state, CustomerEvent event) {
        var contact = state.getContact();
        return contact != null && contact.getEventId().equals(event.eventId()) && event.occurredAt() < contact.getAt()
                || state.getConsents().stream()
                        .anyMatch(consent ->
                                consent.getEventId().equals(event.eventId()) && event.occurredAt() < consent.getAt());
    }

    /** Of contact data only the newest is kept: what was older than that of this event is not known any more. */
    private static void forget(CustomerState state, String eventId) {
        state.setConsents(new ArrayList<>(state.getConsents().stream()
                .filter(consent -> !consent.getEventId().equals(eventId))
                .toList()));
        if (state.getContact() != null && state.getContact().getEventId().equals(eventId)) {
            state.setContact(null);
        }
        state.setReach(new ArrayList<>(state.getReach().stream()
                .filter(mark -> !mark.getEventId().equals(eventId))
                .toList()));
    }

    /** Contact data and consent are taken back: nothing is kept to address the customer by, and advertising stops. */
    static Verdict withdrawContact(CustomerState state, CustomerEvent event) {
        var verdict = once(state, "contact", event);
        if (verdict == Verdict.FOLDED) {
            consent(state, event, true);
            Reach.note(state, event, null);
            if (newer(state.getContact(), event)) {
                state.setContact(new Contact(
                        event.occurredAt(),
                        event.eventId(),
                        new ArrayList<>(0),
                        new ArrayList<>(0),
                        "",
                        new HashMap<>(),
                        true));
            }
        }
        return verdict;
    }

    private static boolean newer(Contact kept, CustomerEvent event) {
        return kept == null
                || event.occurredAt() > kept.getAt()
                || event.occurredAt() == kept.getAt() && event.eventId().compareTo(kept.getEventId()) > 0;
    }

    private static void consent(CustomerState state, CustomerEvent event, boolean denied) {
        var consents = state.getConsents();
        consents.add(new Consent(event.occurredAt(), event.eventId(), denied));
        if (consents.size() > MAX_CONSENTS) {
            consents.sort(BY_TIME);
            consents.remove(0);
        }
    }

    /** {@return GRANTED, DENIED or UNKNOWN by the newest clear word} */
    static AdConsent consent(CustomerState state) {
        Consent newest = null;
        for (var consent : state.getConsents()) {
            newest = newest == null || BY_TIME.compare(consent, newest) > 0 ? consent : newest;
        }
        return newest == null ? AdConsent.UNKNOWN : newest.getDenied() ? AdConsent.DENIED : AdConsent.GRANTED;
    }
}
