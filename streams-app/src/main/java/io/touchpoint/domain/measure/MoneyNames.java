package io.touchpoint.domain.measure;

import static io.touchpoint.domain.kpi.Measures.MODELS;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.kpi.PeriodKind;
import java.util.HashMap;
import java.util.Map;

/** The ids of the money measures in one currency, each made once. */
final class MoneyNames {

    final String revenue;
    final String taken;
    final BucketNames orderValue;
    final String lifetimeNet;
    final String lifetimeCustomers;
    final String cohortNet;
    final String clvExpected;
    final String clvCustomers;
    final String retargetingCost;
    final String leakCost;
    /** By the number of the attribution model. */
    final String[] credit;

    final String[] margin;
    final String[] uncosted;

    private MoneyNames(String currency) {
        revenue = Measures.REVENUE.in(currency);
        taken = Measures.REVENUE_TAKEN.in(currency);
        orderValue = new BucketNames(Measures.ORDER_VALUE.id() + '/' + currency);
        lifetimeNet = Measures.LTV_NET.in(currency);
        lifetimeCustomers = Measures.LTV_CUSTOMERS.in(currency);
        cohortNet = Measures.COHORT_NET.per(PeriodKind.MONTH, currency);
        clvExpected = Measures.CLV_EXPECTED.per(PeriodKind.MONTH, currency);
        clvCustomers = Measures.CLV_CUSTOMERS.per(PeriodKind.MONTH, currency);
        retargetingCost = Measures.RETARGETING_COST.in(currency);
        leakCost = Measures.LEAK_COST.in(currency);
        credit = ofModels(Measures.CREDIT, currency);
        margin = ofModels(Measures.CREDIT_MARGIN, currency);
        uncosted = ofModels(Measures.CREDIT_UNCOSTED, currency);
    }

    private static String[] ofModels(Measure measure, String currency) {
        return MODELS.stream().map(model -> measure.in(currency, model)).toArray(String[]::new);
    }

    /** The ids by currency. Not thread-safe. */
    static final class Book {
        private final Map<String, MoneyNames> byCurrency = new HashMap<>();

        /** {@return the ids in a currency} */
        MoneyNames in(String currency) {
            var names = byCurrency.get(currency);
            if (names == null) {
                names = new MoneyNames(currency);
                byCurrency.put(currency, names);
            }
            return names;
        }
    }
}
