package io.touchpoint.activation.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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

    /** How long the platform wants not to be asked, by Retry-After: in seconds, or as a date, which is read by the platform's own clock. */
    public Optional<Duration> retryAfter() {
        var after = headers.getOrDefault("retry-after", "").strip();
        if (after.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(after)));
        }
        return date(after)
                .flatMap(until -> date(headers.getOrDefault("date", "")).map(now -> Duration.between(now, until)))
                .filter(wait -> wait.compareTo(Duration.ZERO) > 0);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "status " + status;
    }
}
