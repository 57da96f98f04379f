package io.touchpoint.queries;

import io.javalin.http.Context;
import io.touchpoint.config.AppConfig;
import io.touchpoint.topology.StoredCustomers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Asks the instance that has a customer. What it says is passed on only when it says that it belongs to the same pipeline: an address may
 * have been given to somebody else meanwhile, who knows nothing of our customers. A question that was passed on once is not passed on
 * again, so two instances that take each other for the owner give up at once.
 */
final class OtherInstances {

    /** On a question that was passed on, and on its answer: the pipeline that both belong to. */
    static final String PIPELINE = "Touchpoint-Forwarded-Within";

    private static final Duration TO_CONNECT = Duration.ofSeconds(1);
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);
    private static final int MOST_AT_ONCE = 256;
    private static final int MISDIRECTED = 421;
    private static final String TYPE = "Content-Type";

    /** Any other is about the other instance, not about the customer. */
    private static final Set<Integer> ABOUT_THE_CUSTOMER = Set.of(200, 404);

    private final String pipeline;
    private final Optional<String> token;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    OtherInstances(AppConfig config) {
        pipeline = config.kafka().applicationId();
        token = config.http().token();
    }

    /**
     * {@return whether another instance of this pipeline asks}
     *
     * @throws Problem.Raised when one of another pipeline does
     */
    boolean isForwarded(Context request) {
        var theirs = request.header(PIPELINE);
        if (theirs == null) {
            return false;
        }
        if (!theirs.equals(pipeline)) {
            throw new Problem.Raised(new Problem(
                    "Wrong address", MISDIRECTED, "another pipeline answers here; an address was given twice"));
        }
        request.header(PIPELINE, pipeline);
        return true;
    }

    /** Answers the request with what the owner says, or that it cannot be asked now; no thread waits for it. */
    void ask(Context request, HostInfo owner, String pathAndParameters) {
        if (!free.tryAcquire()) {
            throw new StoredCustomers.NotHereNow(null);
        }
        request.future(() -> client.sendAsync(question(owner, pathAndParameters), BodyHandlers.ofByteArray())
                .orTimeout(TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failed) -> {
                    free.release();
                    if (failed != null || !isAnswer(answer)) {
                        throw new StoredCustomers.NotHereNow(failed);
                    }
                    pass(answer, request);
                    return null;
                }));
    }

    private HttpRequest question(HostInfo owner, String pathAndParameters) {
        var host = owner.host().contains(":") ? "[" + owner.host() + "]" : owner.host();
        var question = HttpRequest.newBuilder(URI.create("http://" + host + ":" + owner.port() + pathAndParameters))
                .timeout(TO_ANSWER)
                .header(PIPELINE, pipeline);
        token.ifPresent(secret -> question.header("Authorization", "Bearer " + secret));
        return question.build();
    }

    private boolean isAnswer(HttpResponse<byte[]> answer) {
        return ABOUT_THE_CUSTOMER.contains(answer.statusCode())
                && answer.headers()
                        .firstValue(PIPELINE)
                        .filter(pipeline::equals)
                        .isPresent();
    }

    private static void pass(HttpResponse<byte[]> answer, Context request) {
        request.status(answer.statusCode())
                .contentType(answer.headers().firstValue(TYPE).orElse("application/json"))
                .result(answer.body());
    }
}
