package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which of the measures that take work are counted. The work is by families: where one measure of a family is counted, facts of all of it are told. */
final class Families {

    final boolean orders;
    final boolean buyers;
    final boolean periodBuyers;
    final boolean lifetime;
    final boolean expected;
    final boolean newCustomers;
    final boolean clickDays;
    final boolean credit;
    final boolean adCost;
    final boolean answers;
    final boolean invitations;
    final boolean tickets;
    final boolean journey;

    Families(Predicate<Measure> counted) {
        orders = any(counted, Measures.ORDERS, Measures.REVENUE, Measures.REVENUE_TAKEN, Measures.ORDER_VALUE);
        buyers = any(counted, Measures.BUYERS, Measures.REPEAT_BUYERS, Measures.REPEAT_BUYERS_DAYS);
        periodBuyers = any(
                counted,
                Measures.PERIOD_BUYERS,
                Measures.PERIOD_REPEAT_BUYERS,
                Measures.PERIOD_REPEAT_BUYERS_DAYS,
                Measures.RETENTION_BASE,
                Measures.RETAINED);
        lifetime = any(
                counted,
                Measures.LTV_NET,
                Measures.LTV_CUSTOMERS,
                Measures.COHORT_CUSTOMERS,
                Measures.COHORT_ACTIVE,
                Measures.COHORT_NET);
        expected = any(counted, Measures.CLV_EXPECTED, Measures.CLV_CUSTOMERS);
        newCustomers = any(counted, Measures.NEW_CUSTOMERS);
        clickDays = any(counted, Measures.CLICK_DAYS, Measures.CONVERTED_CLICK_DAYS);
        credit = any(counted, Measures.CREDIT, Measures.CREDIT_MARGIN, Measures.CREDIT_UNCOSTED);
        adCost = any(counted, Measures.RETARGETING_COST, Measures.LEAK_COST);
        answers = any(
                counted,
                Measures.CSAT_ANSWERS,
                Measures.CSAT_SATISFIED,
                Measures.CSAT_SCORE,
                Measures.CES_ANSWERS,
                Measures.CES_EASY,
                Measures.CES_SCORE);
        invitations = any(counted, Measures.INVITATIONS, Measures.INVITATIONS_ANSWERED);
        tickets = any(
                counted,
                Measures.TICKETS_OPENED,
                Measures.TICKETS_OPEN,
                Measures.FIRST_REPLY,
                Measures.RESOLUTION,
                Measures.RESOLVED,
                Measures.REOPENED);
        journey = any(counted, Measures.JOURNEY_STEPS, Measures.JOURNEY_GAP);
    }

    /** {@return whether anything is counted that rests on clicks and the orders after them} */
    boolean ofClicks() {
        return clickDays || newCustomers || credit;
    }

    private static boolean any(Predicate<Measure> counted, Measure... measures) {
        return Stream.of(measures).anyMatch(counted);
    }
}
