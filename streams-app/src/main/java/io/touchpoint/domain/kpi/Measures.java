package io.touchpoint.domain.kpi;

import static io.touchpoint.domain.kpi.Dimensions.CAMPAIGN;
import static io.touchpoint.domain.kpi.Dimensions.CATEGORY;
import static io.touchpoint.domain.kpi.Dimensions.CHANNEL;
import static io.touchpoint.domain.kpi.Dimensions.COHORT;
import static io.touchpoint.domain.kpi.Dimensions.COUNTRY;
import static io.touchpoint.domain.kpi.Dimensions.LEVEL;
import static io.touchpoint.domain.kpi.Dimensions.PLATFORM;
import static io.touchpoint.domain.kpi.Dimensions.REASON;
import static io.touchpoint.domain.kpi.Dimensions.STEP;
import static io.touchpoint.domain.kpi.Dimensions.TOUCHPOINT;
import static io.touchpoint.domain.kpi.Dimensions.VALUE_TIER;
import static io.touchpoint.domain.kpi.Facts.ALL;
import static io.touchpoint.domain.kpi.Measure.Split.BUCKET;
import static io.touchpoint.domain.kpi.Measure.Split.CURRENCY;
import static io.touchpoint.domain.kpi.Measure.Split.CURRENCY_BUCKET;
import static io.touchpoint.domain.kpi.Measure.Split.MODEL;
import static io.touchpoint.domain.kpi.Measure.flow;
import static io.touchpoint.domain.kpi.Measure.gauge;
import static io.touchpoint.domain.kpi.Measure.perPeriod;

import java.util.List;

/**
 * Everything that is counted. Each says at which time it counts, and in which dimensions; facts of any other measure or
 * dimension are refused by the roll-up.
 */
public final class Measures {
    /** What one answer of x = 1 adds to a sum of scores: a multiple of every usual number of steps of a scale. */
    public static final long SCORE_UNIT = 25_200_000_000L;

    /** The attribution models, as they stand in the ids of facts and the keys of KPIs. */
    public static final List<String> MODELS = List.of("first", "last", "linear", "time-decay", "position-based");

    private static final List<String> EVERYWHERE = List.of(ALL);
    private static final List<String> ANSWERS = List.of(ALL, TOUCHPOINT, CHANNEL, COUNTRY);
    private static final List<String> ORDER = List.of(ALL, CHANNEL, PLATFORM, CAMPAIGN, COUNTRY, CATEGORY, VALUE_TIER);
    private static final List<String> BUYER_PERIODS = List.of(ALL, CHANNEL, COUNTRY, CATEGORY);
    private static final List<String> ADS = List.of(ALL, PLATFORM, CAMPAIGN);
    private static final List<String> LEAD = List.of(ALL, PLATFORM, CAMPAIGN, CHANNEL);

    /** 1 at the time of a person's latest answer, by which of the three it is. */
    public static final Measure NPS_PROMOTERS = flow("nps-promoters", ANSWERS);

    public static final Measure NPS_PASSIVES = flow("nps-passives", ANSWERS);
    public static final Measure NPS_DETRACTORS = flow("nps-detractors", ANSWERS);

    /** 1 at the time of each live answer. */
    public static final Measure CSAT_ANSWERS = flow("csat-answers", ANSWERS);
    /** 1 where x ≥ 0.75. */
    public static final Measure CSAT_SATISFIED = flow("csat-satisfied", ANSWERS);
    /** x in {@link #SCORE_UNIT}s. */
    public static final Measure CSAT_SCORE = flow("csat-score", ANSWERS);
    /** 1 at the time of each live answer. */
    public static final Measure CES_ANSWERS = flow("ces-answers", ANSWERS);
    /** 1 where 1 + 6x ≥ 6. */
    public static final Measure CES_EASY = flow("ces-easy", ANSWERS);
    /** x in {@link #SCORE_UNIT}s. */
    public static final Measure CES_SCORE = flow("ces-score", ANSWERS);

