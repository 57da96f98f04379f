package io.touchpoint.domain.policy;

import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.time.Duration;
import java.util.Map;

/**
 * When a customer is no longer shown what they bought.
 *
 * @param countsAt the status from which an order's lines count as bought: PLACED, PAID, SHIPPED or DELIVERED
 * @param defaultRule for every category without a rule of its own
 * @param categories rules by category, spelled exactly as the orders spell it
 * @param detractorCoolDown how long a detractor is shown nothing at all; above zero and at most 365 days
 */
public record SuppressionRules(
        OrderStatus countsAt,
        CategoryRule defaultRule,
        Map<String, CategoryRule> categories,
        Duration detractorCoolDown) {

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public SuppressionRules {
        Bounds.present("counts-at", countsAt);
        switch (countsAt) {
            case PLACED, PAID, SHIPPED, DELIVERED -> {}
            case CANCELLED, RETURNED ->
                throw new InvalidPolicyException("counts-at", countsAt, "PLACED, PAID, SHIPPED or DELIVERED");
        }
        Bounds.present("default", defaultRule);
        Bounds.present("categories", categories);
        Bounds.upTo(Bounds.YEAR, "detractor.cool-down", detractorCoolDown);
        categories = Map.copyOf(categories);
    }

    /**
     * The rule for a line of this category. A line without a category has the default rule, and always by SKU: there is no category
     * that it could suppress.
     */
    public CategoryRule rule(String categoryOrNull) {
        if (categoryOrNull != null) {
            return categories.getOrDefault(categoryOrNull, defaultRule);
        }
        return defaultRule.scope() == SuppressionScope.SKU
                ? defaultRule
                : new CategoryRule(SuppressionScope.SKU, defaultRule.coolDown());
    }
}
