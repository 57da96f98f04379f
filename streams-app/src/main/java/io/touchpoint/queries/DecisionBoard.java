package io.touchpoint.queries;

import io.touchpoint.domain.tally.SuppressionTally;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.Suppression;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import org.apache.avro.specific.SpecificRecord;

/** The suppressions as they stand, counted, and the newest decisions about customers. For several threads. */
final class DecisionBoard {

    /** So many of each kind are shown at most. */
    static final int NEWEST = 50;

    private final InstantSource clock;
    private final SuppressionTally tally = new SuppressionTally();
    private final Newest<Suppression> suppressions = new Newest<>();
    private final Newest<ChurnSignal> signals = new Newest<>();
    private boolean counted;

    /** @param clock the wall clock: a minute is one of those who watch */
    DecisionBoard(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A decision.
     *
     * @param at customer time
     */
    record Decided<T extends SpecificRecord>(Instant at, T value) {}

    /**
     * The suppressions that hold.
     *
     * @param counted whether all that was published before the start is in it
     */
    record Standing(
            boolean counted,
            long active,
            Map<String, Long> scopes,
            Map<String, Long> reasons,
            List<SuppressionTally.Minute> minutes) {}

    /** Of many the newest, whatever order they come in. */
    private static final class Newest<T extends SpecificRecord> {
        private final PriorityQueue<Decided<T>> oldestFirst = new PriorityQueue<>(Comparator.comparing(Decided::at));

        void take(T value, Instant at) {
            if (oldestFirst.size() == NEWEST) {
                if (at.isBefore(oldestFirst.element().at())) {
                    return;
                }
                oldestFirst.remove();
            }
            oldestFirst.add(new Decided<>(at, value));
        }

        void forget(BiPredicate<SpecificRecord, Instant> which) {
            oldestFirst.removeIf(decided -> which.test(decided.value(), decided.at()));
        }

        List<Decided<T>> newestFirst() {
            return oldestFirst.stream()
                    .sorted(Comparator.comparing(Decided<T>::at).reversed())
                    .toList();
        }
    }

    /**
     * A suppression was published; null when there is none any more.
     *
     * @param isNew whether it was published after the start
     */
    synchronized void suppression(String key, Suppression value, Instant at, boolean isNew) {
        count(key, value, isNew);
        if (value != null) {
            suppressions.take(value, at);
        }
    }

    /** A suppression was published that is counted, but not shown. */
    synchronized void count(String key, Suppression value, boolean isNew) {
        if (isNew) {
            tally.take(key, value, clock.millis());
        } else {
            tally.take(key, value);
        }
    }

    /** Lets go of decisions, by record and customer time; what is counted stays, until the keys themselves are gone. */
    synchronized void forget(BiPredicate<SpecificRecord, Instant> which) {
        suppressions.forget(which);
        signals.forget(which);
    }

    /** A churn signal was published; null when there is none any more. */
    synchronized void signal(ChurnSignal value, Instant at) {
        if (value != null) {
            signals.take(value, at);
        }
    }

    /** All that was published before the start has been told. */
    synchronized void caughtUp() {
        counted = true;
    }

    synchronized Standing standing() {
        return new Standing(counted, tally.active(), tally.scopes(), tally.reasons(), tally.minutes(clock.millis()));
    }

    /** {@return the newest suppressions that were decided or lifted, the newest first} */
    synchronized List<Decided<Suppression>> newestSuppressions() {
        return suppressions.newestFirst();
    }

    /** {@return the newest churn signals, the newest first} */
    synchronized List<Decided<ChurnSignal>> newestSignals() {
        return signals.newestFirst();
    }
}
