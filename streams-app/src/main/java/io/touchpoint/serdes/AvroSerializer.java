package io.touchpoint.serdes;

import io.touchpoint.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records of one class in Confluent's wire format: byte 0, the schema id in four bytes, Avro binary. The subject is
 * {@code <topic>-value}. Safe for use by several threads.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    static final byte MAGIC = 0;
    static final int HEADER_LENGTH = 5;

    private final SchemaRegistry registry;
    private final boolean register;
    private final RecordCodec<T> codec;
    private final ConcurrentMap<String, byte[]> headers = new ConcurrentHashMap<>();

    /** @param register whether an unknown schema is registered; otherwise it must be there already */
    public AvroSerializer(Class<T> type, SchemaRegistry registry, boolean register) {
        this(new RecordCodec<>(type), registry, register);
    }

    AvroSerializer(RecordCodec<T> codec, SchemaRegistry registry, boolean register) {
        this.registry = registry;
        this.register = register;
        this.codec = codec;
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        var header = headers.get(topic);
        if (header == null) {
            header = header(topic);
            headers.put(topic, header);
        }
        return codec.encode(header, value);
    }

    private byte[] header(String topic) {
        var subject = topic + "-value";
        int id = register ? registry.register(subject, codec.schema()) : registry.idOf(subject, codec.schema());
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(id).array();
    }
}
