package io.touchpoint.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the registry said.
 *
 * @param status HTTP status
 * @param body the JSON, or a missing node where it was something else
 */
record RegistryAnswer(int status, JsonNode body) {

    static final int NO_SUBJECT = 40401;
    static final int NO_VERSION = 40402;
    static final int NO_SCHEMA = 40403;

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int NOT_FOUND = 404;

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean says(int errorCode) {
        return body.path("error_code").asInt() == errorCode;
    }

    /**
     * Whether this is the registry's own and final "no". A 404 without the registry's error code comes from something else
     * at that address, and says nothing.
     */
    boolean isRefusal() {
        return status == CONFLICT
                || status == UNPROCESSABLE
                || status == NOT_FOUND && (says(NO_SUBJECT) || says(NO_VERSION) || says(NO_SCHEMA));
    }

    /** For messages: status, and the registry's own words where it has any. */
    String summary() {
        var message = body.path("message").asText("");
        return "HTTP " + status + (message.isEmpty() ? "" : ", " + message);
    }
}
