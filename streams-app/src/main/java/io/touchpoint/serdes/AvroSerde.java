package io.touchpoint.serdes;

import io.touchpoint.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link AvroSerializer} and {@link AvroDeserializer} of one record class. Safe for use by several threads. */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;

    /** @param register whether the serializer registers a schema that the registry does not know */
    public AvroSerde(Class<T> type, SchemaRegistry registry, boolean register) {
        var codec = new RecordCodec<>(type);
        serializer = new AvroSerializer<>(codec, registry, register);
        deserializer = new AvroDeserializer<>(codec, registry);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
