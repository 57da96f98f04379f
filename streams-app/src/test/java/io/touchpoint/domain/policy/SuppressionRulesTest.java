package io.touchpoint.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuppressionRulesTest {

    private static final Duration MONTH = Duration.ofDays(30);

    @Test
    void shouldSuppressALineWithoutCategoryBySkuEvenWhereTheDefaultIsByCategory() {
        var rules = new SuppressionRules(
                OrderStatus.PAID, new CategoryRule(SuppressionScope.CATEGORY, MONTH), Map.of(), MONTH);

        assertThat(rules.rule(null)).isEqualTo(new CategoryRule(SuppressionScope.SKU, MONTH));
        assertThat(rules.rule("tea").scope()).isEqualTo(SuppressionScope.CATEGORY);
    }

    @Test
    void shouldRefuseToCountAReturnAsAPurchase() {
        assertThatExceptionOfType(InvalidPolicyException.class)
                .isThrownBy(() -> new SuppressionRules(
                        OrderStatus.RETURNED, new CategoryRule(SuppressionScope.SKU, MONTH), Map.of(), MONTH))
                .withMessage("counts-at: RETURNED (expected: PLACED, PAID, SHIPPED or DELIVERED)");
    }

    @Test
    void shouldRefuseToSuppressEverythingForAPurchase() {
        assertThatExceptionOfType(InvalidPolicyException.class)
                .isThrownBy(() -> new CategoryRule(SuppressionScope.ALL, MONTH))
                .withMessage("scope: ALL (expected: SKU or CATEGORY)");
    }
}
