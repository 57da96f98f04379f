package io.touchpoint.activation.platform;

import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Identifier;
import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.domain.activation.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Yandex Audience: a segment that was made from a CSV file of hashed e-mails and phones is modified by files of the same form. Small changes
 * are let through, the platform does not use a small segment anyway.
 */
final class YandexAudience implements AudiencePlatform {

    private static final String BOUNDARY = "touchpoint-part-of-a-file";

    private final URI base;

    YandexAudience(URI base) {
        this.base = base;
    }

    @Override
    public PlatformRequest request(Part part) {
        var body = new StringBuilder();
        body.append("--").append(BOUNDARY).append("\r\n");
        body.append("Content-Disposition: form-data; name=\"file\"; filename=\"data.csv\"\r\n");
        body.append("Content-Type: text/csv\r\n\r\n");
        body.append("email,phone\n");
        for (Identifier identifier : part.identifiers()) {
            boolean email = identifier.kind() == Kind.EMAIL;
            body.append(email ? identifier.hash() + "," : "," + identifier.hash())
                    .append('\n');
        }
        body.append("\r\n--").append(BOUNDARY).append("--\r\n");
        var uri = URI.create(base + "/v1/management/segment/" + part.audience() + "/modify_data?modification_type="
                + (part.add() ? "addition" : "subtraction") + "&check_size=false");
        return new PlatformRequest(
                "POST",
                uri,
                "multipart/form-data; boundary=" + BOUNDARY,
                body.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public PlatformRequest.Header credentials(String token) {
        return new PlatformRequest.Header("Authorization", "OAuth " + token);
    }

    @Override
    public Answer answer(Part part, PlatformResponse response) {
        if (response.status() == 200) {
            return new Answer.Taken();
        }
        var error = response.json().path("errors").path(0).path("error_type").asText();
        return new Answer.Unclear(Codes.of(error, "STATUS_" + response.status()));
    }
}
