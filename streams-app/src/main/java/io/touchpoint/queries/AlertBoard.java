package io.touchpoint.queries;

import io.touchpoint.domain.alert.AlertBook;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The alerts that are open, and those that were told last. For several threads. */
final class AlertBoard {

    private static final int TOLD = 1_000;

    /** What is about a KPI comes before what is about one customer. */
    private static final Comparator<Alert> BY_WEIGHT = Comparator.comparing((Alert alert) -> alert.getWindow() == null)
            .thenComparing(Alert::getDecidedAt, Comparator.reverseOrder())
            .thenComparing(AlertBook::keyOf);

    private final Map<String, Alert> open = new HashMap<>();
    private final Deque<Alert> told = new ArrayDeque<>();

    /** An alert was published; null when its key means nothing any more. */
    synchronized void told(String key, Alert alert) {
        if (alert == null) {
            open.remove(key);
            return;
        }
        if (alert.getState() == AlertState.FIRING) {
            open.put(key, alert);
        } else {
            open.remove(key);
        }
        told.addFirst(alert);
        if (told.size() > TOLD) {
            told.removeLast();
        }
    }

    /** Lets go of alerts, open or not. */
    synchronized void forget(Predicate<Alert> which) {
        open.values().removeIf(which);
        told.removeIf(which);
    }

    /** {@return how many are open} */
    synchronized int openCount() {
        return open.size();
    }

    /** {@return the open ones, about KPIs first, then the newest first} */
    synchronized List<Alert> open(int most) {
        return open.values().stream().sorted(BY_WEIGHT).limit(most).toList();
    }

    /** {@return what was told last, the newest first} */
    synchronized List<Alert> recent(int most) {
        return told.stream().limit(most).toList();
    }
}
