package io.touchpoint.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.touchpoint.domain.alert.AlertRule;
import io.touchpoint.domain.alert.AlertRules;
import io.touchpoint.domain.alert.Condition;
import io.touchpoint.domain.alert.Condition.Direction;
import io.touchpoint.domain.alert.Condition.Shift;
import io.touchpoint.domain.alert.Condition.Threshold;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.policy.InvalidPolicyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the alerts file: YAML, every value checked, unknown keys refused. */
public final class AlertFile {

    /** A key of a rule, for the documentation. */
    record Key(String name, String expected, String meaning) {}

    static final List<Key> KEYS = List.of(
            new Key("kpi", "an id of docs/metrics.md", "What is looked at."),
            new Key(
                    "segment",
                    "`all`, `dimension=value`, or `dimension=*`",
                    "Where; with `*` every value of the dimension by itself. A currency and an attribution model may follow:"
                            + " `all/EUR`, `campaign=*/EUR/linear`. Default: `all`."),
            new Key("window", "one of the KPI's windows", "Over which time: `PT1H`, `PT24H`, `P7D`, `P30D`, `P90D`."),
            new Key("above", "a number", "Fires while the value is greater."),
            new Key("below", "a number", "Fires while the value is smaller."),
            new Key(
                    "change",
                    "`DOWN`, `UP` or `EITHER`",
                    "Fires while the value differs from that of the window before by more than chance; only of KPIs with an"
                            + " interval."),
            new Key(
                    "confidence",
                    "0.8, 0.9, 0.95, 0.99 or 0.999",
                    "With `change`: how sure that must be. Default: 0.99; the same windows are looked at over and over,"
                            + " so 0.95 would find something now and then."),
            new Key("least", "a number, 0 or more", "With `change`: how much it must be too. Default: 0."),
            new Key(
                    "clear",
                    "a number",
                    "With `above` or `below`: at or within which value it is over, by default the line itself. With"
                            + " `change`: by which confidence there must be nothing any more, by default 0.8."),
            new Key("min-n", "a whole number, 1 or more", "Values of a smaller n say nothing. Default: 30."),
            new Key("for", "an ISO-8601 duration", "How long it must hold without a break to fire. Default: `PT0S`."),
            new Key(
                    "call-back",
                    "`DETRACTOR`",
                    "Instead of all others: fires for each customer whose latest NPS answer is 0 to 6. Over with a"
                            + " better answer, a withdrawal, an erasure, or after the policy's"
                            + " `suppression.detractor.cool-down`."));

    private static final String SHIPPED = "alerts.yaml";
    private static final String CALL_BACK = "call-back";
    private static final double USUAL_CONFIDENCE = 0.99;
    private static final double USUAL_CLEAR_CONFIDENCE = 0.8;
    private static final long USUAL_LEAST_N = 30;

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private enum Whom {
        DETRACTOR
    }

    private AlertFile() {}

    /**
     * Reads the rules.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds no valid rules; the message names the file, the key, the value
     *     and what was expected
     */
    public static AlertRules read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return read(file.toString(), content);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
    }

    /** The rules that ship with Touchpoint. */
    public static AlertRules shipped() {
        try (InputStream content = AlertFile.class.getResourceAsStream("/" + SHIPPED)) {
            return read("shipped " + SHIPPED, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AlertRules read(String name, InputStream content) throws IOException {
        try {
            var root = PolicySection.root("alerts", YAML.readTree(content));
            root.allow("rules");
            return root.section("rules", AlertFile::rules);
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

    private static AlertRules rules(PolicySection byId) {
        var rules = new ArrayList<AlertRule>();
        var callBacks = new ArrayList<String>();
        for (String id : byId.keys()) {
            byId.section(
                    id, rule -> rule.has(CALL_BACK) ? callBacks.add(callBack(id, rule)) : rules.add(kpi(id, rule)));
        }
        if (callBacks.size() > 1) {
            throw new InvalidPolicyException(
                    callBacks.get(1) + "." + CALL_BACK, "there already, as " + callBacks.get(0), "one such rule");
        }
        return new AlertRules(rules, callBacks.stream().findFirst());
    }

    private static String callBack(String id, PolicySection rule) {
        rule.allow(CALL_BACK);
        rule.oneOf(CALL_BACK, List.of(Whom.DETRACTOR));
        return id;
    }

    private static AlertRule kpi(String id, PolicySection rule) {
        rule.allow(KEYS.stream().map(Key::name).toArray(String[]::new));
        var kpi = kpi(rule);
        return AlertRule.of(
                id,
                kpi,
                window(kpi, rule),
                rule.has("segment") ? rule.text("segment") : "all",
                condition(rule),
                rule.has("min-n") ? rule.wholeNumber("min-n") : USUAL_LEAST_N,
                rule.has("for") ? rule.duration("for") : Duration.ZERO);
    }

    private static Kpi kpi(PolicySection rule) {
        var id = rule.text("kpi");
        return KpiCatalogue.standard().kpis().stream()
                .filter(kpi -> kpi.id().equals(id) && !kpi.rolling().windows().isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        new InvalidPolicyException("kpi", id, "a KPI over windows, see the list in docs/metrics.md"));
    }

    private static RollingWindow window(Kpi kpi, PolicySection rule) {
        var windows = kpi.rolling().windows();
        var id = rule.has("window") || windows.size() > 1
                ? rule.text("window")
                : windows.get(0).id();
        return windows.stream()
                .filter(window -> window.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidPolicyException(
                        "window",
                        id,
                        windows.stream().map(RollingWindow::id).collect(Collectors.joining(", ", "one of ", ""))));
    }

    private static Condition condition(PolicySection rule) {
        var kinds =
                List.of("above", "below", "change").stream().filter(rule::has).toList();
        if (kinds.size() != 1) {
            throw new InvalidPolicyException(
                    String.join(", ", kinds.isEmpty() ? List.of("above") : kinds),
                    kinds.isEmpty() ? "missing" : "at once",
                    "exactly one of above, below, change, call-back");
        }
        var kind = kinds.get(0);
        return kind.equals("change") ? change(rule) : threshold(kind, rule);
    }

    private static Condition threshold(String kind, PolicySection rule) {
        for (var other : List.of("confidence", "least")) {
            if (rule.has(other)) {
                throw new InvalidPolicyException(other, "there with " + kind, "only with change");
            }
        }
        double line = rule.number(kind);
        return new Threshold(kind.equals("above"), line, rule.has("clear") ? rule.number("clear") : line);
    }

    private static Condition change(PolicySection rule) {
        return new Shift(
                rule.oneOf("change", List.of(Direction.values())),
                rule.has("confidence") ? rule.number("confidence") : USUAL_CONFIDENCE,
                rule.has("clear") ? rule.number("clear") : USUAL_CLEAR_CONFIDENCE,
                rule.has("least") ? rule.number("least") : 0);
    }
}
