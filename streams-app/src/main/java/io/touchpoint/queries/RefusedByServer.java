package io.touchpoint.queries;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Says as a problem, too, what the server refuses before any route sees it: a request that is malformed, ambiguous or too long. */
final class RefusedByServer extends ErrorHandler {

    private static final String NOT_WELL_FORMED =
            "the request is malformed, ambiguous or too long (expected: HTTP/1.1, no encoded slashes or dots in the path, 8 KiB of headers)";

    @Override
    public boolean handle(Request request, Response response, Callback done) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
        harden(response.getHeaders());
        response.write(true, body(response.getStatus()), done);
        return true;
    }

    private static void harden(HttpFields.Mutable headers) {
        headers.put(new HttpField("Content-Security-Policy", OperationsServer.CONTENT_POLICY));
        headers.put(new HttpField("X-Content-Type-Options", "nosniff"));
        headers.put(new HttpField("Referrer-Policy", "no-referrer"));
    }

    /** Fixed words and a number: nothing needs escaping, and nothing of the request is repeated. */
    private static ByteBuffer body(int status) {
        var text = "{\"title\":\"Refused\",\"status\":" + status + ",\"detail\":\"" + NOT_WELL_FORMED + "\"}";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
