package io.touchpoint.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.OrderStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is counted where only some KPIs are. */
class ChosenKpisTest {

    private static final Policy POLICY = Policies.countingAt(OrderStatus.PAID);
    private static final KpiCatalogue ALL = KpiCatalogue.standard();

    @Test
    void shouldCountTheSameOfEachKpiAloneAsOfAllTogether() {
        for (long seed = 0; seed < 12; seed++) {
            var whole = facts(seed, ALL);
            for (var kpi : ALL.kpis()) {
                var alone = ALL.counting(List.of(kpi.id()));
                assertThat(countedBy(alone, facts(seed, alone)))
                        .as("%s of seed %d", kpi.id(), seed)
                        .isEqualTo(countedBy(alone, whole));
            }
        }
    }

    @Test
    void shouldTellNothingOfOrdersAndClicksWhereOnlyAnswersCount() {
        var measures = new HashSet<String>();
        facts(3, ALL.counting(List.of("nps"))).keySet().forEach(fact -> measures.add(fact.split("[|]")[0]));

        assertThat(measures)
                .containsAnyOf("nps-promoters", "nps-passives", "nps-detractors")
                .allMatch(measure -> measure.matches("nps-.*|profiles|contactable|churn-level|audience-members"));
    }

    private static Map<String, Long> facts(long seed, KpiCatalogue catalogue) {
        var customer = new FoldedCustomer(POLICY, catalogue::counts);
        new RandomHistory(seed).orderly().forEach(customer::apply);
        return customer.decisions().facts();
    }

    private static Map<String, Long> countedBy(KpiCatalogue catalogue, Map<String, Long> facts) {
        var counted = new TreeMap<String, Long>();
        facts.forEach((fact, amount) -> {
            var parts = fact.split("[|]");
            if (catalogue
                    .counted(parts[1].substring(0, parts[1].indexOf('=')), parts[0])
                    .isPresent()) {
                counted.put(fact, amount);
            }
        });
        return counted;
    }
}
