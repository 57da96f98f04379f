package io.touchpoint.domain.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every rule by which decisions are taken, under one version that each decision carries.
 *
 * @param version named in every decision
 * @param suppression when a customer is no longer shown what they bought
 * @param churn how churn levels are decided
 * @param valueTiers by ISO 4217 currency the two bounds of an order's value tier, ascending, in minor units: low is below the first, high
 *     from the second on. A currency that is not listed has no tiers
 * @param attribution which clicks earn credit of an order
 * @param audiences which ad platforms are told whom to spare
 */
public record Policy(
        String version,
        SuppressionRules suppression,
        ChurnRules churn,
        Map<String, List<Long>> valueTiers,
        AttributionRules attribution,
        AudienceRules audiences) {

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public Policy {
        Bounds.named("version", version);
        Bounds.present("suppression", suppression);
        Bounds.present("churn", churn);
        Bounds.present("value-tiers", valueTiers);
        Bounds.present("attribution", attribution);
        Bounds.present("audiences", audiences);
        valueTiers.forEach(Policy::checkTiers);
        valueTiers = valueTiers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    private static void checkTiers(String currency, List<Long> bounds) {
        Bounds.currency("value-tiers." + currency, currency);
        boolean ascending = bounds.size() == 2 && bounds.get(0) > 0 && bounds.get(0) < bounds.get(1);
        if (!ascending) {
            throw new InvalidPolicyException(
                    "value-tiers." + currency, bounds, "two amounts in minor units above 0, the smaller first");
        }
    }
}
