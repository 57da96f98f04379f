package io.touchpoint.domain.alert;

import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import java.time.Instant;
import java.util.Optional;

/**
 * Which customers want a call back: those whose latest NPS answer is 0 to 6. The policy spares them all advertising for
 * {@code suppression.detractor.cool-down}, unless a better answer, a withdrawal or an erasure comes first, and for just as long they are to be called: so
 * what is decided about that says it all.
 */
public final class CallBacks {
    private static final String EVERYTHING = "|ALL|";
    private static final String DETRACTOR = "DETRACTOR";

    private final Optional<String> rule;

    /** @param rule id of the rule, as it stands in keys; without one nobody wants a call back, and whoever did no more */
    public CallBacks(Optional<String> rule) {
        this.rule = rule;
    }

    /**
     * That a customer wants a call back.
     *
     * @param rule by which it was told
     * @param at since when, epoch milliseconds
     */
    public record Open(String rule, long at) {
        private static final char BETWEEN = '|';

        /** What an alert that fires begins. */
        public static Open of(Alert firing) {
            return new Open(firing.getRule(), firing.getDecidedAt().toEpochMilli());
        }

        /** {@return what was written, empty for null} */
        public static Optional<Open> read(String text) {
            if (text == null) {
                return Optional.empty();
            }
            int between = text.indexOf(BETWEEN);
            return Optional.of(new Open(text.substring(0, between), Long.parseLong(text.substring(between + 1))));
        }

        /** {@return for a store} */
        public String text() {
            return rule + BETWEEN + at;
        }
    }

    /** {@return whether the key is that of a decision about all advertising} */
    public static boolean concerns(String suppressionKey) {
        return suppressionKey.endsWith(EVERYTHING);
    }

    /**
     * {@return what is to be told, if anything}
     *
     * @param key of the suppression, one that {@link #concerns}
     * @param suppression null when nothing is known of it any more
     * @param open that the customer wants to be called already, if so
     * @param at when it was decided, epoch milliseconds
     */
    public Optional<Alert> decide(String key, Suppression suppression, Optional<Open> open, long at) {
        boolean wanted = rule.isPresent()
                && suppression != null
                && suppression.getState() == SuppressionState.ACTIVE
                && suppression.getReasons().contains(DETRACTOR);
        if (wanted == open.isPresent()) {
            return Optional.empty();
        }
        String customer = key.substring(0, key.length() - EVERYTHING.length());
        return Optional.of(Alert.newBuilder()
                .setRule(open.map(Open::rule).or(() -> rule).orElseThrow())
                .setKpi("nps")
                .setSegment("customer=" + KpiKey.encode(customer))
                .setState(wanted ? AlertState.FIRING : AlertState.RESOLVED)
                .setDetail(detail(wanted, suppression))
                .setDecidedAt(Instant.ofEpochMilli(at))
                .setOpenedAt(Instant.ofEpochMilli(open.map(Open::at).orElse(at)))
                .build());
    }

    private static String detail(boolean wanted, Suppression suppression) {
        if (wanted) {
            return "Answered 0 to 6 and wants a call back";
        }
        if (suppression == null) {
            return "Forgotten";
        }
        return suppression.getReasons().contains("EXPIRED")
                ? "No call is wanted any more: the time is over"
                : "No call is wanted any more: a better answer, a withdrawal, or the time is over";
    }
}
