package io.touchpoint.domain.customer;

import io.touchpoint.domain.audience.ContactNormaliser;
import io.touchpoint.domain.audience.Identities;
import io.touchpoint.domain.audience.MembershipRule;
import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.Contact;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.PublishedSuppression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which suppressions are memberships in audiences of the ad platforms, and what changes about that.
 *
 * <p>After each decision all active suppressions of a customer are members on the same platforms and under the same addresses. So the set of platforms is all that is stored
 * of what was sent, and the hashes follow from the addresses that are kept. A change of these is seen while the old ones are still at hand.
 */
final class Audiences {

    private static final Platform[] PLATFORMS = Platform.values();

    private static final String SUPPRESSED = "SUPPRESSED";
    private static final String LIFTED = "LIFTED";
    private static final String REFRESHED = "REFRESHED";
    private static final String ERASED = "ERASED";
    private static final String CONTACT_CHANGED = "CONTACT_CHANGED";
    private static final String CONSENT_GRANTED = "CONSENT_GRANTED";
    private static final String CONSENT_REVOKED = "CONSENT_REVOKED";
    private static final String PLATFORM_ON = "PLATFORM_ON";
    private static final String PLATFORM_OFF = "PLATFORM_OFF";

    private static final Identities NOBODY = new Identities(List.of(), List.of());

    /**
     * How a customer can be reached through platforms.
     *
     * @param identities as whom
     * @param consented the platforms that are permitted
     * @param members the platforms that are permitted, served, and take any of the addresses
     */
    record Reachable(Identities identities, int consented, int members) {}

    private static final Reachable UNREACHABLE = new Reachable(NOBODY, 0, 0);

    private final ContactNormaliser normaliser;
    private final String policyVersion;
    private final int served;
    /** Milliseconds between two refreshes by platform, 0 where there are none. */
    private final long[] refresh = new long[PLATFORMS.length];

    Audiences(AudienceRules rules, String policyVersion) {
        this.normaliser = new ContactNormaliser(rules.defaultRegion().orElse(null));
        this.policyVersion = policyVersion;
        int bits = 0;
        for (var platform : rules.platforms().keySet()) {
            bits |= platform.bit();
            refresh[platform.ordinal()] =
                    rules.platforms().get(platform).map(Duration::toMillis).orElse(0L);
        }
        this.served = bits;
    }

    /** Applies a contact record, null for the withdrawal of all, while what was sent can still be told. */
    Verdict contact(Customer customer, CustomerEvent event, CustomerContact contact, Decisions out) {
        var state = customer.state();
        var before = reachable(customer);
        var kept = contact == null ? null : normaliser.kept(contact);
        var verdict = contact == null
                ? Touches.withdrawContact(state, event)
                : Touches.contact(state, event, contact, kept.emails(), kept.phones());
        customer.contactChanged(before);
        if (kept != null && verdict == Verdict.FOLDED) {
            for (var platform : PLATFORMS) {
                int dropped = (served & platform.bit()) == 0 ? 0 : kept.dropped(platform);
                if (dropped > 0) {
                    out.dropped(platform, dropped);
                }
            }
        }
        return verdict;
    }

    private Reachable reachable(Customer customer) {
        var known = customer.reachable();
        if (known == null) {
            known = reachable(customer.state());
            customer.derived(known);
        }
        return known;
    }

    private Reachable reachable(CustomerState state) {
        var contact = state.getContact();
        if (contact == null) {
            return UNREACHABLE;
        }
        if (served == 0 && state.getAudiences() == 0) {
            return UNREACHABLE;
        }
        if (!contact.getNormal()) {
            var kept = normaliser.kept(contact.getEmails(), contact.getPhones(), contact.getCountry());
            contact.setEmails(kept.emails());
            contact.setPhones(kept.phones());
            contact.setNormal(true);
        }
        var identities = new Identities(contact.getEmails(), contact.getPhones());
        int consented = consented(Touches.consent(state), contact);
        return new Reachable(identities, consented, consented == 0 ? 0 : served & consented & identities.platforms());
    }

    private static int consented(AdConsent general, Contact contact) {
        int bits = 0;
        for (var platform : PLATFORMS) {
            var own = contact.getPlatformConsent().get(platform.id());
            if (MembershipRule.permitted(general, own == null ? AdConsent.UNKNOWN : AdConsent.valueOf(own))) {
                bits |= platform.bit();
            }
        }
        return bits;
    }

