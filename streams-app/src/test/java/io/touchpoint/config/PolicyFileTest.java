package io.touchpoint.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.ChurnLevels;
import io.touchpoint.domain.policy.ChurnParameters;
import io.touchpoint.domain.policy.Experience;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String VALID = """
            version: "check-1"
            suppression:
              counts-at: DELIVERED
              default:    { scope: SKU, cool-down: P60D }
              categories: { coffee: { scope: CATEGORY, cool-down: PT36H } }
              detractor:  { cool-down: P21D }
            churn:
              model:  { version: check-model, r: 0.525, alpha: 6.183, a: 0.891, b: 1.614, p: 6.25, q: 3.74, v: 15.44, horizon: P90D, currency: EUR }
              levels: { watch: 0.6, at-risk: 0.45, lost: 0.35 }
              experience: { detractor: 0.15, low-csat: 0.10, high-effort: 0.05, reopened-ticket: 0.11, stale-ticket: 0.06, returned-order: 0.07 }
            value-tiers: { EUR: [5000, 20000] }
            attribution: { lookback: P14D, half-life: P3D }
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryValue() throws IOException {
        var policy = PolicyFile.read(file(VALID));

        assertThat(policy.version()).isEqualTo("check-1");
        var suppression = policy.suppression();
        assertThat(suppression.countsAt()).isEqualTo(OrderStatus.DELIVERED);
        assertThat(suppression.defaultRule()).isEqualTo(new CategoryRule(SuppressionScope.SKU, Duration.ofDays(60)));
        assertThat(suppression.rule("coffee"))
                .isEqualTo(new CategoryRule(SuppressionScope.CATEGORY, Duration.ofHours(36)));
        assertThat(suppression.rule("tea")).isEqualTo(suppression.defaultRule());
        assertThat(suppression.detractorCoolDown()).isEqualTo(Duration.ofDays(21));
        assertThat(policy.churn().model())
                .isEqualTo(new ChurnParameters(
                        "check-model", 0.525, 6.183, 0.891, 1.614, 6.25, 3.74, 15.44, Duration.ofDays(90), "EUR"));
        assertThat(policy.churn().levels()).isEqualTo(new ChurnLevels(0.6, 0.45, 0.35));
        assertThat(policy.churn().experience())
                .isEqualTo(new Experience(0.15, 0.10, 0.05, 0.11, 0.06, 0.07, Duration.ofDays(30), Duration.ofDays(7)));
        assertThat(policy.valueTiers()).containsOnlyKeys("EUR").containsEntry("EUR", List.of(5_000L, 20_000L));
        assertThat(policy.attribution()).isEqualTo(new AttributionRules(Duration.ofDays(14), Duration.ofDays(3)));
    }

    @Test
    void shouldReadThePolicyThatShips() {
        var policy = PolicyFile.shipped();

        assertThat(policy.version()).isEqualTo("2026-01");
        assertThat(policy.suppression().rule("coffee").scope()).isEqualTo(SuppressionScope.CATEGORY);
        assertThat(policy.churn().experience().lasts()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void shouldDoWithoutWhatIsOptional() throws IOException {
        var policy = PolicyFile.read(file(VALID.replaceAll("(?m)^ *(categories|value-tiers|attribution):.*\\R", "")
                .replace(", currency: EUR", "")));

        assertThat(policy.suppression().categories()).isEmpty();
        assertThat(policy.valueTiers()).isEmpty();
        assertThat(policy.attribution()).isEqualTo(new AttributionRules(Duration.ofDays(30), Duration.ofDays(7)));
        assertThat(PolicyFile.read(file(VALID.replace("lookback: P14D, ", ""))).attribution())
                .isEqualTo(new AttributionRules(Duration.ofDays(30), Duration.ofDays(3)));
        assertThat(policy.churn().model().currencyOrNull()).isNull();
    }

    @Test
    void shouldServeThePlatformsThatAreNamedAndAllWhereNoneIs() throws IOException {
        assertThat(PolicyFile.read(file(VALID)).audiences()).isEqualTo(AudienceRules.DEFAULT);
        assertThat(PolicyFile.shipped().audiences()).isEqualTo(AudienceRules.DEFAULT);
        assertThat(audiences("{ platforms: {} }")).isEqualTo(AudienceRules.OFF);
        assertThat(audiences("{ platforms: { meta: {}, google: { refresh: P90D }, tiktok: {} }, default-region: GB }"))
                .isEqualTo(new AudienceRules(
                        Map.of(
                                Platform.META, Optional.empty(),
                                Platform.GOOGLE, Optional.of(Duration.ofDays(90)),
                                Platform.TIKTOK, Optional.of(Duration.ofDays(290))),
                        Optional.of("GB")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { platforms: { google: { refresh: P540D } } } | audiences.platforms.google.refresh: PT12960H (expected: an ISO-8601 duration above zero and at most P539D)
            { platforms: { tiktok: { refresh: P365D } } } | audiences.platforms.tiktok.refresh: PT8760H (expected: an ISO-8601 duration above zero and at most P364D)
            { platforms: { meta: { refresh: PT1H } } }    | audiences.platforms.meta.refresh: PT1H (expected: a day or more)
            { platforms: { meta: { every: P1D } } }       | audiences.platforms.meta.every: unknown key (expected: one of refresh)
            { platforms: { facebook: {} } }               | audiences.platforms.facebook: unknown key (expected: one of google, meta, tiktok, yandex)
            { platforms: [ meta ] }                       | audiences.platforms: ["meta"] (expected: a mapping of keys to values)
            { default-region: UK }                        | audiences.default-region: "UK" (expected: an ISO 3166-1 alpha-2 country such as GB)
            { region: GB }                                | audiences.region: unknown key (expected: one of platforms, default-region)
            """)
    void shouldNameWhatIsWrongWithAudiences(String wrong, String message) throws IOException {
        var file = file(VALID + "audiences: " + wrong + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(file))
                .withMessage(file + ": " + message);
    }

    private AudienceRules audiences(String section) throws IOException {
        return PolicyFile.read(file(VALID + "audiences: " + section + "\n")).audiences();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cool-down: P60D | cool-down: P366D | suppression.default.cool-down: PT8784H (expected: an ISO-8601 duration above zero and at most P365D)
            cool-down: P60D | cool-down: P0D   | suppression.default.cool-down: PT0S (expected: an ISO-8601 duration above zero and at most P365D)
            cool-down: P60D | cool-down: P-5D  | suppression.default.cool-down: PT-120H (expected: an ISO-8601 duration above zero and at most P365D)
            cool-down: P60D | cool-down: 60    | suppression.default.cool-down: 60 (expected: an ISO-8601 duration in days or smaller units, such as P30D or PT12H)
            cool-down: P60D | cool-down: P2M   | suppression.default.cool-down: "P2M" (expected: an ISO-8601 duration in days or smaller units, such as P30D or PT12H)
            cool-down: P21D | cooldown: P21D   | suppression.detractor.cooldown: unknown key (expected: one of cool-down)
            scope: CATEGORY | scope: ALL       | suppression.categories.coffee.scope: "ALL" (expected: one of SKU, CATEGORY)
            counts-at: DELIVERED | counts-at: RETURNED | suppression.counts-at: "RETURNED" (expected: one of PLACED, PAID, SHIPPED, DELIVERED)
            counts-at: DELIVERED | # nothing   | suppression.counts-at: missing (expected: one of PLACED, PAID, SHIPPED, DELIVERED)
            r: 0.525 | r: 0                    | churn.model.r: 0.0 (expected: a number from 0.001 to 100000)
            r: 0.525 | r: 1.0e400              | churn.model.r: Infinity (expected: a number from 0.001 to 100000)
            r: 0.525 | r: much                 | churn.model.r: "much" (expected: a number)
            q: 3.74  | q: 1                    | churn.model.q: 1.0 (expected: a number greater than 1)
            v: 15.44 | v: 1.0e400              | churn.model.v: Infinity (expected: a number greater than 0)
            currency: EUR | currency: XX       | churn.model.currency: XX (expected: an ISO 4217 currency code such as EUR)
            horizon: P90D | horizon: P3651D    | churn.model.horizon: PT87624H (expected: an ISO-8601 duration above zero and at most P3650D)
            at-risk: 0.45 | at-risk: 0.65      | churn.levels.at-risk: 0.65 (expected: a number between 0 and watch, 0.6)
            lost: 0.35    | lost: 0            | churn.levels.lost: 0.0 (expected: a number between 0 and at-risk, 0.45)
            watch: 0.6    | watch: 1           | churn.levels.watch: 1.0 (expected: a number between 0 and 1)
            low-csat: 0.10 | low-csat: -0.1    | churn.experience.low-csat: -0.1 (expected: a number from 0 to 1)
            low-csat: 0.10 | low_csat: 0.1     | churn.experience.low_csat: unknown key (expected: one of detractor, low-csat, high-effort, reopened-ticket, stale-ticket, returned-order, lasts, stale-after)
            EUR: [5000, 20000] | EUR: [20000, 5000] | value-tiers.EUR: [20000, 5000] (expected: two amounts in minor units above 0, the smaller first)
            EUR: [5000, 20000] | EUR: [50.5, 200]   | value-tiers.EUR: [50.5,200] (expected: a list of whole numbers)
            EUR: [5000, 20000] | EURO: [1, 2]       | value-tiers.EURO: EURO (expected: an ISO 4217 currency code such as EUR)
            lookback: P14D | lookback: P366D        | attribution.lookback: PT8784H (expected: an ISO-8601 duration above zero and at most P365D)
            lookback: P14D | lookback: PT0.0001S    | attribution.lookback: PT0.0001S (expected: a millisecond or more)
            lookback: P14D | look-back: P14D        | attribution.look-back: unknown key (expected: one of lookback, half-life)
            half-life: P3D | half-life: P0D         | attribution.half-life: PT0S (expected: an ISO-8601 duration above zero and at most P365D)
            half-life: P3D | half-life: 3           | attribution.half-life: 3 (expected: an ISO-8601 duration in days or smaller units, such as P30D or PT12H)
            version: "check-1" | version: ""        | version: "" (expected: a name)
            version: "check-1" | versions: "1"      | versions: unknown key (expected: one of version, suppression, churn, value-tiers, attribution, audiences)
            """)
    void shouldNameFileFieldValueAndExpectation(String right, String wrong, String message) throws IOException {
        assertThat(VALID).contains(right);
        var file = file(VALID.replace(right, wrong));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(file))
                .withMessage(file + ": " + message);
    }

    @Test
    void shouldPointAtTheLineThatIsNoYaml() throws IOException {
        var file = file(VALID.replace("cool-down: P60D }", "cool-down: P60D"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(file))
                .withMessageStartingWith(file + ": not valid YAML at line 5");
        var noNumber = file(VALID.replace("r: 0.525", "r: .nan"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(noNumber))
                .withMessage(noNumber + ": not valid YAML at line 8, column 42: Malformed numeric value '.nan'");
    }

    @Test
    void shouldRefuseTheSameKeyTwice() throws IOException {
        var file = file(VALID + "version: \"other\"\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("version");
    }

    @Test
    void shouldRefuseAFileWithoutAPolicy() throws IOException {
        var empty = file("");
        var list = file("- 1\n");
        var absent = folder.resolve("absent.yaml");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(empty))
                .withMessage(empty + ": policy: missing (expected: a mapping of keys to values)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(list))
                .withMessage(list + ": policy: [1] (expected: a mapping of keys to values)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyFile.read(absent))
                .withMessage(absent + ": no such file");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "policy", ".yaml"), content);
    }
}
