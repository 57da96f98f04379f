package io.touchpoint.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.touchpoint.registry.RegistrySettings.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Requests to a registry, repeated with growing pauses while it is away. Any definite answer is returned; when the time
 * for trying is over, {@link RegistryUnavailableException}.
 */
final class RegistryConnection {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final RegistrySettings settings;
    private final HttpClient client;

    RegistryConnection(RegistrySettings settings) {
        this.settings = settings;
        var builder = HttpClient.newBuilder()
                .connectTimeout(settings.requestTimeout())
                .followRedirects(HttpClient.Redirect.NORMAL);
        TlsContext.of(settings.tls()).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    RegistryAnswer read(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    RegistryAnswer post(String path, JsonNode body) {
        return send("POST", path, BodyPublishers.ofString(body.toString()));
    }

    RegistryAnswer put(String path, JsonNode body) {
        return send("PUT", path, BodyPublishers.ofString(body.toString()));
    }

    private RegistryAnswer send(String method, String path, BodyPublisher body) {
        long deadline = System.nanoTime() + settings.retryFor().toNanos();
        var pause = settings.firstPause();
        var failure = "";
        while (true) {
            for (var url : settings.urls()) {
                var attempt = attempt(method, url, path, body);
                if (attempt.answer() != null) {
                    return attempt.answer();
                }
                failure = url.getHost() + ":" + url.getPort() + " " + attempt.failure();
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw new RegistryUnavailableException(
                        "the schema registry is away, tried for " + settings.retryFor() + ": " + failure);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private Attempt attempt(String method, URI url, String path, BodyPublisher body) {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request(method, url, path, body), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            return Attempt.failed(e.toString());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            // Trying again with the same credentials would not help, yet it is no fault of the record either.
            throw new RegistryUnavailableException("the schema registry refuses the credentials: HTTP " + status);
        }
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
            return Attempt.failed("HTTP " + status);
        }
        return new Attempt(new RegistryAnswer(status, json(response.body())), "");
    }

    private HttpRequest request(String method, URI url, String path, BodyPublisher body) {
        var base = url.toString();
        var request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .timeout(settings.requestTimeout())
                .header("Accept", CONTENT_TYPE + ", application/json")
                .header("Content-Type", CONTENT_TYPE)
                .method(method, body);
        if (settings.credentials() instanceof Credentials.Basic basic) {
            var pair = (basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        } else if (settings.credentials() instanceof Credentials.Bearer bearer) {
            request.header("Authorization", "Bearer " + bearer.token());
        }
        return request.build();
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Waits as before the first, second and further repetitions of a request. */
    void pauseBefore(int repetition) {
        sleep(settings.firstPause().multipliedBy(1L << repetition - 1));
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** A definite answer, or why there was none. */
    private record Attempt(RegistryAnswer answer, String failure) {

        static Attempt failed(String failure) {
            return new Attempt(null, failure);
        }
    }
}
