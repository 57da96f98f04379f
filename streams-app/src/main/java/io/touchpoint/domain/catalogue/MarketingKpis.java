package io.touchpoint.domain.catalogue;

import static io.touchpoint.domain.catalogue.Declaration.kpi;
import static io.touchpoint.domain.catalogue.Term.minus;
import static io.touchpoint.domain.catalogue.Term.plus;
import static io.touchpoint.domain.kpi.Measures.AUDIENCE_MEMBERS;
import static io.touchpoint.domain.kpi.Measures.CLICK_DAYS;
import static io.touchpoint.domain.kpi.Measures.CONVERTED_CLICK_DAYS;
import static io.touchpoint.domain.kpi.Measures.CREDIT;
import static io.touchpoint.domain.kpi.Measures.CREDIT_MARGIN;
import static io.touchpoint.domain.kpi.Measures.CREDIT_UNCOSTED;
import static io.touchpoint.domain.kpi.Measures.LEADS;
import static io.touchpoint.domain.kpi.Measures.LEADS_WON;
import static io.touchpoint.domain.kpi.Measures.LEAK_COST;
import static io.touchpoint.domain.kpi.Measures.NEW_CUSTOMERS;
import static io.touchpoint.domain.kpi.Measures.RETARGETING_COST;
import static io.touchpoint.domain.kpi.Measures.REVENUE;
import static io.touchpoint.domain.kpi.Measures.REVENUE_TAKEN;
import static io.touchpoint.domain.kpi.Measures.SPEND;

import java.time.Duration;
import java.util.List;

/** What advertising costs and brings. A day's spend is in its UTC day. */
final class MarketingKpis {
    /** How long after a click a first order counts as its success. */
    private static final Duration CONVERSION = Duration.ofDays(30);

    private MarketingKpis() {}

    static List<Kpi> acquisition() {
        return List.of(
                kpi(
                                "cr",
                                "percent",
                                "conversion rate: customer × UTC day with a click, converted when the first PAID after that"
                                        + " day's first click is within 30 days")
                        .is(Ratio.of(CONVERTED_CLICK_DAYS, CLICK_DAYS).percent(), CLICK_DAYS.dimensions())
                        .over(RollingWindow.DAYS)
                        .maturesIn(CONVERSION)
                        .with(new WilsonInterval(CONVERTED_CLICK_DAYS, CLICK_DAYS))
                        .from("the share, its cohort in the denominator"),
                kpi(
                                "cac",
                                "minor units",
                                "customer acquisition cost: ad spend / new customers, in the same window or period")
                        .is(Ratio.of(SPEND, NEW_CUSTOMERS), SPEND.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("paid cost over new customers by last click"),
                kpi("cpl", "minor units", "cost per lead: ad spend / leads that are not INVALID")
                        .is(Ratio.of(SPEND, LEADS), SPEND.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("the quotient"),
                kpi("lcr", "percent", "lead close rate: won / created without INVALID, at the creation of the lead")
                        .is(Ratio.of(LEADS_WON, LEADS).percent(), LEADS.dimensions())
                        .with(new WilsonInterval(LEADS_WON, LEADS))
                        .from("by cohort of creation, so that it never exceeds 100"));
    }

    static List<Kpi> returns() {
        return List.of(
                kpi("roas", "multiple", "return on ad spend: attributed net revenue / spend")
                        .is(Ratio.of(CREDIT, SPEND), SPEND.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("the quotient, by attribution model"),
                kpi(
                                "romi",
                                "percent",
                                "return on marketing: (attributed margin − spend) / spend; no value while an attributed"
                                        + " line lacks its unit cost")
                        .is(
                                Ratio.of(List.of(plus(CREDIT_MARGIN), minus(SPEND)), List.of(plus(SPEND)))
                                        .percent()
                                        .unless(CREDIT_UNCOSTED),
                                SPEND.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("on margin, by attribution model"),
                kpi("drr", "percent", "share of ad costs: spend / attributed net revenue")
                        .is(Ratio.of(SPEND, CREDIT).percent(), SPEND.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("100 / roas on the same base"),
                kpi("drr-total", "percent", "spend / revenue-net, attributed or not")
                        .is(
                                Ratio.of(List.of(plus(SPEND)), List.of(plus(REVENUE), minus(REVENUE_TAKEN)))
                                        .percent(),
                                SPEND.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("the share of ad costs in all revenue"));
    }

    static List<Kpi> waste() {
        return List.of(
                kpi(
                                "leak-cost",
                                "minor units",
                                "cost of retargeting clicks on what was suppressed as bought at that time")
                        .is(Ratio.sum(plus(LEAK_COST)), LEAK_COST.dimensions())
                        .from("what the suppression list would have saved"),
                kpi("leak-share", "percent", "leak-cost / cost of all retargeting clicks")
                        .is(Ratio.of(LEAK_COST, RETARGETING_COST).percent(), LEAK_COST.dimensions())
                        .from("the share"),
                kpi(
                                "audience-members",
                                "count",
                                "memberships in suppression audiences now, by platform: one for each customer and suppression"
                                        + " that the platform was told of and not told to forget")
                        .is(Ratio.sum(plus(AUDIENCE_MEMBERS)), AUDIENCE_MEMBERS.dimensions())
                        .total()
                        .from("added − removed on audience-changes, refreshes aside"));
    }
}
