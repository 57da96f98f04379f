package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.registry.RegistryUnavailableException;
import io.touchpoint.runtime.Pipeline;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Words for what Kafka's clients throw, which name calls and nodes where people know addresses. */
final class ClusterFailure {

    private ClusterFailure() {}

    /** {@return what went wrong, in one line} */
    static String words(KafkaException failure, AppConfig config) {
        if (failure instanceof RegistryUnavailableException) {
            return failure.getMessage();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException) {
                return Pipeline.cause(failure);
            }
            if (cause instanceof TimeoutException) {
                return "no answer from Kafka at " + config.kafka().bootstrapServers()
                        + " (expected: bootstrap.servers of a cluster that is up, reachable and spoken to with the right kafka.security.protocol): "
                        + cause.getMessage();
            }
        }
        return Pipeline.cause(failure);
    }
}
