package io.touchpoint.domain.customer;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.ChurnLevels;
import io.touchpoint.domain.policy.ChurnParameters;
import io.touchpoint.domain.policy.ChurnRules;
import io.touchpoint.domain.policy.Experience;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.policy.SuppressionRules;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies to test with: coffee is suppressed as a category for 30 days, audio by SKU for 90, gifts for 60, all else for 60. */
final class Policies {

    static final String VERSION = "test-7";
    static final Experience EXPERIENCE =
            new Experience(0.15, 0.10, 0.05, 0.10, 0.05, 0.05, Duration.ofDays(30), Duration.ofDays(7));

    /** All platforms, of which Google and TikTok are sent their members again often. */
    static final AudienceRules AUDIENCES = new AudienceRules(
            Map.of(
                    Platform.GOOGLE, Optional.of(Duration.ofDays(20)),
                    Platform.META, Optional.empty(),
                    Platform.TIKTOK, Optional.of(Duration.ofDays(45)),
                    Platform.YANDEX, Optional.empty()),
            Optional.empty());

    private Policies() {}

    static Policy countingAt(OrderStatus status) {
        return with(status, EXPERIENCE);
    }

    static Policy attributing(Policy policy, int lookbackDays, int halfLifeDays) {
        return new Policy(
                policy.version(),
                policy.suppression(),
                policy.churn(),
                policy.valueTiers(),
                new AttributionRules(Duration.ofDays(lookbackDays), Duration.ofDays(halfLifeDays)),
                policy.audiences());
    }

    /** {@return the same with another model of what customers are worth} */
    static Policy expecting(Policy policy, double v, String currency) {
        var model = policy.churn().model();
        var other = new ChurnParameters(
                model.version(),
                model.r(),
                model.alpha(),
                model.a(),
                model.b(),
                model.p(),
                model.q(),
                v,
                model.horizon(),
                currency);
        return new Policy(
                policy.version(),
                policy.suppression(),
                new ChurnRules(other, policy.churn().levels(), policy.churn().experience()),
                policy.valueTiers(),
                policy.attribution(),
                policy.audiences());
    }

    /** {@return the same for other platforms} */
    static Policy serving(Policy policy, AudienceRules audiences) {
        return new Policy(
                policy.version(),
                policy.suppression(),
                policy.churn(),
                policy.valueTiers(),
                policy.attribution(),
                audiences);
    }

    static Policy with(OrderStatus countsAt, Experience experience) {
        return new Policy(
                VERSION,
                new SuppressionRules(
                        countsAt,
                        rule(SuppressionScope.SKU, 60),
                        Map.of(
                                "coffee", rule(SuppressionScope.CATEGORY, 30),
                                "audio", rule(SuppressionScope.SKU, 90),
                                "gifts", rule(SuppressionScope.SKU, 60)),
                        Duration.ofDays(21)),
                new ChurnRules(
                        new ChurnParameters(
                                "model-3", 0.525, 6.183, 0.891, 1.614, 6.25, 3.74, 15.44, Duration.ofDays(90), "EUR"),
                        new ChurnLevels(0.6, 0.45, 0.35),
                        experience),
                Map.of("EUR", List.of(5_000L, 20_000L)),
                AttributionRules.DEFAULT,
                AUDIENCES);
    }

    private static CategoryRule rule(SuppressionScope scope, int days) {
        return new CategoryRule(scope, Duration.ofDays(days));
    }
}
