package io.touchpoint.serdes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Records that stay inside the pipeline, in stores and internal topics, in Avro's single-object encoding: C3 01, the
 * CRC-64-AVRO fingerprint of the schema in eight bytes (little-endian), Avro binary. Needs no registry: the writer's schema
 * is the one of the class or one of those released with earlier versions. Safe for use by several threads.
 */
public final class SingleObjectSerde<T extends SpecificRecord> implements Serde<T> {

    private static final byte MARKER = (byte) 0xC3;
    private static final byte VERSION = 1;
    private static final int HEADER_LENGTH = 10;

    private final RecordCodec<T> codec;
    private final byte[] header;
    private final long current;
    private final Map<Long, Schema> writers = new HashMap<>();

    /** Knows the schema of the class and every released one, see {@link ReleasedSchemas}. */
    public SingleObjectSerde(Class<T> type) {
        this(type, ReleasedSchemas.of(type));
    }

    SingleObjectSerde(Class<T> type, Iterable<Schema> released) {
        codec = new RecordCodec<>(type);
        released.forEach(schema -> writers.put(SchemaNormalization.parsingFingerprint64(schema), schema));
        current = SchemaNormalization.parsingFingerprint64(codec.schema());
        writers.put(current, codec.schema());
        header = ByteBuffer.allocate(HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .put(VERSION)
                .putLong(current)
                .array();
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : encode(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, data) -> data == null ? null : decode(data);
    }

    /** @throws SerializationException when a field without default is missing */
    public byte[] encode(T value) {
        return codec.encode(header, value);
    }

    /** @throws SerializationException when the bytes are damaged or of a schema that was never released */
    public T decode(byte[] data) {
        if (data.length < HEADER_LENGTH || data[0] != MARKER || data[1] != VERSION) {
            throw new SerializationException(
                    "not a " + codec.type().getSimpleName() + ": " + data.length + " bytes without the header C3 01");
        }
        long fingerprint = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        var writer = fingerprint == current ? codec.schema() : writers.get(fingerprint);
        if (writer == null) {
            throw new SerializationException("a " + codec.type().getSimpleName() + " with schema fingerprint "
                    + Long.toHexString(fingerprint) + " (expected: one of the released schemas, see schemas/released)");
        }
        return codec.decode(writer, data, HEADER_LENGTH);
    }
}
