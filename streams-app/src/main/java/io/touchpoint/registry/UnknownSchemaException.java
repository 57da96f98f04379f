package io.touchpoint.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered that it has no Avro schema with the id of a frame: the frame is poison. */
public final class UnknownSchemaException extends SerializationException {

    public UnknownSchemaException(int id) {
        this(id, "the registry has none with this id");
    }

    public UnknownSchemaException(int id, String why) {
        super("unknown schema id " + id + ": " + why);
    }
}