    /** Takes the customer off the platforms that may not have them any more, or know them by other addresses; before what suppressions come to is told. */
    void leave(Customer customer, long at, Decisions out) {
        var now = reachable(customer);
        var before = customer.reachableBefore();
        var state = customer.state();
        int members = state.getAudiences();
        count(state, at, out);
        if (members == 0 || before == null && members == now.members) {
            return;
        }
        var sent = before == null ? now.identities : before.identities;
        for (var platform : PLATFORMS) {
            if ((members & platform.bit()) == 0) {
                continue;
            }
            boolean stays = (now.members & platform.bit()) != 0;
            if (stays && (sent == now.identities || sent.on(platform).equals(now.identities.on(platform)))) {
                continue;
            }
            var cause = stays || (served & now.consented & platform.bit()) != 0
                    ? CONTACT_CHANGED
                    : (served & platform.bit()) == 0 ? PLATFORM_OFF : CONSENT_REVOKED;
            to(platform, customer, sent, cause, at, out).removeAll();
            state.setAudiences(state.getAudiences() & ~platform.bit());
        }
        state.setAudiencesCounted(state.getAudiences());
    }

    /** Counts memberships of a time when they were not counted: all that are active belong to them, as always between two decisions. */
    private static void count(CustomerState state, long at, Decisions out) {
        int missing = state.getAudiences() & ~state.getAudiencesCounted();
        if (missing == 0) {
            return;
        }
        int active = (int) state.getPublished().stream()
                .filter(PublishedSuppression::getActive)
                .count();
        for (var platform : PLATFORMS) {
            if ((missing & platform.bit()) != 0 && active > 0) {
                CustomerMeasures.memberships(platform.id(), active, at, out);
            }
        }
        state.setAudiencesCounted(state.getAudiences());
    }

    /** Brings the customer onto the platforms that may have them now; after what suppressions come to was told. */
    void join(Customer customer, Outlook outlook, long at, Decisions out) {
        var now = reachable(customer);
        var before = customer.reachableBefore();
        customer.contactSettled();
        var state = customer.state();
        int joining = now.members & ~state.getAudiences();
        if (joining == 0) {
            return;
        }
        for (var platform : PLATFORMS) {
            if ((joining & platform.bit()) != 0) {
                var cause = before == null
                        ? PLATFORM_ON
                        : (before.consented & platform.bit()) == 0 ? CONSENT_GRANTED : CONTACT_CHANGED;
                to(platform, customer, now.identities, cause, at, out).addAll(outlook);
            }
        }
        state.setAudiences(now.members);
        state.setAudiencesCounted(now.members);
        state.setAudiencesTold(state.getAudiencesTold() | now.members);
    }

    /**
     * A suppression was told that was active or not before.
     *
     * @param standing how it stands now, null when it is gone
     */
    void told(
            Customer customer, PublishedSuppression published, boolean was, Standing standing, long at, Decisions out) {
        var state = customer.state();
        int members = state.getAudiences();
        boolean is = standing != null && standing.active();
        if (members != 0 && was != is) {
            var identities = reachable(customer).identities;
            for (var platform : PLATFORMS) {
                if ((members & platform.bit()) == 0) {
                    continue;
                }
                var word = to(platform, customer, identities, is ? SUPPRESSED : LIFTED, at, out);
                if (is) {
                    word.add(published, standing.until());
                } else {
                    word.remove(published);
                }
            }
        }
        if (standing == null) {
            forget(customer, published, at, out);
        }
    }

    /** Lets consumers forget the keys of a suppression of which nothing is said any more: an erasure would not know them. */
    private void forget(Customer customer, PublishedSuppression published, long at, Decisions out) {
        int told = customer.state().getAudiencesTold();
        for (var platform : PLATFORMS) {
            if ((told & platform.bit()) != 0) {
                to(platform, customer, NOBODY, LIFTED, at, out).forget(published);
            }
        }
    }

    /** {@return epoch milliseconds of the next refresh after an instant, {@link Deadlines#NEVER} when there is none} */
    long nextRefresh(Customer customer) {
        var state = customer.state();
        int members = state.getAudiences();
        long next = Deadlines.NEVER;
        for (int i = 0; members >> i != 0; i++) {
            if ((members >> i & 1) != 0 && refresh[i] > 0) {
                next = Math.min(next, MembershipRule.nextRefresh(state.getCustomerId(), refresh[i], customer.clock()));
            }
        }
        return next;
    }

