package io.touchpoint.domain.policy;

import io.touchpoint.records.SuppressionScope;
import java.time.Duration;

/**
 * How long, and how widely, a purchase keeps its buyer from being shown the product again.
 *
 * @param scope SKU: just the product that was bought; CATEGORY: everything in its category. ALL is not a rule for purchases
 * @param coolDown from the PAID instant on; above zero and at most 365 days
 */
public record CategoryRule(SuppressionScope scope, Duration coolDown) {

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public CategoryRule {
        Bounds.present("scope", scope);
        if (scope == SuppressionScope.ALL) {
            throw new InvalidPolicyException("scope", scope, "SKU or CATEGORY");
        }
        Bounds.upTo(Bounds.YEAR, "cool-down", coolDown);
    }
}
