package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records as JSON objects: the schema's field names in the schema's order, times as ISO-8601 UTC with three digits of a second's
 * fraction, null as null, bytes as base64, enums as their symbols, doubles in the fewest digits that read back as the same double, map
 * entries sorted by key. Equal records always give equal text, and {@link JsonRecordReader} reads it back.
 */
public final class JsonRecordWriter {
    /** Doubles that JSON cannot hold are written as the strings "NaN", "Infinity" and "-Infinity" rather than hidden behind a null. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .rootValueSeparator((String) null)
            .build();

    private static final int USUAL_CHARACTERS = 512;

    /** The names of each schema's fields, as JSON quotes them. */
    private static final Map<Schema, SerializableString[]> NAMES = new ConcurrentHashMap<>();

    private JsonRecordWriter() {}

    /** The record as one line of JSON, without a line end. */
    public static String toJson(SpecificRecord record) {
        StringWriter text = new StringWriter(USUAL_CHARACTERS);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(record, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to a string cannot fail", impossible);
        }
        return text.toString();
    }

    /** Appends the record as a JSON value to a document that is being written. */
    public static void write(SpecificRecord record, JsonGenerator json) throws IOException {
        object(record, json);
    }

    /** The records as one JSON array. */
    public static String toJson(Collection<? extends SpecificRecord> records) {
        StringWriter text = new StringWriter(USUAL_CHARACTERS * records.size() + 2);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            array(records, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to a string cannot fail", impossible);
        }
        return text.toString();
    }

    /** A time as all JSON of Touchpoint shows it, such as {@code 2024-01-31T09:30:00.000Z}; finer digits are cut off. */
    public static String time(Instant instant) {
        return JsonTime.of(instant);
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return JSON.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    private static void object(IndexedRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        SerializableString[] names = NAMES.computeIfAbsent(record.getSchema(), JsonRecordWriter::names);
        for (int position = 0; position < names.length; position++) {
            json.writeFieldName(names[position]);
            value(record.get(position), json);
        }
        json.writeEndObject();
    }

    private static SerializableString[] names(Schema schema) {
        return schema.getFields().stream()
                .map(field -> new SerializedString(field.name()))
                .toArray(SerializableString[]::new);
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof CharSequence text) {
            json.writeString(text.toString());
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Instant instant) {
            json.writeString(time(instant));
        } else if (value instanceof Enum<?> symbol) {
            json.writeString(symbol.toString());
        } else if (value instanceof IndexedRecord record) {
            object(record, json);
        } else if (value instanceof ByteBuffer bytes) {
            json.writeString(StandardCharsets.ISO_8859_1
                    .decode(Base64.getEncoder().encode(bytes.duplicate()))
                    .toString());
        } else if (value instanceof Collection<?> elements) {
            array(elements, json);
        } else if (value instanceof Map<?, ?> entries) {
            map(entries, json);
        } else {
            throw new IllegalArgumentException(
                    "no JSON form for " + value.getClass().getName());
        }
    }

    private static void array(Collection<?> elements, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Object element : elements) {
            value(element, json);
        }
        json.writeEndArray();
    }

    private static void map(Map<?, ?> entries, JsonGenerator json) throws IOException {
        Map<String, Object> sorted = new TreeMap<>();
        entries.forEach((key, value) -> sorted.put(key.toString(), value));
        json.writeStartObject();
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            json.writeFieldName(entry.getKey());
            value(entry.getValue(), json);
        }
        json.writeEndObject();
    }
}
