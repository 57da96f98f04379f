package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.ChurnSignal;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The churn signals that were decided last. */
final class NewestSignals {
    private static final int KEPT = 5;
    private static final Comparator<ChurnSignal> OLDEST_FIRST =
            Comparator.comparing(ChurnSignal::getDecidedAt).thenComparing(ChurnSignal::getCustomerId);

    private final PriorityQueue<ChurnSignal> newest = new PriorityQueue<>(OLDEST_FIRST);

    void take(ChurnSignal signal) {
        newest.add(signal);
        if (newest.size() > KEPT) {
            newest.remove();
        }
    }

    List<ChurnSignal> newestFirst() {
        return newest.stream().sorted(OLDEST_FIRST.reversed()).toList();
    }
}
