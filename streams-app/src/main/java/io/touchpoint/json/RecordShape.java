package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** A JSON object whose fields are those of a record: each once, none unknown, the required ones present. */
final class RecordShape implements Shape {
    /**
     * One field of the record.
     *
     * @param position its place in the schema
     * @param absent what it holds when it is absent or null; null when it must be present
     */
    record Field(String name, int position, Shape shape, Supplier<Object> absent) {}

    private final String name;
    private final Supplier<SpecificRecord> blank;
    private final List<Field> fields;
    private final Map<String, Field> byName = new HashMap<>();

    RecordShape(String name, Supplier<SpecificRecord> blank, List<Field> fields) {
        this.name = name;
        this.blank = blank;
        this.fields = List.copyOf(fields);
        fields.forEach(field -> byName.put(field.name(), field));
    }

    @Override
    public SpecificRecord read(JsonParser parser) throws IOException, JsonRecordException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonRecordException.expected(
                    "an object with the fields of " + name, Tokens.name(parser.currentToken()));
        }
        SpecificRecord record = blank.get();
        boolean[] seen = new boolean[fields.size()];
        boolean[] filled = new boolean[fields.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Field field = known(parser.currentName());
            if (seen[field.position()]) {
                throw new JsonRecordException(field.name(), "is there twice, expected once");
            }
            seen[field.position()] = true;
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                record.put(field.position(), value(field, parser));
                filled[field.position()] = true;
            }
        }
        for (Field field : fields) {
            if (!filled[field.position()]) {
                record.put(field.position(), absent(field, seen[field.position()]));
            }
        }
        return record;
    }

    private Field known(String fieldName) throws JsonRecordException {
        Field field = byName.get(fieldName);
        if (field == null) {
            throw JsonRecordException.expected(
                    "only fields of " + name + " (" + String.join(", ", names()) + ")",
                    "the unknown field " + Tokens.shown(fieldName));
        }
        return field;
    }

    private List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    private static Object value(Field field, JsonParser parser) throws IOException, JsonRecordException {
        try {
            return field.shape().read(parser);
        } catch (JsonRecordException problem) {
            throw problem.within(field.name());
        }
    }

    private Object absent(Field field, boolean isNull) throws JsonRecordException {
        if (field.absent() == null) {
            throw new JsonRecordException(
                    field.name(), (isNull ? "is null" : "is missing") + ", expected a value: " + name + " requires it");
        }
        return field.absent().get();
    }
}
