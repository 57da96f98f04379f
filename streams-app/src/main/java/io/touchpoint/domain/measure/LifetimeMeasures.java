package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.measure.PaidOrders.Change;
import java.util.List;
import java.util.Objects;

/**
 * What a customer is worth in all, by the country of the first paid order, and what the customers of a month are worth in the months after. Both move as a whole when an
 * earlier order becomes known.
 */
final class LifetimeMeasures {

    private static final String COHORT_CUSTOMERS = Measures.COHORT_CUSTOMERS.per(PeriodKind.MONTH);
    private static final String COHORT_ACTIVE = Measures.COHORT_ACTIVE.per(PeriodKind.MONTH);

    private final MoneyNames.Book names;
    private final Periods periods;

    LifetimeMeasures(MoneyNames.Book names, Periods periods) {
        this.names = names;
        this.periods = periods;
    }

    void tell(List<Change> changes, PaidOrders before, PaidOrders after, PastOrders past, FactSink facts) {
        var country = country(before, past);
        boolean sameCountry = Objects.equals(country, country(after, past));
        boolean sameCohort = cohort(before, past) == cohort(after, past);
        for (var change : changes) {
            net(change.before(), -1, Facts.ALL, "", facts);
            net(change.after(), 1, Facts.ALL, "", facts);
            if (sameCountry) {
                net(change.before(), -1, Dimensions.COUNTRY, country, facts);
                net(change.after(), 1, Dimensions.COUNTRY, country, facts);
            }
        }
        if (!sameCountry) {
            nets(before, -1, country, facts);
            nets(after, 1, country(after, past), facts);
        }
        if (changes.stream().anyMatch(Change::ofPayment)) {
            customers(before, past, -1, after, facts);
            customers(after, past, 1, before, facts);
        }
        cohorts(changes, before, after, past, sameCohort, facts);
    }

    private static String country(PaidOrders orders, PastOrders past) {
        var first = orders.first();
        if (past.any() && (first == null || past.firstPaid() <= first.paidAt)) {
            return past.firstCountry();
        }
        return first == null ? null : first.country;
    }

    private void nets(PaidOrders orders, int sign, String country, FactSink facts) {
        for (int i = 0; i < orders.size(); i++) {
            net(orders.get(i), sign, Dimensions.COUNTRY, country, facts);
        }
    }

    private void net(PaidOrder order, int sign, String dimension, String value, FactSink facts) {
        if (order != null) {
            for (var currency : order.currencies()) {
                long net = order.net(currency);
                if (net != 0) {
                    facts.fact(names.in(currency).lifetimeNet, dimension, value, order.paidAt, sign * net);
                }
            }
        }
    }

    /** A customer counts in each currency of an order, at the first of them, in the country of the very first order. */
    private void customers(PaidOrders orders, PastOrders past, int sign, PaidOrders other, FactSink facts) {
        var country = country(orders, past);
        boolean sameCountry = Objects.equals(country, country(other, past));
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            if (firstIn(orders, order) && !past.paidIn(order.currency)) {
                var match = firstIn(other, order.currency);
                boolean sameTime = match != null && match.paidAt == order.paidAt;
                var measure = names.in(order.currency).lifetimeCustomers;
                if (!sameTime) {
                    facts.fact(measure, Facts.ALL, "", order.paidAt, sign);
                }
                if (!sameTime || !sameCountry) {
                    facts.fact(measure, Dimensions.COUNTRY, country, order.paidAt, sign);
                }
            }
        }
    }

    private static boolean firstIn(PaidOrders orders, PaidOrder order) {
        return firstIn(orders, order.currency) == order;
    }

    private static PaidOrder firstIn(PaidOrders orders, String currency) {
        for (int i = 0; i < orders.size(); i++) {
            if (orders.get(i).currency.equals(currency)) {
                return orders.get(i);
            }
        }
        return null;
    }

    /** {@return the start of the month of the first paid order; the least long where there is none} */
    private long cohort(PaidOrders orders, PastOrders past) {
        long first = past.any() ? past.firstPaid() : Long.MAX_VALUE;
        first = orders.first() == null ? first : Math.min(first, orders.first().paidAt);
        return first == Long.MAX_VALUE ? Long.MIN_VALUE : periods.start(PeriodKind.MONTH, first);
    }

    private void cohorts(
            List<Change> changes,
            PaidOrders before,
            PaidOrders after,
            PastOrders past,
            boolean sameCohort,
            FactSink facts) {
        if (!sameCohort) {
            cohort(before, past, -1, facts);
            cohort(after, past, 1, facts);
            return;
        }
        long start = cohort(after, past);
        var cohort = start == Long.MIN_VALUE ? null : periods.month(start);
        for (var change : changes) {
            cohortNet(change.before(), -1, cohort, facts);
            cohortNet(change.after(), 1, cohort, facts);
            if (change.ofPayment()) {
                long was = change.before() == null ? Long.MIN_VALUE : month(change.before());
                long is = change.after() == null ? Long.MIN_VALUE : month(change.after());
                active(was, before, after, past, cohort, facts);
                if (is != was) {
                    active(is, before, after, past, cohort, facts);
                }
            }
        }
    }

    private void active(
            long month, PaidOrders before, PaidOrders after, PastOrders past, String cohort, FactSink facts) {
        if (month > past.floor()) {
            long last = periods.end(PeriodKind.MONTH, month) - 1;
            boolean was = before.anyWithin(month, last);
            boolean is = after.anyWithin(month, last);
            if (was != is) {
                facts.fact(COHORT_ACTIVE, Dimensions.COHORT, cohort, month, is ? 1 : -1);
            }
        }
    }

    /** The first order is never let go while later ones are corrected, so a cohort that moves is known as a whole. */
    private void cohort(PaidOrders orders, PastOrders past, int sign, FactSink facts) {
        long start = cohort(orders, past);
        if (start == Long.MIN_VALUE) {
            return;
        }
        var cohort = periods.month(start);
        facts.fact(COHORT_CUSTOMERS, Dimensions.COHORT, cohort, start, sign);
        long told = Long.MIN_VALUE;
        for (int i = 0; i < orders.size(); i++) {
            long month = month(orders.get(i));
            if (month != told) {
                facts.fact(COHORT_ACTIVE, Dimensions.COHORT, cohort, month, sign);
                told = month;
            }
            cohortNet(orders.get(i), sign, cohort, facts);
        }
    }

    private long month(PaidOrder order) {
        return periods.start(PeriodKind.MONTH, order.paidAt);
    }

    private void cohortNet(PaidOrder order, int sign, String cohort, FactSink facts) {
        if (order != null) {
            for (var currency : order.currencies()) {
                long net = order.net(currency);
                if (net != 0) {
                    facts.fact(names.in(currency).cohortNet, Dimensions.COHORT, cohort, month(order), sign * net);
                }
            }
        }
    }
}
