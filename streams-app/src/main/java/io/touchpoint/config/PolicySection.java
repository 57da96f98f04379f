package io.touchpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchpoint.domain.policy.InvalidPolicyException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One mapping of the policy file or the alerts file. Refusals are {@link InvalidPolicyException}s that name the key; each enclosing section puts its own name
 * in front as they pass.
 */
final class PolicySection {

    private static final String DURATION = "an ISO-8601 duration in days or smaller units, such as P30D or PT12H";

    private final JsonNode node;

    private PolicySection(JsonNode node) {
        this.node = node;
    }

    /** The whole of a policy file. */
    static PolicySection root(JsonNode node) {
        return root("policy", node);
    }

    /** The whole of a file about something. */
    static PolicySection root(String about, JsonNode node) {
        if (!node.isObject()) {
            throw new InvalidPolicyException(about, shown(node), "a mapping of keys to values");
        }
        return new PolicySection(node);
    }

    /** Reads the mapping under a key. */
    <T> T section(String key, Function<PolicySection, T> reader) {
        if (!node.path(key).isObject()) {
            throw refused(key, "a mapping of keys to values");
        }
        try {
            return reader.apply(new PolicySection(node.path(key)));
        } catch (InvalidPolicyException e) {
            throw e.within(key);
        }
    }

    /** Refuses every key but these, so that a slip of the pen is not taken for a default. */
    void allow(String... known) {
        for (String key : keys()) {
            if (!Arrays.asList(known).contains(key)) {
                throw new InvalidPolicyException(key, "unknown key", "one of " + String.join(", ", known));
            }
        }
    }

    List<String> keys() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    boolean has(String key) {
        return node.has(key);
    }

    String text(String key) {
        var value = node.path(key);
        if (!value.isValueNode() || value.isNull()) {
            throw refused(key, "a text");
        }
        return value.asText();
    }

    double number(String key) {
        if (!node.path(key).isNumber()) {
            throw refused(key, "a number");
        }
        return node.path(key).doubleValue();
    }

    long wholeNumber(String key) {
        var value = node.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw refused(key, "a whole number");
        }
        return value.longValue();
    }

    List<Long> wholeNumbers(String key) {
        var values = node.path(key);
        boolean whole = values.isArray()
                && StreamSupport.stream(values.spliterator(), false)
                        .allMatch(value -> value.isIntegralNumber() && value.canConvertToLong());
        if (!whole) {
            throw refused(key, "a list of whole numbers");
        }
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::longValue)
                .toList();
    }

    Duration duration(String key) {
        try {
            return Duration.parse(
                    node.path(key).textValue() == null ? "" : node.path(key).textValue());
        } catch (DateTimeParseException e) {
            throw refused(key, DURATION);
        }
    }

    <E extends Enum<E>> E oneOf(String key, List<E> accepted) {
        return accepted.stream()
                .filter(constant -> constant.name().equals(node.path(key).textValue()))
                .findFirst()
                .orElseThrow(() -> refused(
                        key, accepted.stream().map(Enum::name).collect(Collectors.joining(", ", "one of ", ""))));
    }

    private InvalidPolicyException refused(String key, String expected) {
        return new InvalidPolicyException(key, shown(node.path(key)), expected);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