    /** 1 at the time of the invitation. */
    public static final Measure INVITATIONS = flow("invitations", List.of(ALL, TOUCHPOINT, CHANNEL));
    /** 1 at the time of the invitation, once a live answer names it. */
    public static final Measure INVITATIONS_ANSWERED = flow("invitations-answered", List.of(ALL, TOUCHPOINT, CHANNEL));

    /** 1 at PAID. */
    public static final Measure ORDERS = flow("orders", ORDER);
    /** Gross, at PAID. */
    public static final Measure REVENUE = flow("revenue", CURRENCY, ORDER);
    /** What matched returns and cancellations took of it, positive, at PAID. */
    public static final Measure REVENUE_TAKEN = flow("revenue-taken", CURRENCY, ORDER);
    /** Gross per order, at PAID. */
    public static final Measure ORDER_VALUE = flow("order-value", CURRENCY_BUCKET, ORDER);

    /** 1 at a customer's newest PAID in the segment. */
    public static final Measure BUYERS = flow("buyers", ORDER);
    /** 1 at the second newest PAID. */
    public static final Measure REPEAT_BUYERS = flow("repeat-buyers", ORDER);
    /** 1 at the newest PAID of the second newest UTC day with one. */
    public static final Measure REPEAT_BUYERS_DAYS = flow("repeat-buyers-days", ORDER);
    /** Customers with a PAID in the period. */
    public static final Measure PERIOD_BUYERS = perPeriod("buyers", BUYER_PERIODS);
    /** Customers with two orders or more PAID in the period. */
    public static final Measure PERIOD_REPEAT_BUYERS = perPeriod("repeat-buyers", BUYER_PERIODS);
    /** Customers with a PAID on two UTC days or more of the period. */
    public static final Measure PERIOD_REPEAT_BUYERS_DAYS = perPeriod("repeat-buyers-days", BUYER_PERIODS);
    /** Customers with a PAID in the period before. */
    public static final Measure RETENTION_BASE = perPeriod("retention-base", List.of(ALL, COUNTRY));
    /** Customers with a PAID in the period and in the one before. */
    public static final Measure RETAINED = perPeriod("retained", List.of(ALL, COUNTRY));

    /** 1 at a customer's first PAID. */
    public static final Measure NEW_CUSTOMERS =
            flow("new-customers", List.of(ALL, COUNTRY, CHANNEL, PLATFORM, CAMPAIGN));
    /** 1 at a customer's first click of a UTC day. */
    public static final Measure CLICK_DAYS = flow("click-days", ADS);
    /** 1 at the same time, when a first PAID follows within 30 days. */
    public static final Measure CONVERTED_CLICK_DAYS = flow("converted-click-days", ADS);
    /** Net revenue to date. */
    public static final Measure LTV_NET = gauge("ltv-net", CURRENCY, List.of(ALL, COUNTRY));
    /** Customers with a PAID. */
    public static final Measure LTV_CUSTOMERS = gauge("ltv-customers", CURRENCY, List.of(ALL, COUNTRY));

    /** What customers are expected to bring from the end of the month on. */
    public static final Measure CLV_EXPECTED = perPeriod("clv-expected", CURRENCY, EVERYWHERE);
    /** Customers of whom anything is expected at the end of the month. */
    public static final Measure CLV_CUSTOMERS = perPeriod("clv-customers", CURRENCY, EVERYWHERE);

