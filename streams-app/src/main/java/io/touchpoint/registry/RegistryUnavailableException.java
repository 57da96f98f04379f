package io.touchpoint.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry gave no usable answer: not reachable, too slow, failing, or refusing the credentials. Says nothing
 * about the record at hand, which must neither be rejected nor skipped.
 */
public final class RegistryUnavailableException extends RetriableException {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
