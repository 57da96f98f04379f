package io.touchpoint.activation.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Identifier;
import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.domain.activation.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Google's Data Manager API: {@code audienceMembers:ingest} and {@code audienceMembers:remove}. A member is one hash, since what two
 * customers share must be removable alone. Adds carry the consent, without which none is published for a customer.
 */
final class GoogleAudiences implements AudiencePlatform {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MEMBER = Pattern.compile("audience_?[mM]embers\\[(\\d{1,6})]");
    private static final String GRANTED = "CONSENT_GRANTED";
    private static final int CONFLICT = 409;

    private final URI base;
    private final String account;

    GoogleAudiences(URI base, String account) {
        this.base = base;
        this.account = account;
    }

    @Override
    public PlatformRequest request(Part part) {
        var body = JSON.createObjectNode();
        var destination = body.putArray("destinations").addObject();
        destination
                .putObject("operatingAccount")
                .put("accountType", "GOOGLE_ADS")
                .put("accountId", account);
        destination.put("productDestinationId", part.audience());
        var members = body.putArray("audienceMembers");
        for (Identifier identifier : part.identifiers()) {
            members.addObject()
                    .putObject("userData")
                    .putArray("userIdentifiers")
                    .addObject()
                    .put(identifier.kind() == Kind.EMAIL ? "emailAddress" : "phoneNumber", identifier.hash());
        }
        body.put("encoding", "HEX");
        if (part.add()) {
            body.putObject("consent").put("adUserData", GRANTED).put("adPersonalization", GRANTED);
            body.putObject("termsOfService").put("customerMatchTermsOfServiceStatus", "ACCEPTED");
        }
        var uri = URI.create(base + "/v1/audienceMembers:" + (part.add() ? "ingest" : "remove"));
        return new PlatformRequest(
                "POST", uri, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PlatformRequest.Header credentials(String token) {
        return new PlatformRequest.Header("Authorization", "Bearer " + token);
    }

    @Override
    public Answer answer(Part part, PlatformResponse response) {
        if (response.status() == 200) {
            return new Answer.Taken();
        }
        if (response.status() == CONFLICT) {
            // Two changes of one list met (ABORTED), and the one that lost is to be sent again.
            return new Answer.Failed("STATUS_" + CONFLICT, response.retryAfter());
        }
        var error = response.json().path("error");
        var code = Codes.of(error.path("status").asText(), "STATUS_" + response.status());
        var spoilt = spoilt(error, part);
        return spoilt.isEmpty() ? new Answer.Unclear(code) : new Answer.Spoilt(spoilt);
    }

    private static Map<Integer, String> spoilt(JsonNode error, Part part) {
        var spoilt = new HashMap<Integer, String>();
        for (var detail : error.path("details")) {
            for (var violation : detail.path("fieldViolations")) {
                var member = MEMBER.matcher(violation.path("field").asText());
                // The last one: audience_members of a request may be named before that of the member.
                int found = -1;
                while (member.find()) {
                    found = Integer.parseInt(member.group(1));
                }
                if (found >= 0 && found < part.identifiers().size()) {
                    spoilt.put(found, Codes.of(violation.path("reason").asText(), "INVALID_MEMBER"));
                }
            }
        }
        return spoilt;
    }
}
