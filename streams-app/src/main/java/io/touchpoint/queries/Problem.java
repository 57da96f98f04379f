package io.touchpoint.queries;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;

/**
 * An error as RFC 9457 describes it. Nothing of the request is repeated in it but its path's template.
 *
 * @param title the same for every error of the kind
 * @param status of HTTP
 * @param detail what was wrong and what was expected
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String title, int status, String detail) {

    static final String TYPE = "application/problem+json";

    static Problem badRequest(String detail) {
        return new Problem("The request cannot be answered", 400, detail);
    }

    static Problem notFound(String detail) {
        return new Problem("There is no such thing", 404, detail);
    }

    static Problem later(String detail) {
        return new Problem("Not now", 503, detail);
    }

    void on(Context request) {
        request.status(status).json(this).contentType(TYPE);
    }

    /** Ends a request with a problem. */
    static final class Raised extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Raised(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
