package io.touchpoint.activation.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Identifier;
import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.domain.activation.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** TikTok's segment mapping. It answers 200 also when it refuses; the code in the body tells. */
final class TikTokSegments implements AudiencePlatform {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOO_MANY = 40100;
    private static final Set<Integer> NO_ACCESS = Set.of(40001, 40102, 40103, 40104, 40105);
    private static final int THEIR_FAULT = 50000;

    private final URI base;
    private final String advertiser;

    TikTokSegments(URI base, String advertiser) {
        this.base = base;
        this.advertiser = advertiser;
    }

    @Override
    public PlatformRequest request(Part part) {
        var body = JSON.createObjectNode();
        body.putArray("advertiser_ids").add(advertiser);
        body.put("action", part.add() ? "add" : "delete");
        body.putArray("id_schema").add("EMAIL_SHA256").add("PHONE_SHA256");
        var rows = body.putArray("batch_data");
        for (Identifier identifier : part.identifiers()) {
            var row = rows.addArray();
            // By the place in the schema; who has none of a kind has an empty object there.
            if (identifier.kind() == Kind.PHONE) {
                row.addObject();
            }
            row.addObject()
                    .put("id", identifier.hash())
                    .putArray("audience_ids")
                    .add(part.audience());
            if (identifier.kind() == Kind.EMAIL) {
                row.addObject();
            }
        }
        var uri = URI.create(base + "/open_api/v1.3/segment/mapping/");
        return new PlatformRequest(
                "POST", uri, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PlatformRequest.Header credentials(String token) {
        return new PlatformRequest.Header("Access-Token", token);
    }

    @Override
    public Answer answer(Part part, PlatformResponse response) {
        var code = response.json().path("code");
        if (response.status() != 200 || !code.isInt()) {
            return new Answer.Unclear("STATUS_" + response.status());
        }
        if (code.asInt() == 0) {
            return new Answer.Taken();
        }
        if (code.asInt() == TOO_MANY) {
            return new Answer.Throttled(response.retryAfter());
        }
        if (NO_ACCESS.contains(code.asInt())) {
            return new Answer.Blocked("NO_ACCESS");
        }
        return code.asInt() >= THEIR_FAULT
                ? new Answer.Failed("CODE_" + code.asInt(), response.retryAfter())
                : new Answer.Unclear("CODE_" + code.asInt());
    }
}
