package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.records.state.ExpectedValues;
import java.util.ArrayList;
import java.util.List;

/**
 * What is expected of a customer at the ends of months, each at the start of its month. The ends to come are told ahead, as they will be if the customer does nothing, so
 * that nobody has to be looked at when a month ends. What was told is kept: it is taken back as it was, also under another model.
 */
final class ExpectedMeasures {

    private static final long NOTHING = -1;

    private final MoneyNames.Book names;
    private final Periods periods;

    ExpectedMeasures(MoneyNames.Book names, Periods periods) {
        this.names = names;
        this.periods = periods;
    }

    /**
     * Tells what is expected after something that happened.
     *
     * @param told what was told before, null for nothing
     * @param since epoch milliseconds of what happened; what ends no later stays as it was told
     * @param until epoch milliseconds after which nothing is expected
     * @param settled epoch milliseconds; what ends no later is never told again
     * @return what is told now, null for nothing
     */
    ExpectedValues tell(
            ExpectedValues told, long since, long until, long settled, Expectation expectation, FactSink facts) {
        var before = new Told(told);
        long from = Math.min(periods.start(PeriodKind.MONTH, since), before.from);
        var values = new ArrayList<Long>();
        String currency = null;
        for (long month = from, end = end(month); before.isLeft() || end <= until; month = end, end = end(month)) {
            long value = before.next(month);
            if (end > since) {
                var expected = expectation.at(end);
                value = expected == null ? NOTHING : expected.minor();
                currency = expected == null ? currency : expected.currency();
            }
            values.add(value);
        }
        if (told != null && currency != null && !told.getCurrency().equals(currency)) {
            return tellAnew(told, since, until, settled, expectation, facts);
        }
        var now = new ExpectedValues(from, currency == null && told != null ? told.getCurrency() : currency, values);
        differences(told, now, facts);
        return kept(now, settled);
    }

    /** The model speaks of another currency than before. */
    private ExpectedValues tellAnew(
            ExpectedValues told, long since, long until, long settled, Expectation expectation, FactSink facts) {
        takeBack(told, Long.MIN_VALUE, facts);
        return tell(null, Math.min(told.getFrom(), since), until, settled, expectation, facts);
    }

    /** Takes back what was told of the months that end after an instant. */
    void takeBack(ExpectedValues told, long after, FactSink facts) {
        if (told == null) {
            return;
        }
        long month = told.getFrom();
        for (long value : told.getValues()) {
            long end = end(month);
            if (end > after) {
                difference(told.getCurrency(), month, value, NOTHING, facts);
            }
            month = end;
        }
    }

    private void differences(ExpectedValues told, ExpectedValues now, FactSink facts) {
        var before = new Told(told);
        long month = now.getFrom();
        for (long value : now.getValues()) {
            difference(now.getCurrency(), month, before.next(month), value, facts);
            month = end(month);
        }
    }

    private void difference(String currency, long month, long was, long is, FactSink facts) {
        if (was == is) {
            return;
        }
        long amount = Math.max(is, 0) - Math.max(was, 0);
        if (amount != 0) {
            facts.fact(names.in(currency).clvExpected, Facts.ALL, "", month, amount);
        }
        if (was == NOTHING || is == NOTHING) {
            facts.fact(names.in(currency).clvCustomers, Facts.ALL, "", month, is == NOTHING ? -1 : 1);
        }
    }

    private ExpectedValues kept(ExpectedValues now, long settled) {
        List<Long> values = now.getValues();
        long from = now.getFrom();
        int first = 0;
        for (long end; first < values.size(); from = end, first++) {
            end = end(from);
            if (end > settled && values.get(first) != NOTHING) {
                break;
            }
        }
        int last = values.size();
        while (last > first && values.get(last - 1) == NOTHING) {
            last--;
        }
        return first == last
                ? null
                : new ExpectedValues(from, now.getCurrency(), new ArrayList<>(values.subList(first, last)));
    }

    private long end(long month) {
        return periods.end(PeriodKind.MONTH, month);
    }

    /** What was told, read month by month. */
    private static final class Told {
        private final long from;
        private final List<Long> values;
        private int read;

        private Told(ExpectedValues told) {
            from = told == null ? Long.MAX_VALUE : told.getFrom();
            values = told == null ? List.of() : told.getValues();
        }

        private boolean isLeft() {
            return read < values.size();
        }

        private long next(long month) {
            return month < from || read == values.size() ? NOTHING : values.get(read++);
        }
    }
}
