package io.touchpoint.activation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which audience of the platform a scope goes to. A YAML file:
 *
 * <pre>
 * ALL: "1111"
 * CATEGORY: { coffee: "2222", "*": "category-{value}" }
 * SKU: { "*": "3333" }
 * </pre>
 *
 * A value that is not named goes where {@code "*"} says, else nowhere; {@code {value}} stands for the value.
 */
public final class AudienceMap {

    private static final String ANY = "*";
    private static final String VALUE = "{value}";
    private static final String ALL = "ALL";
    private static final Set<String> SCOPES = Set.of(ALL, "CATEGORY", "SKU");

    /** It goes into addresses of requests, and into keys of rows. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~:-]{1,200}");

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Map<String, String>> byScope;

    private AudienceMap(Map<String, Map<String, String>> byScope) {
        this.byScope = byScope;
    }

    /** Every scope and value has an audience of its own, named by both. For files that people upload themselves. */
    static AudienceMap ofScopes() {
        return new AudienceMap(Map.of());
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException naming the file, the place and what was expected
     */
    public static AudienceMap read(Path file) {
        try {
            return of(file.toString(), YAML.readTree(Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file (expected: audiences by scope, YAML)", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not valid YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
    }

    private static AudienceMap of(String file, JsonNode root) {
        var byScope = new HashMap<String, Map<String, String>>();
        if (!root.isObject() || root.isEmpty()) {
            throw new IllegalArgumentException(file + ": no audiences (expected: ALL, CATEGORY or SKU)");
        }
        root.properties().forEach(scope -> {
            if (!SCOPES.contains(scope.getKey())) {
                throw new IllegalArgumentException(file + ": " + scope.getKey() + " (expected: ALL, CATEGORY or SKU)");
            }
            byScope.put(scope.getKey(), audiences(file, scope.getKey(), scope.getValue()));
        });
        return new AudienceMap(byScope);
    }

    private static Map<String, String> audiences(String file, String scope, JsonNode node) {
        var audiences = new HashMap<String, String>();
        if (scope.equals(ALL)) {
            audiences.put("", id(file, scope, node));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(value ->
                            audiences.put(value.getKey(), id(file, scope + "." + value.getKey(), value.getValue())));
        } else {
            throw new IllegalArgumentException(
                    file + ": " + scope + ": " + node + " (expected: audiences by value, \"*\" for all others)");
        }
        return audiences;
    }

    private static String id(String file, String where, JsonNode node) {
        var id = node.asText();
        if (!node.isValueNode() || !ID.matcher(id.replace(VALUE, "v")).matches()) {
            throw new IllegalArgumentException(file + ": " + where + ": " + node
                    + " (expected: an audience id, of letters, digits and . _ ~ : -)");
        }
        return id;
    }

    /** The audience; empty where none is configured, or where {@code {value}} makes no id of it. */
    public Optional<String> of(String scope, String value) {
        if (byScope.isEmpty()) {
            return Optional.of(scope + "=" + value.replace("%", "%25").replace("|", "%7C"));
        }
        var audiences = byScope.getOrDefault(scope, Map.of());
        return Optional.ofNullable(audiences.getOrDefault(value, audiences.get(ANY)))
                .map(id -> id.replace(VALUE, value))
                .filter(id -> ID.matcher(id).matches());
    }
}
