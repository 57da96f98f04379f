package io.touchpoint.serdes;

import io.touchpoint.registry.RegistryUnavailableException;
import io.touchpoint.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records of one class from Confluent's wire format, whatever schema they were written with, as long as Avro can
 * resolve it to that of the class. Poison is a {@link SerializationException} whose message holds nothing of the data; a
 * registry away is a {@link RegistryUnavailableException}. Safe for use by several threads.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final SchemaRegistry registry;
    private final RecordCodec<T> codec;

    public AvroDeserializer(Class<T> type, SchemaRegistry registry) {
        this(new RecordCodec<>(type), registry);
    }

    AvroDeserializer(RecordCodec<T> codec, SchemaRegistry registry) {
        this.registry = registry;
        this.codec = codec;
    }

    @Override
    public T deserialize(String topic, byte[] data) {
        if (data == null) {
            return null;
        }
        if (data.length < AvroSerializer.HEADER_LENGTH) {
            throw new SerializationException(
                    "bad frame: " + data.length + " bytes (expected: at least " + AvroSerializer.HEADER_LENGTH + ")");
        }
        if (data[0] != AvroSerializer.MAGIC) {
            throw new SerializationException("bad frame: starts with byte " + data[0] + " (expected: 0)");
        }
        int id = ByteBuffer.wrap(data).getInt(1);
        return codec.decode(registry.schema(id), data, AvroSerializer.HEADER_LENGTH);
    }
}
