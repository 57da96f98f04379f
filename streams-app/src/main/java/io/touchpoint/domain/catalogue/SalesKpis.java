package io.touchpoint.domain.catalogue;

import static io.touchpoint.domain.catalogue.Declaration.kpi;
import static io.touchpoint.domain.catalogue.Term.ever;
import static io.touchpoint.domain.catalogue.Term.minus;
import static io.touchpoint.domain.catalogue.Term.plus;
import static io.touchpoint.domain.kpi.Measures.BUYERS;
import static io.touchpoint.domain.kpi.Measures.CHURN_LEVEL;
import static io.touchpoint.domain.kpi.Measures.CLV_CUSTOMERS;
import static io.touchpoint.domain.kpi.Measures.CLV_EXPECTED;
import static io.touchpoint.domain.kpi.Measures.COHORT_ACTIVE;
import static io.touchpoint.domain.kpi.Measures.COHORT_CUSTOMERS;
import static io.touchpoint.domain.kpi.Measures.COHORT_NET;
import static io.touchpoint.domain.kpi.Measures.LTV_CUSTOMERS;
import static io.touchpoint.domain.kpi.Measures.LTV_NET;
import static io.touchpoint.domain.kpi.Measures.NEW_CUSTOMERS;
import static io.touchpoint.domain.kpi.Measures.ORDERS;
import static io.touchpoint.domain.kpi.Measures.ORDER_VALUE;
import static io.touchpoint.domain.kpi.Measures.PERIOD_BUYERS;
import static io.touchpoint.domain.kpi.Measures.PERIOD_REPEAT_BUYERS;
import static io.touchpoint.domain.kpi.Measures.PERIOD_REPEAT_BUYERS_DAYS;
import static io.touchpoint.domain.kpi.Measures.REPEAT_BUYERS;
import static io.touchpoint.domain.kpi.Measures.REPEAT_BUYERS_DAYS;
import static io.touchpoint.domain.kpi.Measures.RETAINED;
import static io.touchpoint.domain.kpi.Measures.RETENTION_BASE;
import static io.touchpoint.domain.kpi.Measures.REVENUE;
import static io.touchpoint.domain.kpi.Measures.REVENUE_TAKEN;
import static io.touchpoint.domain.kpi.PeriodKind.DAY;
import static io.touchpoint.domain.kpi.PeriodKind.MONTH;
import static io.touchpoint.domain.kpi.PeriodKind.WEEK;

import java.util.List;

/** What is sold, to whom, and who comes back. */
final class SalesKpis {
    private SalesKpis() {}

    static List<Kpi> orders() {
        return List.of(
                kpi("orders", "count", "orders that reached PAID, at PAID, whatever happens to them later")
                        .is(Ratio.sum(plus(ORDERS)), ORDERS.dimensions())
                        .from("the count"),
                kpi("revenue", "minor units", "gross revenue of paid orders, at PAID; n is the orders")
                        .is(Ratio.sum(plus(REVENUE)).observing(ORDER_VALUE), ORDERS.dimensions())
                        .from("the sum"),
                kpi("revenue-net", "minor units", "less returns and cancellations, at the PAID they are matched to")
                        .is(Ratio.sum(plus(REVENUE), minus(REVENUE_TAKEN)).observing(ORDER_VALUE), ORDERS.dimensions())
                        .from("the sum"),
                kpi("aov", "minor units", "average order value: revenue / paid orders in the currency")
                        .is(Ratio.of(REVENUE, ORDER_VALUE), ORDERS.dimensions())
                        .from("the mean"),
                kpi("aov-net", "minor units", "average order value, net of returns and cancellations")
                        .is(
                                Ratio.of(List.of(plus(REVENUE), minus(REVENUE_TAKEN)), List.of(plus(ORDER_VALUE))),
                                ORDERS.dimensions())
                        .from("the mean"),
                kpi("aov-median", "minor units", "median gross order value")
                        .is(new Quantile(ORDER_VALUE, 50), ORDERS.dimensions())
                        .from("Masson, Rim, Lee, DDSketch (2019), γ = 1.02"),
                kpi("aov-p90", "minor units", "90th percentile of gross order values")
                        .is(new Quantile(ORDER_VALUE, 90), ORDERS.dimensions())
                        .from("Masson, Rim, Lee, DDSketch (2019), γ = 1.02"));
    }

