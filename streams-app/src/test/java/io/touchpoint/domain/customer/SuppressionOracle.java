package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.UnitOracle.Unit;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The suppressions of which consumers must know at an instant, recomputed from all events of a customer; as text, to be compared with {@link #say}. */
final class SuppressionOracle {

    private static final long TOMBSTONE_AFTER = 30 * CustomerEvents.DAY;

    private final Policy policy;

    SuppressionOracle(Policy policy) {
        this.policy = policy;
    }

    Map<String, String> at(Collection<CustomerEvent> history, long clock) {
        var events = new DistinctEvents(history);
        var units = UnitOracle.units(events, policy.suppression().countsAt());
        var keys = new TreeMap<String, List<Unit>>();
        units.forEach(unit ->
                keys.computeIfAbsent(key(unit.bought), key -> new ArrayList<>()).add(unit));
        var expected = new TreeMap<String, String>();
        keys.forEach((key, ofKey) -> put(expected, key, purchased(ofKey, events, clock)));
        put(expected, "ALL|", new AllOracle(events, policy).at(clock));
        return expected;
    }

    private static void put(Map<String, String> expected, String key, String standing) {
        if (standing != null) {
            expected.put(CustomerEvents.CUSTOMER + "|" + key, standing);
        }
    }

    private String key(OrderLine line) {
        var rule = line.getCategory() == null
                ? policy.suppression().defaultRule()
                : policy.suppression()
                        .categories()
                        .getOrDefault(line.getCategory(), policy.suppression().defaultRule());
        return rule.scope() == SuppressionScope.CATEGORY && line.getCategory() != null
                ? "CATEGORY|" + line.getCategory()
                : "SKU|" + line.getSku();
    }

    private long coolDown(Unit unit) {
        var category = unit.bought.getCategory();
        var rule = category == null
                ? policy.suppression().defaultRule()
                : policy.suppression()
                        .categories()
                        .getOrDefault(category, policy.suppression().defaultRule());
        return rule.coolDown().toMillis();
    }

    private String purchased(List<Unit> units, DistinctEvents events, long clock) {
        long count = 2 * concerning(units, events);
        var held = units.stream().filter(Unit::held).toList();
        if (!held.isEmpty()) {
            var newest = newest(held);
            long until = newest.paidAt() + coolDown(newest);
            long since = held.stream().mapToLong(Unit::paidAt).min().orElseThrow();
            if (until > clock) {
                return active(List.of("PURCHASED"), since, until, count, List.of(newest.purchase.eventId()));
            }
            // The newest unit that is held may be long past its time when a newer one is taken back: then it was not
            // the clock.
            int byClock = ended(units, clock) == until ? 1 : 0;
            return gone(units, clock) ? null : lifted("EXPIRED", until, count + byClock, newest.purchase.eventId());
        }
        var last = units.stream()
                .max(Comparator.comparingLong(Unit::takenAt)
                        .thenComparing(unit -> unit.takenBy, DistinctEvents.BY_TIME))
                .orElseThrow();
        return gone(units, clock)
                ? null
                : lifted(last.returned() ? "RETURNED" : "CANCELLED", 0, count, last.takenBy.eventId());
    }

    private static Unit newest(List<Unit> units) {
        return units.stream()
                .max(Comparator.comparingLong(Unit::paidAt)
                        .thenComparing(unit -> unit.order.getOrderId())
                        .thenComparingInt(unit -> unit.line))
                .orElseThrow();
    }

    private boolean gone(List<Unit> units, long clock) {
        return ended(units, clock) + TOMBSTONE_AFTER <= clock;
    }

    /** Goes through time for the last instant at which a key ceased to be active. */
    private long ended(List<Unit> units, long clock) {
        var instants = new ArrayList<Long>();
        for (var unit : units) {
            instants.add(unit.paidAt() + coolDown(unit));
            if (!unit.held()) {
                instants.add(unit.takenAt());
            }
        }
        return instants.stream()
                .filter(instant -> instant <= clock && active(units, instant - 1) && !active(units, instant))
                .mapToLong(instant -> instant)
                .max()
                .orElseGet(() -> units.stream().mapToLong(Unit::takenAt).max().orElseThrow());
    }

    private boolean active(List<Unit> units, long instant) {
        var held = units.stream()
                .filter(unit -> unit.paidAt() <= instant && (unit.held() || unit.takenAt() > instant))
                .toList();
        return !held.isEmpty() && newest(held).paidAt() + coolDown(newest(held)) > instant;
    }

    /** Orders that brought a unit, and every take that speaks of one of its products or cancels a whole one of these orders. */
    private long concerning(List<Unit> units, DistinctEvents events) {
        var orders =
                units.stream().map(unit -> unit.order.getOrderId()).distinct().toList();
        var skus = units.stream().map(unit -> unit.bought.getSku()).distinct().toList();
        long takes = events.takes().stream()
                .map(take -> (OrderEvent) take.body())
                .filter(take -> take.getLines().isEmpty()
                        ? orders.contains(take.getOrderId())
                        : take.getLines().stream().anyMatch(line -> skus.contains(line.getSku())))
                .count();
        return orders.size() + takes;
    }

    static String active(List<String> reasons, long since, long until, long revision, List<String> causes) {
        return "ACTIVE " + reasons + " since " + since + " until " + until + " rev " + revision + " by " + causes + " "
                + Policies.VERSION;
    }

    static String lifted(String reason, long until, long revision, String cause) {
        return "LIFTED [" + reason + "] until " + until + " rev " + revision + " by [" + cause + "] "
                + Policies.VERSION;
    }

    /** {@return a published suppression in the words of this oracle} */
    static String say(Suppression published) {
        long until = published.getUntil() == null ? 0 : published.getUntil().toEpochMilli();
        var cause = published.getCause();
        return published.getState() == SuppressionState.ACTIVE
                ? "ACTIVE " + published.getReasons() + " since "
                        + published.getSince().toEpochMilli() + " until "
                        + until + " rev " + published.getRevision() + " by " + cause.getEventIds() + " "
                        + cause.getPolicyVersion()
                : "LIFTED " + published.getReasons() + " until " + until + " rev " + published.getRevision() + " by "
                        + cause.getEventIds() + " " + cause.getPolicyVersion();
    }
}
