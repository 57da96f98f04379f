package io.touchpoint.activation.platform;

import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Part;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests over HTTP, one at a time. What a status means on every platform is decided here. */
public final class HttpTransport implements Transport {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int REDIRECT = 300;
    private static final int BAD_REQUEST = 400;

    private final AudiencePlatform platform;
    private final Credential credential;
    private final Duration timeout;
    private final HttpClient client;

    /** @param timeout how long an answer may take, all of it */
    public HttpTransport(AudiencePlatform platform, Credential credential, Duration timeout) {
        this.platform = platform;
        this.credential = credential;
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public Answer send(Part part) throws InterruptedException {
        Optional<String> token;
        try {
            token = credential.read();
        } catch (IOException unreadable) {
            return new Answer.Blocked("TOKEN_FILE_UNREADABLE");
        }
        var written = platform.request(part);
        var request = HttpRequest.newBuilder(written.uri())
                .timeout(timeout)
                .header("Content-Type", written.contentType())
                .method(written.method(), BodyPublishers.ofByteArray(written.body()));
        token.map(platform::credentials).ifPresent(header -> request.header(header.name(), header.value()));
        return exchange(part, request.build());
    }

    private Answer exchange(Part part, HttpRequest request) throws InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.ofString());
        try {
            // The client's own limit ends with the headers.
            return meaning(part, exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            exchange.cancel(true);
            return new Answer.Failed("TIMEOUT", Optional.empty());
        } catch (ExecutionException failed) {
            return new Answer.Failed(
                    failed.getCause() instanceof HttpTimeoutException ? "TIMEOUT" : "NO_CONNECTION", Optional.empty());
        }
    }

    private Answer meaning(Part part, HttpResponse<String> answered) {
        var headers = new HashMap<String, String>();
        answered.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        var response = new PlatformResponse(answered.statusCode(), headers, answered.body());
        int status = response.status();
        if (status == TOO_MANY_REQUESTS) {
            return new Answer.Throttled(response.retryAfter());
        }
        if (status >= SERVER_ERROR || status == REQUEST_TIMEOUT) {
            return new Answer.Failed("STATUS_" + status, response.retryAfter());
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return new Answer.Blocked("NO_ACCESS");
        }
        if (status == NOT_FOUND || (status >= REDIRECT && status < BAD_REQUEST)) {
            return new Answer.Blocked("STATUS_" + status);
        }
        return platform.answer(part, response);
    }
}
