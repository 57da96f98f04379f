package io.touchpoint.serdes;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads the failures of deserializers that are not ours. Confluent's throws one exception class for poison and for a
 * registry away and tells them apart only in the cause: an {@code IOException} of the connection, or a {@code
 * RestClientException} with the registry's error code.
 */
final class RegistryFailure {

    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int DEPTH = 16;

    private RegistryFailure() {}

    /** Whether the failure says nothing about the record. */
    static boolean isBehind(SerializationException failure) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause.getClass().getSimpleName().equals("RestClientException")) {
                return errorCode(cause) != SCHEMA_NOT_FOUND;
            }
            if (cause instanceof IOException && !(cause instanceof EOFException)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What is wrong with the record. Messages of others may quote its data, so of theirs only the kind is told. */
    static String problem(SerializationException failure) {
        if (failure.getCause() == null) {
            return failure.getMessage();
        }
        return "cannot be decoded: " + failure.getCause().getClass().getSimpleName();
    }

    private static int errorCode(Throwable restClientException) {
        try {
            return (int)
                    restClientException.getClass().getMethod("getErrorCode").invoke(restClientException);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException | ClassCastException e) {
            return 0;
        }
    }
}
