package io.touchpoint.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.ChurnLevels;
import io.touchpoint.domain.policy.ChurnParameters;
import io.touchpoint.domain.policy.ChurnRules;
import io.touchpoint.domain.policy.Experience;
import io.touchpoint.domain.policy.InvalidPolicyException;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.policy.SuppressionRules;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the policy file: YAML, every value checked, unknown keys refused. */
public final class PolicyFile {

    private static final String SHIPPED = "policy.yaml";

    private static final List<OrderStatus> COUNTING =
            List.of(OrderStatus.PLACED, OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED);

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyFile() {}

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException when the file cannot be read or is no valid policy; the message names the file, the field, the value
     *     and what was expected
     */
    public static Policy read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return read(file.toString(), content);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
    }

    /** The policy that ships with Touchpoint. */
    public static Policy shipped() {
        try (InputStream content = PolicyFile.class.getResourceAsStream("/" + SHIPPED)) {
            return read("shipped " + SHIPPED, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Policy read(String name, InputStream content) throws IOException {
        try {
            return policy(PolicySection.root(YAML.readTree(content)));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new IllegalArgumentException(
                    name + ": not valid YAML" + where + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (InvalidPolicyException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static Policy policy(PolicySection root) {
        root.allow("version", "suppression", "churn", "value-tiers", "attribution", "audiences");
        return new Policy(
                root.text("version"),
                root.section("suppression", PolicyFile::suppression),
                root.section("churn", PolicyFile::churn),
                root.has("value-tiers") ? root.section("value-tiers", PolicyFile::valueTiers) : Map.of(),
                root.has("attribution")
                        ? root.section("attribution", PolicyFile::attribution)
                        : AttributionRules.DEFAULT,
                root.has("audiences") ? root.section("audiences", PolicyFile::audiences) : AudienceRules.DEFAULT);
    }

    private static SuppressionRules suppression(PolicySection rules) {
        rules.allow("counts-at", "default", "categories", "detractor");
        return new SuppressionRules(
                rules.oneOf("counts-at", COUNTING),
                rules.section("default", PolicyFile::categoryRule),
                rules.has("categories") ? rules.section("categories", PolicyFile::categoryRules) : Map.of(),
                rules.section("detractor", PolicyFile::coolDown));
    }

    private static Map<String, CategoryRule> categoryRules(PolicySection byCategory) {
        return byCategory.keys().stream()
                .collect(Collectors.toMap(
                        Function.identity(), category -> byCategory.section(category, PolicyFile::categoryRule)));
    }

    private static CategoryRule categoryRule(PolicySection rule) {
        rule.allow("scope", "cool-down");
        return new CategoryRule(
                rule.oneOf("scope", List.of(SuppressionScope.SKU, SuppressionScope.CATEGORY)),
                rule.duration("cool-down"));
    }

    private static Duration coolDown(PolicySection detractor) {
        detractor.allow("cool-down");
        return detractor.duration("cool-down");
    }

    private static ChurnRules churn(PolicySection rules) {
        rules.allow("model", "levels", "experience");
        return new ChurnRules(
                rules.section("model", PolicyFile::model),
                rules.section("levels", PolicyFile::levels),
                rules.section("experience", PolicyFile::experience));
    }

    private static ChurnParameters model(PolicySection model) {
        model.allow("version", "r", "alpha", "a", "b", "p", "q", "v", "horizon", "currency");
        return new ChurnParameters(
                model.text("version"),
                model.number("r"),
                model.number("alpha"),
                model.number("a"),
                model.number("b"),
                model.number("p"),
                model.number("q"),
                model.number("v"),
                model.duration("horizon"),
                model.has("currency") ? model.text("currency") : null);
    }

    private static ChurnLevels levels(PolicySection levels) {
        levels.allow("watch", "at-risk", "lost");
        return new ChurnLevels(levels.number("watch"), levels.number("at-risk"), levels.number("lost"));
    }

    private static Experience experience(PolicySection weights) {
        weights.allow(
                "detractor",
                "low-csat",
                "high-effort",
                "reopened-ticket",
                "stale-ticket",
                "returned-order",
                "lasts",
                "stale-after");
        return new Experience(
                weights.number("detractor"),
                weights.number("low-csat"),
                weights.number("high-effort"),
                weights.number("reopened-ticket"),
                weights.number("stale-ticket"),
                weights.number("returned-order"),
                weights.has("lasts") ? weights.duration("lasts") : Experience.DEFAULT_LASTS,
                weights.has("stale-after") ? weights.duration("stale-after") : Experience.DEFAULT_STALE_AFTER);
    }

    private static AttributionRules attribution(PolicySection rules) {
        rules.allow("lookback", "half-life");
        var usual = AttributionRules.DEFAULT;
        return new AttributionRules(
                rules.has("lookback") ? rules.duration("lookback") : usual.lookback(),
                rules.has("half-life") ? rules.duration("half-life") : usual.halfLife());
    }

    private static AudienceRules audiences(PolicySection rules) {
        rules.allow("platforms", "default-region");
        return new AudienceRules(
                rules.has("platforms")
                        ? rules.section("platforms", PolicyFile::platforms)
                        : AudienceRules.DEFAULT.platforms(),
                rules.has("default-region") ? Optional.of(rules.text("default-region")) : Optional.empty());
    }

    private static Map<Platform, Optional<Duration>> platforms(PolicySection byId) {
        var platforms = new EnumMap<Platform, Optional<Duration>>(Platform.class);
        for (var id : byId.keys()) {
            var platform = Platform.of(id)
                    .orElseThrow(() -> new InvalidPolicyException(id, "unknown key", "one of " + Platform.ids()));
            platforms.put(platform, byId.section(id, rules -> refresh(platform, rules)));
        }
        return platforms;
    }

    private static Optional<Duration> refresh(Platform platform, PolicySection rules) {
        rules.allow("refresh");
        return rules.has("refresh") ? Optional.of(rules.duration("refresh")) : platform.refreshAfter();
    }

    private static Map<String, List<Long>> valueTiers(PolicySection byCurrency) {
        return byCurrency.keys().stream().collect(Collectors.toMap(Function.identity(), byCurrency::wholeNumbers));
    }
}
