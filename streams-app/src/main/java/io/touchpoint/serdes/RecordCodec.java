package io.touchpoint.serdes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Avro binary behind a header. One writer per record class, one reader per writer schema; encoder, decoder and buffer
 * are kept per thread, since setting them up costs as much as a small record.
 */
final class RecordCodec<T extends SpecificRecord> {

    static {
        TrustedRecords.trust();
    }

    private final Class<T> type;
    private final SpecificData model;
    private final Schema schema;
    private final ThreadLocal<Workbench> workbench = ThreadLocal.withInitial(Workbench::new);

    RecordCodec(Class<T> type) {
        this.type = type;
        this.model = RecordModel.of(type);
        this.schema = model.getSchema(type);
    }

    Class<T> type() {
        return type;
    }

    /** The schema that the class was generated from. */
    Schema schema() {
        return schema;
    }

    /** @throws SerializationException when a field without default is missing or has the wrong type */
    byte[] encode(byte[] header, T value) {
        return workbench.get().encode(header, value);
    }

    /**
     * Reads one record that starts at {@code offset} and must end with the array.
     *
     * @throws SerializationException when it cannot be read, with a message that holds nothing of the data
     */
    T decode(Schema writer, byte[] data, int offset) {
        return workbench.get().decode(writer, data, offset);
    }

    private final class Workbench {

        private final DatumWriter<T> datumWriter = RecordModel.writer(schema, model);
        private final Map<Schema, DatumReader<T>> readers = new IdentityHashMap<>();
        private final FrameEncoder encoder = new FrameEncoder();
        private final FrameDecoder decoder = new FrameDecoder();

        byte[] encode(byte[] header, T value) {
            encoder.startWith(header);
            try {
                datumWriter.write(value, encoder);
                return encoder.toByteArray();
            } catch (IOException | RuntimeException e) {
                throw new SerializationException("cannot encode a " + type.getSimpleName() + ": "
                        + (e instanceof NullPointerException ? e : e.getClass()));
            }
        }

        T decode(Schema writer, byte[] data, int offset) {
            decoder.startAt(data, offset);
            T value;
            boolean ended;
            try {
                value = readers.computeIfAbsent(writer, this::reader).read(null, decoder);
                ended = decoder.ended();
            } catch (AvroTypeException e) {
                throw new SerializationException("schema " + writer.getFullName() + " of the writer cannot be read as "
                        + schema.getFullName() + ": " + e.getMessage());
            } catch (IOException | RuntimeException e) {
                throw new SerializationException("truncated or damaged " + type.getSimpleName() + " of " + data.length
                        + " bytes: " + e.getClass().getSimpleName());
            }
            if (!ended) {
                throw new SerializationException(
                        "bytes left over after a " + type.getSimpleName() + " in " + data.length);
            }
            return value;
        }

        private DatumReader<T> reader(Schema writer) {
            return new ListReader<>(writer, schema, model);
        }
    }

    /** Reads arrays into plain lists: Avro's own refuse to have elements removed. */
    private static final class ListReader<T> extends SpecificDatumReader<T> {

        private static final int TRUSTED_LENGTH = 256; // a damaged length must not cost memory before it is found out

        private ListReader(Schema writer, Schema reader, SpecificData model) {
            super(writer, reader, model);
        }

        @Override
        protected Object newArray(Object old, int size, Schema array) {
            return new ArrayList<>(Math.min(size, TRUSTED_LENGTH));
        }
    }
}
