package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.measure.PaidOrders.Change;

/**
 * Distinct buyers of a calendar period, and of those that came back from the period before, each at the start of the period. A period of which orders may have been let go
 * stays as it was counted.
 */
final class PeriodMeasures {

    private static final PeriodKind[] KINDS = PeriodKind.values();

    private final Periods periods;
    private final String[] buyers = new String[KINDS.length];
    private final String[] repeat = new String[KINDS.length];
    private final String[] repeatDays = new String[KINDS.length];
    private final String[] base = new String[KINDS.length];
    private final String[] retained = new String[KINDS.length];

    /** What a customer bought in one period and segment. */
    private record Bought(int orders, boolean severalDays) {
        private static final Bought NOTHING = new Bought(0, false);
    }

    /** All that one change is told from. */
    private record Scene(Change change, PaidOrders before, PaidOrders after, long floor, FactSink facts) {}

    PeriodMeasures(Periods periods) {
        this.periods = periods;
        for (var kind : KINDS) {
            buyers[kind.ordinal()] = Measures.PERIOD_BUYERS.per(kind);
            repeat[kind.ordinal()] = Measures.PERIOD_REPEAT_BUYERS.per(kind);
            repeatDays[kind.ordinal()] = Measures.PERIOD_REPEAT_BUYERS_DAYS.per(kind);
            base[kind.ordinal()] = Measures.RETENTION_BASE.per(kind);
            retained[kind.ordinal()] = Measures.RETAINED.per(kind);
        }
    }

    /**
     * @param change of a payment
     * @param floor epoch milliseconds up to which orders may have been let go
     */
    void tell(Change change, PaidOrders before, PaidOrders after, long floor, FactSink facts) {
        var scene = new Scene(change, before, after, floor, facts);
        if (change.before() != null) {
            segments(scene, change.segmentsBefore(), null);
        }
        if (change.after() != null) {
            segments(scene, change.segmentsAfter(), change.before());
        }
    }

    private void segments(Scene scene, OrderSegments segments, PaidOrder told) {
        for (int i = 0; i < segments.size(); i++) {
            var dimension = segments.dimensions[i];
            if (Measures.PERIOD_BUYERS.dimensions().contains(dimension)
                    && (told == null || !told.in(dimension, segments.values[i]))) {
                for (var kind : KINDS) {
                    segment(scene, kind, dimension, segments.values[i]);
                }
            }
        }
    }

    private void segment(Scene scene, PeriodKind kind, String dimension, String value) {
        var was = scene.change.before();
        var is = scene.change.after();
        long first = periods.start(kind, was == null ? is.paidAt : was.paidAt);
        long second = is == null ? first : periods.start(kind, is.paidAt);
        boolean came = period(scene, kind, first, dimension, value);
        boolean cameSecond = second != first && period(scene, kind, second, dimension, value);
        if ((came || cameSecond) && (dimension.equals(Facts.ALL) || dimension.equals(Dimensions.COUNTRY))) {
            long afterFirst = periods.end(kind, first);
            long afterSecond = periods.end(kind, second);
            retention(scene, kind, first, dimension, value);
            retention(scene, kind, afterFirst, dimension, value);
            if (second != first && second != afterFirst) {
                retention(scene, kind, second, dimension, value);
            }
            if (second != first && afterSecond != first) {
                retention(scene, kind, afterSecond, dimension, value);
            }
        }
    }

    /** {@return whether the customer became a buyer of the period, or ceased to be one} */
    private boolean period(Scene scene, PeriodKind kind, long start, String dimension, String value) {
        if (start <= scene.floor) {
            return false;
        }
        long end = periods.end(kind, start);
        var was = bought(scene.before, start, end, dimension, value);
        var is = bought(scene.after, start, end, dimension, value);
        int at = kind.ordinal();
        move(buyers[at], dimension, value, start, was.orders > 0, is.orders > 0, scene.facts);
        move(repeat[at], dimension, value, start, was.orders > 1, is.orders > 1, scene.facts);
        move(repeatDays[at], dimension, value, start, was.severalDays, is.severalDays, scene.facts);
        return was.orders > 0 != is.orders > 0;
    }

    private static Bought bought(PaidOrders orders, long start, long end, String dimension, String value) {
        int count = 0;
        boolean severalDays = false;
        long day = 0;
        for (int i = orders.from(start); i < orders.size() && orders.get(i).paidAt < end && !severalDays; i++) {
            if (orders.get(i).in(dimension, value)) {
                long other = PaidOrders.startOfDay(orders.get(i).paidAt);
                severalDays = count > 0 && other != day;
                day = other;
                count++;
            }
        }
        return count == 0 ? Bought.NOTHING : new Bought(count, severalDays);
    }

    private void retention(Scene scene, PeriodKind kind, long start, String dimension, String value) {
        long previous = periods.before(kind, start);
        if (previous <= scene.floor) {
            return;
        }
        long end = periods.end(kind, start);
        boolean baseBefore = any(scene.before, previous, start, dimension, value);
        boolean baseAfter = any(scene.after, previous, start, dimension, value);
        boolean retainedBefore = baseBefore && any(scene.before, start, end, dimension, value);
        boolean retainedAfter = baseAfter && any(scene.after, start, end, dimension, value);
        move(base[kind.ordinal()], dimension, value, start, baseBefore, baseAfter, scene.facts);
        move(retained[kind.ordinal()], dimension, value, start, retainedBefore, retainedAfter, scene.facts);
    }

    private static boolean any(PaidOrders orders, long start, long end, String dimension, String value) {
        for (int i = orders.from(start); i < orders.size() && orders.get(i).paidAt < end; i++) {
            if (orders.get(i).in(dimension, value)) {
                return true;
            }
        }
        return false;
    }

    private static void move(
            String measure, String dimension, String value, long start, boolean was, boolean is, FactSink facts) {
        if (was != is) {
            facts.fact(measure, dimension, value, start, is ? 1 : -1);
        }
    }
}
