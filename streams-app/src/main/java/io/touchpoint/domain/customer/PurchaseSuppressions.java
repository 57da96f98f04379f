package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.PurchaseLedger.Holding;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.SuppressionRules;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.Take;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which products and categories a customer is spared because of what was bought.
 *
 * <p>While a unit is held and the newest payment of a held one plus the category's cool-down lies ahead, the suppression is ACTIVE. It is LIFTED by
 * the clock (EXPIRED) or when the last unit was taken back (RETURNED, CANCELLED), and gone for good some time after that.
 */
final class PurchaseSuppressions {

    static final String RULE = "purchase-cool-down";

    private static final Comparator<Holding> BY_PAYMENT =
            Comparator.comparingLong((Holding h) -> h.paidAt).thenComparing(h -> h.eventId);

    private record Scope(SuppressionScope scope, String value) {}

    private static final class Tally {
        final List<Holding> holdings = new ArrayList<>(2);
        final Set<String> orders = new HashSet<>(4);
        final Set<String> takes = new HashSet<>(2);
    }

    private final SuppressionRules rules;
    private final long tombstoneAfter;

    PurchaseSuppressions(SuppressionRules rules, long tombstoneAfter) {
        this.rules = rules;
        this.tombstoneAfter = tombstoneAfter;
    }

    /** {@return the standing of every scope of which consumers are to know, adding all its deadlines} */
    List<Standing> standings(PurchaseLedger ledger, Deadlines deadlines) {
        var tallies = new LinkedHashMap<Scope, Tally>();
        for (var holding : ledger.holdings()) {
            var tally = tallies.computeIfAbsent(scope(holding.bought), s -> new Tally());
            tally.holdings.add(holding);
            tally.orders.add(holding.order.getOrderId());
        }
        countTakes(ledger, tallies);
        var standings = new ArrayList<Standing>(tallies.size());
        for (var entry : tallies.entrySet()) {
            var standing = standing(entry.getKey(), entry.getValue(), deadlines);
            if (standing != null) {
                standings.add(standing);
            }
        }
        return standings;
    }

    /** {@return the scope key of a line under the rule of its category} */
    String key(String customerId, HeldLine line) {
        var scope = scope(line);
        return Standing.key(customerId, scope.scope(), scope.value());
    }

    private Scope scope(HeldLine line) {
        var rule = rules.rule(line.getCategory());
        return rule.scope() == SuppressionScope.CATEGORY && line.getCategory() != null
                ? new Scope(SuppressionScope.CATEGORY, line.getCategory())
                : new Scope(SuppressionScope.SKU, line.getSku());
    }

    private void countTakes(PurchaseLedger ledger, Map<Scope, Tally> tallies) {
        for (var match : ledger.matches()) {
            tallies.get(scope(match.holding().bought)).takes.add(match.take().getEventId());
        }
        for (Take take : ledger.takes()) {
            for (var line : take.getLines()) {
                var tally = tallies.get(scope(line));
                if (tally != null) {
                    tally.takes.add(take.getEventId());
                }
            }
        }
    }

    private Standing standing(Scope scope, Tally tally, Deadlines deadlines) {
        long events = (long) tally.orders.size() + tally.takes.size();
        Holding oldest = null;
        Holding newest = null;
        for (var holding : tally.holdings) {
            if (holding.left > 0) {
                oldest = oldest == null || BY_PAYMENT.compare(holding, oldest) < 0 ? holding : oldest;
                newest = newest == null || BY_PAYMENT.compare(holding, newest) > 0 ? holding : newest;
            }
        }
        return newest == null
                ? taken(scope, tally, events, deadlines)
                : held(scope, oldest, newest, events, deadlines);
    }

    private Standing held(Scope scope, Holding oldest, Holding newest, long events, Deadlines deadlines) {
        long until = newest.paidAt + coolDown(newest);
        deadlines.add(until);
        deadlines.add(until + tombstoneAfter);
        boolean active = until > deadlines.now();
        if (!active && until + tombstoneAfter <= deadlines.now()) {
            return null;
        }
        return new Standing(
                scope.scope(),
                scope.value(),
                active,
                List.of(active ? "PURCHASED" : "EXPIRED"),
                oldest.paidAt,
                until,
                events,
                !active,
                List.of(newest.eventId),
                RULE);
    }

    private Standing taken(Scope scope, Tally tally, long events, Deadlines deadlines) {
        Holding deciding = null;
        for (var holding : tally.holdings) {
            if (deciding == null || LAST_TAKEN.compare(holding, deciding) > 0) {
                deciding = holding;
            }
        }
        long ended = Math.min(deciding.takenAt(), expiryBefore(tally, deciding.takenAt()));
        deadlines.add(ended + tombstoneAfter);
        if (ended + tombstoneAfter <= deadlines.now()) {
            return null;
        }
        long since = tally.holdings.stream().mapToLong(h -> h.paidAt).min().orElseThrow();
        return new Standing(
                scope.scope(),
                scope.value(),
                false,
                List.of(deciding.lastTake.getCancelled() ? "CANCELLED" : "RETURNED"),
                since,
                0,
                events,
                false,
                List.of(deciding.lastTake.getEventId()),
                RULE);
    }

    private static final Comparator<Holding> LAST_TAKEN = Comparator.comparingLong(Holding::takenAt)
            .thenComparing(h -> h.lastTake, PurchaseLedger.TAKE_ORDER)
            .thenComparing(BY_PAYMENT);

    /** A cool-down may have ended the suppression before the last unit went back; what lapsed first started the clock of the tombstone. */
    private long expiryBefore(Tally tally, long taken) {
        long expiry = Long.MIN_VALUE;
        for (var holding : tally.holdings) {
            if (holding.paidAt <= taken) {
                expiry = Math.max(expiry, holding.paidAt + coolDown(holding));
            }
        }
        return expiry;
    }

    private long coolDown(Holding holding) {
        CategoryRule rule = rules.rule(holding.bought.getCategory());
        return rule.coolDown().toMillis();
    }
}
