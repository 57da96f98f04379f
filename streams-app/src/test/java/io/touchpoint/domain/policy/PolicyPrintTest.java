package io.touchpoint.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyPrintTest {

    private static final CategoryRule HALF_A_YEAR = rule(180);

    @Test
    void shouldBeTheSameForTheSameRulesInAnyOrder() {
        var one = new LinkedHashMap<String, CategoryRule>();
        one.put("coffee", rule(30));
        one.put("tea", rule(60));
        var other = new LinkedHashMap<String, CategoryRule>();
        other.put("tea", rule(60));
        other.put("coffee", rule(30));
        assertThat(PolicyPrint.of(policy("1", one))).isEqualTo(PolicyPrint.of(policy("1", other)));
    }

    @Test
    void shouldBeTheSameInEveryProcess() {
        assertThat(HexFormat.of().formatHex(PolicyPrint.of(policy("1", Map.of("coffee", rule(30))))))
                .isEqualTo("cac9f266c9bf0018523bbd8bd07c93c59d87204f722b50408e6bb481aacb5a03");
    }

    @Test
    void shouldDifferWhereAnyRuleDiffersThoughTheVersionDoesNot() {
        var print = PolicyPrint.of(policy("1", Map.of("coffee", rule(30))));
        assertThat(PolicyPrint.of(policy("1", Map.of("coffee", rule(31))))).isNotEqualTo(print);
        assertThat(PolicyPrint.of(policy("2", Map.of("coffee", rule(30))))).isNotEqualTo(print);
        assertThat(PolicyPrint.of(policy("1", Map.of("coffees", rule(30))))).isNotEqualTo(print);
    }

    private static CategoryRule rule(int days) {
        return new CategoryRule(SuppressionScope.SKU, Duration.ofDays(days));
    }

    private static Policy policy(String version, Map<String, CategoryRule> categories) {
        return new Policy(
                version,
                new SuppressionRules(OrderStatus.PAID, HALF_A_YEAR, categories, Duration.ofDays(30)),
                new ChurnRules(
                        new ChurnParameters("shop-1", 0.5, 6, 0.9, 1.6, 6.25, 3.74, 15.44, Duration.ofDays(90), null),
                        new ChurnLevels(0.6, 0.45, 0.35),
                        new Experience(
                                0.15,
                                0.1,
                                0.05,
                                0.1,
                                0.05,
                                0.05,
                                Experience.DEFAULT_LASTS,
                                Experience.DEFAULT_STALE_AFTER)),
                Map.of("EUR", List.of(5_000L, 20_000L)),
                AttributionRules.DEFAULT,
                AudienceRules.DEFAULT);
    }
}
