package io.touchpoint.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes of a record what fits a row of a relational table: a nested value (record, array or map) becomes one JSON text, and a
 * time becomes a text with its zone. Both carry the names by which Debezium's JDBC sink knows that the columns are {@code jsonb}
 * and {@code timestamptz}; it takes no nested values, and would write times without their zone. Tombstones pass.
 */
public final class TableRow<R extends ConnectRecord<R>> implements Transformation<R> {

    static final String JSON = "io.debezium.data.Json";
    static final String ZONED = "io.debezium.time.ZonedTimestamp";

    /** The sink's hint for a column that it adds; without it that would be {@code json}. */
    private static final String COLUMN_TYPE = "__debezium.source.column.type";

    private static final int SCHEMAS = 16;

    private final ObjectMapper json = new ObjectMapper();
    private final SynchronizedCache<Schema, Schema> rows = new SynchronizedCache<>(new LRUCache<>(SCHEMAS));

    @Override
    public R apply(R record) {
        if (record.value() == null) {
            return record;
        }
        if (!(record.value() instanceof Struct value)) {
            throw new DataException(
                    "value of class " + record.value().getClass().getName()
                            + " (expected: a record with a schema; is the Avro converter configured?)");
        }
        var schema = rowSchema(value.schema());
        var row = new Struct(schema);
        for (var field : value.schema().fields()) {
            row.put(field.name(), cell(field.schema(), value.get(field)));
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                schema,
                row,
                record.timestamp());
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        // There is nothing to choose.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private Schema rowSchema(Schema schema) {
        var known = rows.get(schema);
        if (known != null) {
            return known;
        }
        var builder = SchemaBuilder.struct().name(schema.name()).version(schema.version());
        for (var field : schema.fields()) {
            builder.field(field.name(), column(field.schema()));
        }
        var row = builder.build();
        rows.put(schema, row);
        return row;
    }

    private static Schema column(Schema schema) {
        if (isTime(schema)) {
            return text(ZONED, schema.isOptional());
        }
        return switch (schema.type()) {
            case STRUCT, ARRAY, MAP -> binaryJson(schema.isOptional());
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> schema;
        };
    }

    private static Schema text(String name, boolean optional) {
        return column(SchemaBuilder.string().name(name).version(1), optional);
    }

    private static Schema binaryJson(boolean optional) {
        return column(SchemaBuilder.string().name(JSON).version(1).parameter(COLUMN_TYPE, "JSONB"), optional);
    }

    private static Schema column(SchemaBuilder builder, boolean optional) {
        return optional ? builder.optional().build() : builder.build();
    }

    private Object cell(Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        if (isTime(schema)) {
            return plain(schema, value);
        }
        return switch (schema.type()) {
            case STRUCT, ARRAY, MAP -> write(plain(schema, value));
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> value;
        };
    }

    private static boolean isTime(Schema schema) {
        return Timestamp.LOGICAL_NAME.equals(schema.name());
    }

    private String write(Object plain) {
        try {
            return json.writeValueAsString(plain);
        } catch (JsonProcessingException impossible) {
            // The message would quote the value.
            throw new DataException("a nested value cannot be written as JSON");
        }
    }

    private static Object plain(Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        if (isTime(schema)) {
            return Instant.ofEpochMilli(((Date) value).getTime()).toString();
        }
        return switch (schema.type()) {
            case STRUCT -> fields((Struct) value);
            case ARRAY ->
                ((List<?>) value)
                        .stream()
                                .map(element -> plain(schema.valueSchema(), element))
                                .toList();
            case MAP -> entries(schema, (Map<?, ?>) value);
            case BYTES -> Base64.getEncoder().encodeToString(bytes(value));
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING -> value;
        };
    }

    private static Map<String, Object> fields(Struct value) {
        var fields = new LinkedHashMap<String, Object>();
        for (var field : value.schema().fields()) {
            fields.put(field.name(), plain(field.schema(), value.get(field)));
        }
        return fields;
    }

    private static Map<String, Object> entries(Schema schema, Map<?, ?> value) {
        var entries = new LinkedHashMap<String, Object>();
        value.forEach((name, entry) -> entries.put(String.valueOf(name), plain(schema.valueSchema(), entry)));
        return entries;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        var buffer = ((ByteBuffer) value).duplicate();
        var array = new byte[buffer.remaining()];
        buffer.get(array);
        return array;
    }
}