    static List<Kpi> customers() {
        return List.of(
                kpi(
                                "new-customers",
                                "count",
                                "customers whose first PAID it is; by platform and campaign, by the last click"
                                        + " in the 30 days before, else `none`")
                        .is(Ratio.sum(plus(NEW_CUSTOMERS)), NEW_CUSTOMERS.dimensions())
                        .from("the count"),
                kpi(
                                "rpr",
                                "percent",
                                "repeat purchase rate: customers with two paid orders or more / customers with one or more")
                        .is(Ratio.of(REPEAT_BUYERS, BUYERS).percent(), BUYERS.dimensions())
                        .inPeriods(Ratio.of(PERIOD_REPEAT_BUYERS, PERIOD_BUYERS).percent(), PERIOD_BUYERS.dimensions())
                        .from("the share"),
                kpi(
                                "rpr-days",
                                "percent",
                                "the same by distinct UTC days with a paid order, so that a split order is one")
                        .is(Ratio.of(REPEAT_BUYERS_DAYS, BUYERS).percent(), BUYERS.dimensions())
                        .inPeriods(
                                Ratio.of(PERIOD_REPEAT_BUYERS_DAYS, PERIOD_BUYERS)
                                        .percent(),
                                PERIOD_BUYERS.dimensions())
                        .from("the share"),
                kpi(
                                "crr",
                                "percent",
                                "customer retention rate: of those who bought in the period before, who bought in this one")
                        .onlyIn(Ratio.of(RETAINED, RETENTION_BASE).percent(), RETAINED.dimensions(), DAY, WEEK, MONTH)
                        .from("by identity, since (end − new) / start exceeds 100 with customers who come back"),
                kpi("churn-rate", "percent", "100 − crr, on the same people")
                        .onlyIn(
                                Ratio.of(List.of(plus(RETENTION_BASE), minus(RETAINED)), List.of(plus(RETENTION_BASE)))
                                        .percent(),
                                RETAINED.dimensions(),
                                DAY,
                                WEEK,
                                MONTH)
                        .from("the complement of crr"),
                kpi(
                                "churn-level",
                                "count",
                                "customers who are slipping away by the model, at each level but HEALTHY; beside churn-rate,"
                                        + " which looks back")
                        .is(Ratio.sum(plus(CHURN_LEVEL)), CHURN_LEVEL.dimensions())
                        .total()
                        .from("Batislam, Denizel, Filiztekin, MBG/NBD (2007), and the weights of the policy"),
                kpi(
                                "ltv",
                                "minor units",
                                "lifetime value to date: net revenue / customers with a PAID; of a month, at its end")
                        .is(Ratio.of(LTV_NET, LTV_CUSTOMERS), LTV_NET.dimensions())
                        .total(MONTH)
                        .from("historical value; the expected one is clv"),
                kpi(
                                "clv",
                                "minor units",
                                "customer lifetime value: what a customer is expected to bring from the end of the month on, within"
                                        + " the horizon of the churn model; mean of those whose newest purchase still held is at"
                                        + " most 365 days old")
                        .onlyIn(Ratio.of(CLV_EXPECTED, CLV_CUSTOMERS), CLV_EXPECTED.dimensions(), MONTH)
                        .from(
                                "expected orders by Batislam, Denizel, Filiztekin, MBG/NBD (2007) × expected order value by Fader,"
                                        + " Hardie, The Gamma-Gamma Model (2013); revenue, not discounted"));
    }

    static List<Kpi> cohorts() {
        return List.of(
                kpi("cohort-customers", "count", "customers by the month of their first PAID, in that month")
                        .onlyIn(Ratio.sum(plus(COHORT_CUSTOMERS)), COHORT_CUSTOMERS.dimensions(), MONTH)
                        .from("the count"),
                kpi(
                                "cohort-repeat",
                                "percent",
                                "customers of a cohort with a PAID in the month / customers of the cohort")
                        .onlyIn(
                                Ratio.of(List.of(plus(COHORT_ACTIVE)), List.of(ever(COHORT_CUSTOMERS)))
                                        .percent(),
                                COHORT_ACTIVE.dimensions(),
                                MONTH)
                        .from("the share; the age is the months between"),
                kpi("cohort-net", "minor units", "net revenue of a cohort in the month")
                        .onlyIn(Ratio.sum(plus(COHORT_NET)), COHORT_NET.dimensions(), MONTH)
                        .from("the sum"));
    }
}
