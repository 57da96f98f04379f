package io.touchpoint.serdes;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * How Avro reads and writes a class. Classes without logical types carry generated code for it, which takes less than half
 * the time to write the state of a customer; Avro leaves it off unless asked.
 */
final class RecordModel {

    private RecordModel() {}

    static SpecificData of(Class<? extends SpecificRecord> type) {
        var generated = SpecificData.getForClass(type);
        if (hasLogicalType(generated.getSchema(type), new HashSet<>())) {
            return generated;
        }
        var model = new SpecificData(type.getClassLoader());
        model.setCustomCoders(true);
        model.setFastReaderEnabled(false); // it would go before the generated code
        return model;
    }

    /** {@return the fastest writer there is for a model of this class} */
    static <T> DatumWriter<T> writer(Schema schema, SpecificData model) {
        return model.useCustomCoders() ? new SpecificDatumWriter<>(schema, model) : new PlannedWriter<>(schema, model);
    }

    private static boolean hasLogicalType(Schema schema, Set<String> seen) {
        if (schema.getLogicalType() != null) {
            return true;
        }
        return switch (schema.getType()) {
            case RECORD ->
                seen.add(schema.getFullName())
                        && schema.getFields().stream().anyMatch(field -> hasLogicalType(field.schema(), seen));
            case ARRAY -> hasLogicalType(schema.getElementType(), seen);
            case MAP -> hasLogicalType(schema.getValueType(), seen);
            case UNION -> schema.getTypes().stream().anyMatch(member -> hasLogicalType(member, seen));
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> false;
        };
    }
}
