package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads a JSON object into one class of record, by its schema and strictly.
 *
 * <ul>
 *   <li>Field names are the schema's. An unknown field, the same field twice, a missing required field or a value of another type
 *       is an error; null says the same as absent.
 *   <li>A field that is optional (nullable) or has a default may be absent.
 *   <li>Times are ISO-8601 with an offset ({@code 2024-01-31T09:30:00Z}), cut to the millisecond, or epoch milliseconds.
 *   <li>Whole numbers must be whole ({@code 3.0} is) and within the field's range.
 *   <li>Enums are their symbols, bytes base64.
 * </ul>
 *
 * Whether the record makes sense (a score of 11, a currency XX) is not asked here: the pipeline judges that. Safe for use by many threads.
 */
public final class JsonRecordReader<T extends SpecificRecord> {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Class<T> type;
    private final RecordShape shape;

    private JsonRecordReader(Class<T> type) {
        this.type = type;
        this.shape = Shapes.of(type);
    }

    /** A reader of the generated class {@code type}. */
    public static <T extends SpecificRecord> JsonRecordReader<T> of(Class<T> type) {
        return new JsonRecordReader<>(type);
    }

    /**
     * Reads one line, which must hold one JSON object and nothing else.
     *
     * @throws JsonRecordException with the field and what was expected there, when it is not such a record
     */
    public T read(String line) throws JsonRecordException {
        try (JsonParser parser = JSON.createParser(line)) {
            return read(parser);
        } catch (StreamConstraintsException tooMuch) {
            throw JsonRecordException.expected(
                    "one JSON object", "a number, text or nesting too long to read" + column(tooMuch));
        } catch (JsonProcessingException malformed) {
            throw JsonRecordException.expected("one JSON object", "broken JSON" + column(malformed));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from a string cannot fail", impossible);
        }
    }

    private T read(JsonParser parser) throws IOException, JsonRecordException {
        if (parser.nextToken() == null) {
            throw JsonRecordException.expected("one JSON object", "nothing");
        }
        T record = type.cast(shape.read(parser));
        if (parser.nextToken() != null) {
            throw JsonRecordException.expected("one JSON object", "more after it");
        }
        return record;
    }

    // Jackson's own message repeats the offending text, which may be personal.
    private static String column(JsonProcessingException problem) {
        return problem.getLocation() == null
                ? ""
                : " at column " + problem.getLocation().getColumnNr();
    }
}
