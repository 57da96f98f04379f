package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.serdes.TrustedRecords;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Turns an Avro schema into the shape its JSON must have. */
final class Shapes {
    static {
        // The first look at a record class makes Avro decide for good which classes it trusts.
        TrustedRecords.trust();
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClassLoader loader;

    private Shapes(ClassLoader loader) {
        this.loader = loader;
    }

    /** The shape of a generated class; refuses schemas with types that no contract uses (fixed, float, unions of several). */
    static RecordShape of(Class<? extends SpecificRecord> type) {
        return new Shapes(type.getClassLoader()).record(SpecificData.get().getSchema(type));
    }

    private Shape shape(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> Scalars.STRING;
            case BOOLEAN -> Scalars.BOOLEAN;
            case INT -> Scalars.INT;
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? Scalars.TIME : Scalars.LONG;
            case DOUBLE -> Scalars.DOUBLE;
            case BYTES -> Scalars.BYTES;
            case ENUM -> symbol(schema);
            case ARRAY -> array(shape(schema.getElementType()));
            case MAP -> map(shape(schema.getValueType()));
            case UNION -> shape(only(schema));
            case RECORD -> record(schema);
            case FIXED, FLOAT, NULL ->
                throw new IllegalArgumentException(
                        "no JSON form for " + schema + " (expected a type the contracts use)");
        };
    }

    /** The one type beside null: a record may say that something is not known, never that it is this or that. */
    private static Schema only(Schema union) {
        List<Schema> others = union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1) {
            throw new IllegalArgumentException("no JSON form for the union " + union + " (expected null and one type)");
        }
        return others.get(0);
    }

    private RecordShape record(Schema schema) {
        List<RecordShape.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Shape shape = shape(field.schema());
            fields.add(new RecordShape.Field(field.name(), field.pos(), shape, absent(field, shape)));
        }
        return new RecordShape(schema.getName(), blank(schema), fields);
    }

    private static Supplier<Object> absent(Schema.Field field, Shape shape) {
        if (!field.hasDefaultValue()) {
            return field.schema().isNullable() ? () -> null : null;
        }
        if (field.defaultVal() == JsonProperties.NULL_VALUE) {
            return () -> null;
        }
        // A schema's default is JSON too, so it is read like any value: afresh each time, since lists and maps can be
        // changed.
        String value = defaultValue(field);
        fresh(shape, value);
        return () -> fresh(shape, value);
    }

    private static String defaultValue(Schema.Field field) {
        try {
            return JSON.writeValueAsString(field.defaultVal());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object fresh(Shape shape, String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return shape.read(parser);
        } catch (IOException | JsonRecordException notOfThisShape) {
            throw new IllegalArgumentException("the default " + json + " has no JSON form", notOfThisShape);
        }
    }

    private Supplier<SpecificRecord> blank(Schema schema) {
        try {
            Constructor<? extends SpecificRecord> constructor = Class.forName(schema.getFullName(), true, loader)
                    .asSubclass(SpecificRecord.class)
                    .getConstructor();
            return () -> create(constructor);
        } catch (ReflectiveOperationException notGenerated) {
            throw new IllegalArgumentException(schema.getFullName() + " has no generated class", notGenerated);
        }
    }

    private static SpecificRecord create(Constructor<? extends SpecificRecord> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Shape symbol(Schema schema) {
        Map<String, Object> constants = new LinkedHashMap<>();
        try {
            for (Object constant :
                    Class.forName(schema.getFullName(), true, loader).getEnumConstants()) {
                constants.put(constant.toString(), constant);
            }
        } catch (ClassNotFoundException notGenerated) {
            throw new IllegalArgumentException(schema.getFullName() + " has no generated class", notGenerated);
        }
        String expectation = "one of " + String.join(", ", schema.getEnumSymbols());
        return parser -> {
            Object constant = parser.currentToken() == JsonToken.VALUE_STRING ? constants.get(parser.getText()) : null;
            if (constant == null) {
                throw JsonRecordException.expected(expectation, Tokens.shown(parser));
            }
            return constant;
        };
    }

    private static Shape array(Shape element) {
        return parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw JsonRecordException.expected("an array", Tokens.name(parser.currentToken()));
            }
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(inside("[" + elements.size() + "]", element, parser));
            }
            return elements;
        };
    }

    private static Shape map(Shape value) {
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw JsonRecordException.expected("an object", Tokens.name(parser.currentToken()));
            }
            Map<String, Object> entries = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = Scalars.unicode(parser.currentName());
                String place = "[" + Tokens.shown(key) + "]";
                parser.nextToken();
                if (entries.containsKey(key)) {
                    throw new JsonRecordException(place, "is there twice, expected once");
                }
                entries.put(key, inside(place, value, parser));
            }
            return entries;
        };
    }

    private static Object inside(String place, Shape shape, JsonParser parser) throws IOException, JsonRecordException {
        try {
            return shape.read(parser);
        } catch (JsonRecordException problem) {
            throw problem.within(place);
        }
    }
}
