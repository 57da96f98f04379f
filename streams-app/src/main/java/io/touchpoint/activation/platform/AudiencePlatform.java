package io.touchpoint.activation.platform;

import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Part;

/** The language of one ad platform: how a request is written, and what an answer means. Sends nothing. */
public interface AudiencePlatform {

    /** The request for a part, but for the credentials. */
    PlatformRequest request(Part part);

    /** The header that carries the credentials, and how. */
    PlatformRequest.Header credentials(String token);

    /** What the platform said to the request for this part. Statuses that mean the same everywhere are dealt with before. */
    Answer answer(Part part, PlatformResponse response);
}
