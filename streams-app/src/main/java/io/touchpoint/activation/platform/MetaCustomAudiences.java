package io.touchpoint.activation.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Identifier;
import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.domain.activation.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Meta's Custom Audiences: {@code POST} and {@code DELETE} of {@code /{audience}/users}, always in one schema, since who was added by
 * one is only removed by the same. Each request is a session of its own, complete with it.
 */
final class MetaCustomAudiences implements AudiencePlatform {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> THROTTLED = Set.of(4, 17, 32, 613, 80003);
    private static final Set<Integer> PASSING = Set.of(1, 2);
    private static final Set<Integer> NO_ACCESS = Set.of(10, 102, 190, 200);
    private static final int FLAGGED = 1713230;

    private final URI base;

    MetaCustomAudiences(URI base) {
        this.base = base;
    }

    @Override
    public PlatformRequest request(Part part) {
        var body = JSON.createObjectNode();
        var payload = body.putObject("payload");
        payload.putArray("schema").add("EMAIL").add("PHONE");
        var data = payload.putArray("data");
        var checksum = new CRC32();
        for (Identifier identifier : part.identifiers()) {
            boolean email = identifier.kind() == Kind.EMAIL;
            data.addArray().add(email ? identifier.hash() : "").add(email ? "" : identifier.hash());
            checksum.update(identifier.text().getBytes(StandardCharsets.US_ASCII));
        }
        // The same for the same members: a request that is sent again is no other one.
        body.putObject("session")
                .put("session_id", checksum.getValue() + 1)
                .put("batch_seq", 1)
                .put("last_batch_flag", true)
                .put("estimated_num_total", part.identifiers().size());
        var uri = URI.create(base + "/" + part.audience() + "/users");
        return new PlatformRequest(
                part.add() ? "POST" : "DELETE",
                uri,
                "application/json",
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PlatformRequest.Header credentials(String token) {
        return new PlatformRequest.Header("Authorization", "Bearer " + token);
    }

    @Override
    public Answer answer(Part part, PlatformResponse response) {
        if (response.status() == 200) {
            // It took the others, and does not say which are wrong: asked again by halves, it does.
            return response.json().path("num_invalid_entries").asInt() > 0
                    ? new Answer.Mixed("INVALID_ENTRY")
                    : new Answer.Taken();
        }
        var error = response.json().path("error");
        int code = error.path("code").asInt();
        if (THROTTLED.contains(code)) {
            return new Answer.Throttled(response.retryAfter().or(() -> regained(response)));
        }
        if (PASSING.contains(code) || error.path("is_transient").asBoolean()) {
            return new Answer.Failed("CODE_" + code, response.retryAfter());
        }
        if (error.path("error_subcode").asInt() == FLAGGED) {
            return new Answer.Blocked("AUDIENCE_FLAGGED");
        }
        if (NO_ACCESS.contains(code)) {
            return new Answer.Blocked("NO_ACCESS");
        }
        if (error.path("message").asText().contains("low audience size")) {
            return new Answer.Kept("AUDIENCE_TOO_SMALL_TO_REMOVE_FROM");
        }
        return new Answer.Unclear("CODE_" + code);
    }

    private static Optional<Duration> regained(PlatformResponse response) {
        long minutes = 0;
        for (JsonNode uses : usage(response)) {
            for (JsonNode use : uses) {
                minutes = Math.max(
                        minutes, use.path("estimated_time_to_regain_access").asLong());
            }
        }
        return minutes > 0 ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
    }

    private static JsonNode usage(PlatformResponse response) {
        try {
            var header = response.headers().getOrDefault("x-business-use-case-usage", "");
            return header.isEmpty() ? MissingNode.getInstance() : JSON.readTree(header);
        } catch (IOException none) {
            return MissingNode.getInstance();
        }
    }
}