    /** Sends the members again that are due at an instant. */
    void refresh(Customer customer, Outlook outlook, long instant, Decisions out) {
        var state = customer.state();
        for (var platform : PLATFORMS) {
            long interval = refresh[platform.ordinal()];
            if ((state.getAudiences() & platform.bit()) != 0
                    && interval > 0
                    && MembershipRule.nextRefresh(state.getCustomerId(), interval, instant - 1) == instant) {
                to(platform, customer, reachable(customer).identities, REFRESHED, instant, out)
                        .addAll(outlook);
            }
        }
    }

    /**
     * Sends those members again who were due some time, but each once and now.
     *
     * @param members the platforms that had them before; who only joined now was sent
     * @param from epoch milliseconds after which they may have been due
     */
    void refreshOnce(Customer customer, Outlook outlook, int members, long from, long now, Decisions out) {
        var state = customer.state();
        for (var platform : PLATFORMS) {
            long interval = refresh[platform.ordinal()];
            if ((members & state.getAudiences() & platform.bit()) != 0
                    && interval > 0
                    && MembershipRule.nextRefresh(state.getCustomerId(), interval, from) <= now) {
                to(platform, customer, reachable(customer).identities, REFRESHED, now, out)
                        .addAll(outlook);
            }
        }
    }

    /** Removes the customer everywhere, and lets consumers forget the keys. */
    void erase(Customer customer, long at, Decisions out) {
        var state = customer.state();
        count(state, at, out);
        int told = state.getAudiencesTold();
        for (int i = 0; told >> i != 0; i++) {
            if ((told >> i & 1) == 0) {
                continue;
            }
            boolean member = (state.getAudiences() >> i & 1) != 0;
            var word = to(PLATFORMS[i], customer, member ? reachable(customer).identities : NOBODY, ERASED, at, out);
            for (var published : state.getPublished()) {
                if (member && published.getActive()) {
                    word.remove(published);
                }
                word.forget(published);
            }
        }
        state.setAudiences(0);
        state.setAudiencesCounted(0);
        state.setAudiencesTold(0);
    }

    /** Speaks of one customer to one platform. */
    private record Word(
            CustomerState state,
            Platform platform,
            Identities.Hashes hashes,
            String cause,
            String policyVersion,
            long at,
            Decisions out) {

        void addAll(Outlook outlook) {
            for (var course : outlook.bought().all()) {
                if (course.published != null && course.published.getActive()) {
                    add(course.published, course.until());
                }
            }
            if (outlook.all() != null && outlook.all().active()) {
                for (var published : state.getPublished()) {
                    if (published.getScope() == SuppressionScope.ALL.ordinal()) {
                        add(published, outlook.all().until());
                    }
                }
            }
        }

        void add(PublishedSuppression published, long until) {
            change(published, MembershipChange.ADD, until == 0 ? null : Instant.ofEpochMilli(until));
        }

        void removeAll() {
            for (var published : state.getPublished()) {
                if (published.getActive()) {
                    remove(published);
                }
            }
        }

        void remove(PublishedSuppression published) {
            change(published, MembershipChange.REMOVE, null);
        }

        private void change(PublishedSuppression published, MembershipChange change, Instant until) {
            // Of time, so that it goes on growing after an erasure, and where all is read again from the beginning.
            long revision = Math.max(state.getAudienceRevision() + 1, at);
            state.setAudienceRevision(revision);
            if (!cause.equals(REFRESHED)) {
                CustomerMeasures.memberships(platform.id(), change == MembershipChange.ADD ? 1 : -1, at, out);
            }
            out.audience(
                    key(published),
                    new AudienceChange(
                            state.getCustomerId(),
                            platform.id(),
                            SuppressionNews.SCOPES[published.getScope()].name(),
                            published.getValue(),
                            change,
                            hashes.emails(),
                            hashes.phones(),
                            revision,
                            Instant.ofEpochMilli(at),
                            cause,
                            until,
                            policyVersion),
                    at);
        }

        void forget(PublishedSuppression published) {
            out.audience(key(published), null, at);
        }

        private String key(PublishedSuppression published) {
            var scope = SuppressionNews.SCOPES[published.getScope()];
            return platform.id() + "|" + Standing.key(state.getCustomerId(), scope, published.getValue());
        }
    }

    private Word to(Platform platform, Customer customer, Identities identities, String cause, long at, Decisions out) {
        return new Word(customer.state(), platform, identities.on(platform), cause, policyVersion, at, out);
    }
}
