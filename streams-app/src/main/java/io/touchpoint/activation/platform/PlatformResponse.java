package io.touchpoint.activation.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of HTTP.
 *
 * @param headers by lower-case name
 */
public record PlatformResponse(int status, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Missing where the body is no JSON. */
    public JsonNode json() {
        try {
            var read = JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException none) {
            return MissingNode.getInstance();
        }
    }

    /** How long the platform wants not to be asked, by Retry-After in seconds. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"))
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    @Override
    public String toString() {
        return "status " + status;
    }
}
