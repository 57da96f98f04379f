package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.PurchaseLedger.Holding;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.PublishedSuppression;
import io.touchpoint.records.state.Take;
import java.util.Comparator;
import java.util.List;

/**
 * How the suppression of one product or category runs, from now until consumers may forget it: ACTIVE while a unit is held and the newest payment of a held one plus its
 * cool-down lies ahead; LIFTED from then on, or when the last unit was taken back; gone some time after it last ceased to be active.
 */
final class PurchaseCourse {

    private static final String RULE = "purchase-cool-down";
    private static final List<String> PURCHASED = List.of("PURCHASED");
    private static final List<String> EXPIRED = List.of("EXPIRED");
    private static final List<String> RETURNED = List.of("RETURNED");
    private static final List<String> CANCELLED = List.of("CANCELLED");

    private static final Comparator<Holding> LAST_TAKEN =
            Comparator.comparingLong(Holding::takenAt).thenComparing(h -> h.lastTake, PurchaseLedger.TAKE_ORDER);

    private final SuppressionScope scope;
    private final String value;
    private final long tombstoneAfter;

    private Holding oldest;
    private Holding newest;
    private Holding lastTaken;
    private long firstPaid = Long.MAX_VALUE;
    private long newestCoolDown;
    private long coolDown;
    private boolean severalCoolDowns;
    private long ended = Long.MIN_VALUE;
    private int events;
    private Object lastCounted;
    private Standing active;
    private Standing lifted;

    /** What is stored of what consumers were told last; null when they know of nothing. */
    PublishedSuppression published;

    /** What consumers were told last, since this was derived; null when nothing was yet, or that they may forget it. */
    Standing told;

    /** @param tombstoneAfter milliseconds after which consumers may forget a lifted suppression */
    PurchaseCourse(SuppressionScope scope, String value, long tombstoneAfter) {
        this.scope = scope;
        this.value = value;
        this.tombstoneAfter = tombstoneAfter;
    }

    SuppressionScope scope() {
        return scope;
    }

    String value() {
        return value;
    }

    /** {@return distinct events that concern this suppression} */
    int events() {
        return events;
    }

    boolean is(SuppressionScope otherScope, String otherValue) {
        return scope == otherScope && value.equals(otherValue);
    }

    /** Adds a line; to be called in the order of the ledger, the newest purchase last, with all takes applied. */
    void add(Holding holding, long holdingCoolDown) {
        severalCoolDowns |= coolDown != 0 && coolDown != holdingCoolDown;
        coolDown = holdingCoolDown;
        firstPaid = Math.min(firstPaid, holding.paidAt);
        count(holding.order);
        if (holding.left > 0) {
            oldest = oldest == null ? holding : oldest;
            newest = holding;
            newestCoolDown = holdingCoolDown;
            ended = Math.max(ended, holding.paidAt + holdingCoolDown);
        } else {
            lastTaken = lastTaken == null || LAST_TAKEN.compare(holding, lastTaken) > 0 ? holding : lastTaken;
            if (holding.takenAt() > holding.paidAt) {
                ended = Math.max(ended, Math.min(holding.takenAt(), holding.paidAt + holdingCoolDown));
            }
        }
    }

    /** Counts a take that speaks of one of the products; to be called take by take. */
    void mention(Take take) {
        count(take);
    }

    private void count(Object event) {
        events += event == lastCounted ? 0 : 1;
        lastCounted = event;
    }

    /** {@return whether lines of different cool-downs meet here, so that the end must be found by {@link #endedAmong}} */
    boolean severalCoolDowns() {
        return severalCoolDowns;
    }

    /** Finds the last instant at which it ceased to be active where the newest held line decides over older ones of longer cool-down. */
    void endedAmong(List<Holding> holdings, PurchaseSuppressions rules) {
        ended = Long.MIN_VALUE;
        for (var holding : holdings) {
            long expiry = holding.paidAt + rules.coolDown(holding.bought);
            ended = ceases(holdings, rules, expiry) ? Math.max(ended, expiry) : ended;
            if (holding.left == 0 && ceases(holdings, rules, holding.takenAt())) {
                ended = Math.max(ended, holding.takenAt());
            }
        }
    }

    private static boolean ceases(List<Holding> holdings, PurchaseSuppressions rules, long instant) {
        return active(holdings, rules, instant - 1) && !active(holdings, rules, instant);
    }

    private static boolean active(List<Holding> holdings, PurchaseSuppressions rules, long instant) {
        Holding latest = null;
        for (var holding : holdings) {
            if (holding.paidAt <= instant && (holding.left > 0 || holding.takenAt() > instant)) {
                latest = holding;
            }
        }
        return latest != null && latest.paidAt + rules.coolDown(latest.bought) > instant;
    }

    /** {@return whether this order decides how long the suppression holds, or held} */
    boolean restsOn(KeptOrder order) {
        return newest != null && newest.order == order;
    }

    /** {@return epoch milliseconds at which a held unit's cool-down is over; the past when nothing is held} */
    long until() {
        return newest == null ? Long.MIN_VALUE : newest.paidAt + newestCoolDown;
    }

    /** {@return epoch milliseconds from which consumers may forget it} */
    long gone() {
        // What was cancelled before it was paid never was active: it counts from the payment.
        return (ended == Long.MIN_VALUE ? lastTaken.takenAt() : ended) + tombstoneAfter;
    }

    /** {@return how it stands at an instant, null when it is gone} */
    Standing at(long now) {
        if (until() > now) {
            active = active == null ? standing(true, PURCHASED, newest.eventId) : active;
            return active;
        }
        if (gone() <= now) {
            return null;
        }
        if (lifted == null) {
            lifted = newest != null
                    ? standing(false, EXPIRED, newest.eventId)
                    : standing(
                            false,
                            lastTaken.lastTake.getCancelled() ? CANCELLED : RETURNED,
                            lastTaken.lastTake.getEventId());
        }
        return lifted;
    }

    private Standing standing(boolean holds, List<String> reasons, String cause) {
        return new Standing(
                scope,
                value,
                holds,
                reasons,
                oldest == null ? firstPaid : oldest.paidAt,
                newest == null ? 0 : until(),
                events,
                !holds && newest != null && ended <= until(),
                List.of(cause),
                RULE);
    }
}
