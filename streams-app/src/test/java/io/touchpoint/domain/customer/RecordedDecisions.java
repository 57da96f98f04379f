package io.touchpoint.domain.customer;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Suppression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what a fold decided: everything in order, what a compacted topic would be left with, and what the facts sum up to. */
final class RecordedDecisions implements Decisions {

    /** A published suppression; a null value is a tombstone. */
    record Published(String key, Suppression value, long at) {}

    /** A published signal; a null value forgets the customer. */
    record Signalled(ChurnSignal value, long at) {}

    private final List<Published> suppressions = new ArrayList<>();
    private final List<Signalled> signals = new ArrayList<>();
    private final List<ErasureReceipt> receipts = new ArrayList<>();
    private final Map<String, Suppression> live = new TreeMap<>();
    private final Map<String, Long> facts = new TreeMap<>();
    private final Map<String, AttributionCredit> credits = new TreeMap<>();
    private final Audience audience = new Audience();
    private int told;

    @Override
    public void audience(String key, AudienceChange change, long at) {
        audience.told(key, change, at);
    }

    @Override
    public void dropped(Platform platform, int addresses) {
        audience.dropped(platform, addresses);
    }

    /** {@return what the ad platforms were told} */
    Audience audience() {
        return audience;
    }

    @Override
    public void suppression(String key, Suppression suppression, long at) {
        suppressions.add(new Published(key, suppression, at));
        if (suppression == null) {
            if (live.remove(key) == null) {
                throw new AssertionError("a tombstone for " + key + ", of which consumers know nothing");
            }
            return;
        }
        var before = live.put(key, suppression);
        if (before != null && before.getRevision() > suppression.getRevision()) {
            throw new AssertionError("the revision of " + key + " falls from " + before + " to " + suppression);
        }
        if (suppression.equals(before)) {
            throw new AssertionError("published twice: " + suppression);
        }
    }

    @Override
    public void churn(String customerId, ChurnSignal signal, long at) {
        if (signal != null) {
            var before = signals.isEmpty() || last().value() == null ? null : last().value();
            var previous = before == null ? "HEALTHY" : before.getLevel().name();
            if (!signal.getPreviousLevel().name().equals(previous)
                    || signal.getLevel().name().equals(previous)) {
                throw new AssertionError("after " + previous + " came " + signal);
            }
        }
        signals.add(new Signalled(signal, at));
    }

    @Override
    public void erased(String customerId, ErasureReceipt receipt, long at) {
        receipts.add(receipt);
        // Whoever comes again begins anew, also with an order that is known already.
        credits.clear();
    }

    @Override
    public void credit(String key, AttributionCredit credit, long at) {
        if (credits.put(key + '/' + credit.getCurrency(), credit) != null) {
            throw new AssertionError("told twice: " + credit);
        }
    }

    @Override
    public void fact(String measure, String dimension, String value, long eventTime, long amount) {
        told++;
        // Decided by what had arrived by then, so the time of it is no function of the events.
        var at = measure.equals("churn-level") || measure.equals("audience-members")
                ? "some time"
                : Long.toString(eventTime);
        facts.merge(measure + "|" + dimension + "=" + value + "|" + at, amount, Long::sum);
    }

    /** {@return everything published, in order} */
    List<Published> suppressions() {
        return suppressions;
    }

    /** {@return what was published since the last call, and forgets it} */
    List<Published> takeSuppressions() {
        var taken = List.copyOf(suppressions);
        suppressions.clear();
        return taken;
    }

    List<Signalled> signals() {
        return signals;
    }

    Signalled last() {
        return signals.get(signals.size() - 1);
    }

    List<ErasureReceipt> receipts() {
        return receipts;
    }

    /** {@return the last record of every key that has no tombstone} */
    Map<String, Suppression> live() {
        return live;
    }

    /** {@return the credits told, by key and currency} */
    Map<String, AttributionCredit> credits() {
        return credits;
    }

    /** {@return how many facts and credits were told} */
    int told() {
        return told + credits.size();
    }

    /** {@return sums that are not zero, by order, model, touch and currency} */
    Map<String, Long> creditSums() {
        var sums = new TreeMap<String, Long>();
        for (var credit : credits.values()) {
            var touch = credit.getClickId() == null ? "none" : credit.getClickId();
            sums.merge(
                    credit.getOrderId() + "|" + credit.getModel() + "|" + touch + "|" + credit.getCurrency(),
                    credit.getCreditMinor(),
                    Long::sum);
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    /** {@return the same of the measures whose id begins so} */
    Map<String, Long> facts(String prefix) {
        var some = facts();
        some.keySet().removeIf(fact -> !fact.startsWith(prefix));
        return some;
    }

    /** {@return sums that are not zero, by measure, segment and time} */
    Map<String, Long> facts() {
        var sums = new TreeMap<>(facts);
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }
}
