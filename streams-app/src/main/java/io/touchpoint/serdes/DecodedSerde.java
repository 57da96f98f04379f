package io.touchpoint.serdes;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The serde of an input topic: reads to {@link Decoded}; writes the bytes that were read. */
public final class DecodedSerde implements Serde<Decoded> {

    private final DecodedDeserializer deserializer;

    public <T extends SpecificRecord> DecodedSerde(Class<T> type, Deserializer<?> records) {
        deserializer = new DecodedDeserializer(type, records);
    }

    @Override
    public Serializer<Decoded> serializer() {
        return (topic, decoded) -> decoded == null ? null : decoded.raw();
    }

    @Override
    public Deserializer<Decoded> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
