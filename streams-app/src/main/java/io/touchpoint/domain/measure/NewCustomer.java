package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.state.Click;
import java.util.List;

/** A customer at the first PAID, by the last click before it. */
record NewCustomer(long at, String country, String channel, String platform, String campaign) {

    private static final String NEW_CUSTOMERS = Measures.NEW_CUSTOMERS.id();

    /** {@return null where no first order is kept} */
    static NewCustomer of(PaidOrders orders, PastOrders past, List<Click> clicks, ClickPaths paths) {
        var first = orders.first();
        if (first == null || past.any()) {
            return null;
        }
        var last = paths.last(first.paidAt, clicks);
        return new NewCustomer(first.paidAt, first.country, first.channel, last.platform(), last.campaign());
    }

    static void tell(NewCustomer before, NewCustomer after, FactSink facts) {
        if (before == null ? after != null : !before.equals(after)) {
            if (before != null) {
                before.count(-1, facts);
            }
            if (after != null) {
                after.count(1, facts);
            }
        }
    }

    private void count(int sign, FactSink facts) {
        facts.fact(NEW_CUSTOMERS, Facts.ALL, "", at, sign);
        facts.fact(NEW_CUSTOMERS, Dimensions.COUNTRY, country, at, sign);
        facts.fact(NEW_CUSTOMERS, Dimensions.CHANNEL, channel, at, sign);
        facts.fact(NEW_CUSTOMERS, Dimensions.PLATFORM, platform, at, sign);
        facts.fact(NEW_CUSTOMERS, Dimensions.CAMPAIGN, campaign, at, sign);
    }
}
