package io.touchpoint.records;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of any schema with every field filled, optional ones too, and every enum symbol within reach: the same seed gives
 * the same record. For tests of everything that reads or writes records.
 */
public final class SampleRecords {

    private static final long FIRST_TIME = 1_262_304_000_000L; // 2010-01-01T00:00:00Z
    private static final long A_DAY = 86_400_000L;

    private SampleRecords() {}

    /** A record of a generated class. */
    public static <T extends SpecificRecord> T of(Class<T> type, int seed) {
        var model = SpecificData.getForClass(type);
        var schema = model.getSchema(type);
        try {
            var reader = new SpecificDatumReader<T>(schema, schema, model);
            return reader.read(null, DecoderFactory.get().binaryDecoder(encode(of(schema, seed)), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record of any schema. */
    public static GenericRecord of(Schema schema, int seed) {
        var record = new GenericData.Record(schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), field.name(), seed + field.pos()));
        }
        return record;
    }

    /** Avro binary of a record, in the record's own schema. */
    public static byte[] encode(GenericRecord value) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Object value(Schema schema, String name, int seed) {
        return switch (schema.getType()) {
            case RECORD -> of(schema, seed);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(Math.floorMod(seed, schema.getEnumSymbols().size())));
            case ARRAY -> List.copyOf(elements(schema.getElementType(), name, seed));
            case MAP -> Map.of(name + seed, value(schema.getValueType(), name, seed));
            case UNION -> value(schema.getTypes().get(schema.getTypes().size() - 1), name, seed);
            case STRING -> name + "-" + seed;
            case BYTES -> ByteBuffer.wrap(new byte[] {(byte) seed, 0, (byte) 0xFF});
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case INT -> seed;
            case LONG -> FIRST_TIME + seed * A_DAY;
            case FLOAT -> seed + 0.5f;
            case DOUBLE -> seed + 0.25;
            case BOOLEAN -> seed % 2 == 0;
            case NULL -> null;
        };
    }

    private static List<Object> elements(Schema schema, String name, int seed) {
        var elements = new ArrayList<>();
        for (int i = 0; i < 1 + Math.floorMod(seed, 3); i++) {
            elements.add(value(schema, name, seed + i));
        }
        return elements;
    }
}
