package io.touchpoint.domain.customer;

import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.PublishedSuppression;
import java.util.List;

/** What consumers are told of suppressions, and what they know by now. */
final class SuppressionNews {

    static final SuppressionScope[] SCOPES = SuppressionScope.values();

    private final Audiences audiences;
    private final String policyVersion;

    SuppressionNews(Audiences audiences, String policyVersion) {
        this.audiences = audiences;
        this.policyVersion = policyVersion;
    }

    /** {@return what consumers know of the scope ALL, null for nothing} */
    static PublishedSuppression ofAll(CustomerState state) {
        for (var published : state.getPublished()) {
            if (SCOPES[published.getScope()] == SuppressionScope.ALL) {
                return published;
            }
        }
        return null;
    }

    /** Tells consumers how a suppression stands, unless they know. */
    PublishedSuppression tell(
            Customer customer, PublishedSuppression known, Standing standing, long at, Decisions out) {
        var state = customer.state();
        if (standing == null) {
            if (known != null) {
                out.suppression(
                        Standing.key(state.getCustomerId(), SCOPES[known.getScope()], known.getValue()), null, at);
                audiences.told(customer, known, known.getActive(), null, at, out);
                remove(state.getPublished(), known);
            }
            return null;
        }
        if (known != null && customer.isReviewed()) {
            raise(customer.state(), known, standing);
        }
        int base = known == null ? 0 : known.getBase();
        long digest = standing.digest(base);
        if (known != null && known.getDigest() == digest) {
            return known;
        }
        out.suppression(
                Standing.key(state.getCustomerId(), standing.scope(), standing.value()),
                standing.record(state.getCustomerId(), base, policyVersion),
                at);
        boolean was = known != null && known.getActive();
        var published = known;
        if (known != null) {
            known.setPage(0);
            known.setDigest(digest);
            known.setActive(standing.active());
            known.setRevision(standing.revision(base));
        } else {
            published = new PublishedSuppression(
                    standing.scope().ordinal(),
                    standing.value(),
                    digest,
                    standing.active(),
                    base,
                    0,
                    standing.revision(base));
            state.getPublished().add(published);
        }
        audiences.told(customer, published, was, standing, at, out);
        return published;
    }

    /**
     * What other rules make of the same events gets no revision below the one that consumers know, for they take the greater: the clock may have counted in that, or an event
     * that no longer concerns it.
     */
    private static void raise(CustomerState state, PublishedSuppression known, Standing standing) {
        if (standing.digest(known.getBase()) == known.getDigest()) {
            return;
        }
        long now = standing.revision(known.getBase());
        long told = known.getRevision() > 0 ? known.getRevision() : mostTold(state, known);
        if (now < told) {
            known.setPage(0);
            known.setBase(known.getBase() + (int) (told - now) / 2 + 1);
        }
    }

    /** An earlier release did not note the revision it told: all that was kept may have counted in it, and the clock. */
    private static long mostTold(CustomerState state, PublishedSuppression known) {
        long events = state.getAllEvents() + state.getTakes().size();
        for (var order : state.getOrders()) {
            events += order.getMarks().size();
        }
        return 2 * (known.getBase() + events) + 1;
    }

    private static void remove(List<PublishedSuppression> published, PublishedSuppression gone) {
        for (int i = 0; i < published.size(); i++) {
            if (published.get(i) == gone) {
                published.remove(i);
                return;
            }
        }
    }
}
