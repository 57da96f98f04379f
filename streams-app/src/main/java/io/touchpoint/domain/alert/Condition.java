package io.touchpoint.domain.alert;

import io.touchpoint.domain.alert.Finding.Answer;
import io.touchpoint.domain.catalogue.Change;
import io.touchpoint.domain.policy.InvalidPolicyException;
import io.touchpoint.records.KpiValue;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What an alert is about: a value that is too great or too small, or that has moved. */
public sealed interface Condition {

    /** Whether the window before is needed. */
    boolean compares();

    /**
     * Looks at a value that exists and rests on enough observations.
     *
     * @param before the value over the window before, where it compares
     * @param leastN how many observations that must rest on
     */
    Finding judge(KpiValue now, Supplier<KpiValue> before, long leastN);

    /** For people: when it holds. */
    String text();

    /** For people: when what has fired is over. */
    String clearText();

    /**
     * A value beyond a line.
     *
     * @param above whether it is too great there, else too small
     * @param line beyond which it holds
     * @param clear at or within which it is over
     */
    record Threshold(boolean above, double line, double clear) implements Condition {

        /** @throws InvalidPolicyException when the clear level is beyond the line */
        public Threshold {
            if (!Double.isFinite(line)) {
                throw new InvalidPolicyException(above ? "above" : "below", line, "a finite number");
            }
            if (!Double.isFinite(clear) || (above ? clear > line : clear < line)) {
                throw new InvalidPolicyException(
                        "clear",
                        Words.number(clear),
                        "a number, at " + (above ? "most " : "least ") + Words.number(line) + ", the line itself");
            }
        }

        @Override
        public boolean compares() {
            return false;
        }

        @Override
        public Finding judge(KpiValue now, Supplier<KpiValue> before, long leastN) {
            double value = now.getValue();
            if (above ? value > line : value < line) {
                return Finding.against(Answer.HOLDS, line);
            }
            boolean over = above ? value <= clear : value >= clear;
            return Finding.against(over ? Answer.CLEAR : Answer.BETWEEN, clear);
        }

        @Override
        public String text() {
            return (above ? "above " : "below ") + Words.number(line);
        }

        @Override
        public String clearText() {
            return (above ? "at most " : "at least ") + Words.number(clear);
        }
    }

    /** Where a value has moved. */
    enum Direction {
        UP,
        DOWN,
        EITHER
    }

    /**
     * A value that differs from that of the window before by more than chance.
     *
     * @param direction where to
     * @param confidence of the interval that must leave out 0 for it to hold
     * @param clear of the interval that must hold 0 for it to be over
     * @param least how much it must differ at least, in points or percent
     */
    record Shift(Direction direction, double confidence, double clear, double least) implements Condition {

        private static final String LEVELS = "one of 0.8, 0.9, 0.95, 0.99, 0.999";

        /** @throws InvalidPolicyException when a value is out of range */
        public Shift {
            if (!Change.confidences().contains(confidence)) {
                throw new InvalidPolicyException("confidence", confidence, LEVELS);
            }
            if (!Change.confidences().contains(clear) || clear > confidence) {
                throw new InvalidPolicyException("clear", clear, LEVELS + ", at most " + confidence);
            }
            if (!(least >= 0) || Double.isInfinite(least)) {
                throw new InvalidPolicyException("least", least, "a number, 0 or more");
            }
        }

        @Override
        public boolean compares() {
            return true;
        }

        @Override
        public Finding judge(KpiValue now, Supplier<KpiValue> before, long leastN) {
            KpiValue then = before.get();
            if (then.getValue() == null || then.getN() < leastN) {
                return Finding.UNKNOWN;
            }
            Optional<Change> sure = Change.between(then, now, confidence);
            if (sure.isEmpty()) {
                return Finding.UNKNOWN;
            }
            Change change = sure.get();
            boolean holds = moved(change) && Math.abs(change.difference()) >= least;
            boolean lingers =
                    Change.between(then, now, clear).filter(this::moved).isPresent();
            Answer answer = holds ? Answer.HOLDS : lingers ? Answer.BETWEEN : Answer.CLEAR;
            return new Finding(answer, null, then.getValue(), change.low(), change.high());
        }

        private boolean moved(Change change) {
            return switch (change.verdict()) {
                case UP -> direction != Direction.DOWN;
                case DOWN -> direction != Direction.UP;
                case NOISE -> false;
            };
        }

        @Override
        public String text() {
            String where = switch (direction) {
                case UP -> "up";
                case DOWN -> "down";
                case EITHER -> "moved";
            };
            return where + " against the window before, by " + percent(confidence)
                    + (least > 0 ? " and at least " + Words.number(least) : "");
        }

        @Override
        public String clearText() {
            return "no longer so by " + percent(clear);
        }

        private static String percent(double confidence) {
            return String.format(Locale.ROOT, "%s %%", Words.number(confidence * 100));
        }
    }
}
