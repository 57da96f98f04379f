package io.touchpoint.domain.kpi;

import java.util.List;

/**
 * Something that facts count.
 *
 * @param id lower-case, hyphenated; the facts add a currency, an attribution model, a bucket or a kind of period to it
 * @param kind how it ages
 * @param split what the facts add
 * @param dimensions by which it is counted
 */
public record Measure(String id, Kind kind, Split split, List<String> dimensions) {
    /** How a measure ages. */
    public enum Kind {
        /** Happens at a time and leaves a window when that time does. */
        FLOW,
        /** A running total that never ages. */
        GAUGE,
        /** Counted anew for each period of the calendar, at its start, because the counts of its days do not add up. */
        PER_PERIOD
    }

    /** What the facts of a measure tell apart. */
    public enum Split {
        NONE,
        /** The currency of an amount. */
        CURRENCY,
        /** The currency of an amount and the attribution model. */
        MODEL,
        /** The bucket of a value; see {@link Buckets}. */
        BUCKET,
        /** The currency of an amount and its bucket. */
        CURRENCY_BUCKET;

        /** Whether its quantiles are asked for. */
        public boolean bucketed() {
            return this == BUCKET || this == CURRENCY_BUCKET;
        }

        /** Whether it is of one currency. */
        public boolean currency() {
            return this == CURRENCY || this == MODEL || this == CURRENCY_BUCKET;
        }
    }

    /** Of an amount: the id under which facts in that currency travel. */
    public String in(String currency) {
        require(Split.CURRENCY);
        return id + '/' + currency;
    }

    /** Of an amount by attribution model: the id under which facts travel. */
    public String in(String currency, String model) {
        require(Split.MODEL);
        return id + '/' + currency + '/' + model;
    }

    /** Of a value whose quantiles are asked for: the id under which its fact travels. */
    public String bucket(long value) {
        require(Split.BUCKET);
        return id + '#' + Buckets.of(value);
    }

    /** Of an amount whose quantiles are asked for: the id under which its fact travels. */
    public String bucket(String currency, long value) {
        require(Split.CURRENCY_BUCKET);
        return id + '/' + currency + '#' + Buckets.of(value);
    }

    /** Of a count per period: the id under which facts travel. Their time is the start of the period. */
    public String per(PeriodKind period) {
        requirePerPeriod();
        require(Split.NONE);
        return id + '@' + period.name();
    }

    /** Of an amount per period: the id under which facts in that currency travel. */
    public String per(PeriodKind period, String currency) {
        requirePerPeriod();
        require(Split.CURRENCY);
        return id + '/' + currency + '@' + period.name();
    }

    private void require(Split expected) {
        if (split != expected) {
            throw new IllegalArgumentException(
                    "Measure " + id + " is split by " + split + " (asked for: " + expected + ")");
        }
    }

    private void requirePerPeriod() {
        if (kind != Kind.PER_PERIOD) {
            throw new IllegalArgumentException("Measure " + id + " is a " + kind + " (asked for: PER_PERIOD)");
        }
    }

    static Measure flow(String id, List<String> dimensions) {
        return new Measure(id, Kind.FLOW, Split.NONE, dimensions);
    }

    static Measure flow(String id, Split split, List<String> dimensions) {
        return new Measure(id, Kind.FLOW, split, dimensions);
    }

    static Measure gauge(String id, List<String> dimensions) {
        return new Measure(id, Kind.GAUGE, Split.NONE, dimensions);
    }

    static Measure gauge(String id, Split split, List<String> dimensions) {
        return new Measure(id, Kind.GAUGE, split, dimensions);
    }

    static Measure perPeriod(String id, List<String> dimensions) {
        return new Measure(id, Kind.PER_PERIOD, Split.NONE, dimensions);
    }

    static Measure perPeriod(String id, Split split, List<String> dimensions) {
        return new Measure(id, Kind.PER_PERIOD, split, dimensions);
    }
}