    /** Attributed net revenue, at PAID. */
    public static final Measure CREDIT = flow("credit", MODEL, ADS);
    /** Attributed net revenue less the cost of what was sold, at PAID. */
    public static final Measure CREDIT_MARGIN = flow("credit-margin", MODEL, ADS);
    /** Attributed lines without a unit cost, at PAID. */
    public static final Measure CREDIT_UNCOSTED = flow("credit-uncosted", MODEL, ADS);
    /** At the start of the UTC day. */
    public static final Measure SPEND = flow("spend", CURRENCY, ADS);
    /** 1 at the creation of a lead that is not INVALID. */
    public static final Measure LEADS = flow("leads", LEAD);
    /** 1 at the creation of a lead that is WON. */
    public static final Measure LEADS_WON = flow("leads-won", LEAD);
    /** What clicks on retargeting cost. */
    public static final Measure RETARGETING_COST = flow("retargeting-cost", CURRENCY, ADS);
    /** What of it was paid for products that were suppressed because they had been bought. */
    public static final Measure LEAK_COST = flow("leak-cost", CURRENCY, ADS);

    /** 1 at the opening of a ticket. */
    public static final Measure TICKETS_OPENED = flow("tickets-opened", List.of(ALL, CHANNEL));
    /** Tickets that are open. */
    public static final Measure TICKETS_OPEN = gauge("tickets-open", List.of(ALL, CHANNEL));
    /** Seconds from opening to the first reply of an agent, at that reply. */
    public static final Measure FIRST_REPLY = flow("first-reply", BUCKET, List.of(ALL, CHANNEL));
    /** Seconds from opening to the last RESOLVED, at that. */
    public static final Measure RESOLUTION = flow("resolution", BUCKET, List.of(ALL, CHANNEL));
    /** 1 at a ticket's last RESOLVED. */
    public static final Measure RESOLVED = flow("resolved", List.of(ALL, CHANNEL));
    /** 1 at the same time, when it was ever reopened. */
    public static final Measure REOPENED = flow("reopened", List.of(ALL, CHANNEL));

    /** Customers with a profile. */
    public static final Measure PROFILES = gauge("profiles", EVERYWHERE);
    /** Of those, the ones with a usable e-mail address or phone. */
    public static final Measure CONTACTABLE = gauge("contactable", EVERYWHERE);

    /** Memberships of customers in audiences: added and not removed. */
    public static final Measure AUDIENCE_MEMBERS = gauge("audience-members", List.of(PLATFORM));

    /** Customers at a churn level, other than HEALTHY. */
    public static final Measure CHURN_LEVEL = gauge("churn-level", List.of(LEVEL));

    /** 1 per customer of a cohort. */
    public static final Measure COHORT_CUSTOMERS = perPeriod("cohort-customers", List.of(COHORT));
    /** 1 per customer of a cohort with a PAID in the period. */
    public static final Measure COHORT_ACTIVE = perPeriod("cohort-active", List.of(COHORT));
    /** Net revenue of a cohort in the period. */
    public static final Measure COHORT_NET = perPeriod("cohort-net", CURRENCY, List.of(COHORT));

    /** 1 at the later of two neighbouring events. */
    public static final Measure JOURNEY_STEPS = flow("journey-steps", List.of(ALL, STEP));
    /** Seconds between them, at the same time. */
    public static final Measure JOURNEY_GAP = flow("journey-gap", BUCKET, List.of(ALL, STEP));

    public static final Measure RECORDS_READ = gauge("records-read", List.of(ALL, REASON));
    public static final Measure RECORDS_FOLDED = gauge("records-folded", EVERYWHERE);
    public static final Measure RECORDS_DUPLICATE = gauge("records-duplicate", EVERYWHERE);
    public static final Measure RECORDS_REJECTED = gauge("records-rejected", List.of(ALL, REASON));

    /** 1 at the arrival of a record, by the wall clock; of every reason, so that its share has all records below it. */
    public static final Measure ARRIVALS = flow("arrivals", List.of(ALL, REASON));
    /** 1 at the arrival of a record that is refused. */
    public static final Measure ARRIVALS_REJECTED = flow("arrivals-rejected", List.of(ALL, REASON));
    /** Milliseconds from when an event of a customer occurred to when it was processed, at that. */
    public static final Measure DELAY = flow("delay", BUCKET, EVERYWHERE);

    private Measures() {}
}
