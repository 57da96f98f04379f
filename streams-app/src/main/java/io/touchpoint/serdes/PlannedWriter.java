package io.touchpoint.serdes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes generated records by a plan that is made once from the schema. Avro's own writer looks up unions and conversions
 * for each value anew, and has generated code only for records without logical types. The bytes are the same.
 */
final class PlannedWriter<T> implements DatumWriter<T> {

    /** Writes one value of a known schema. */
    @FunctionalInterface
    private interface Step {
        void write(Object value, Encoder out) throws IOException;
    }

    private final Step plan;

    PlannedWriter(Schema schema, SpecificData model) {
        plan = new Planner(model).step(schema);
    }

    /** The plan is made for one schema, which is given to the constructor. */
    @Override
    public void setSchema(Schema schema) {
        throw new UnsupportedOperationException("a plan cannot be changed");
    }

    @Override
    public void write(T record, Encoder out) throws IOException {
        plan.write(record, out);
    }

    private record Planner(SpecificData model, Map<String, RecordStep> records) {

        Planner(SpecificData model) {
            this(model, new HashMap<>());
        }

        Step step(Schema schema) {
            if (schema.getLogicalType() != null) {
                return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? (value, out) -> out.writeLong(((Instant) value).toEpochMilli())
                        : avro(schema);
            }
            return switch (schema.getType()) {
                case RECORD -> record(schema);
                case ARRAY -> array(step(schema.getElementType()));
                case MAP -> map(step(schema.getValueType()));
                case UNION -> union(schema);
                case STRING -> (value, out) -> out.writeString((CharSequence) value);
                case LONG -> (value, out) -> out.writeLong((Long) value);
                case INT -> (value, out) -> out.writeInt((Integer) value);
                case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
                case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
                case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
                case ENUM -> (value, out) -> out.writeEnum(((Enum<?>) value).ordinal());
                case FLOAT, FIXED, NULL -> avro(schema);
            };
        }

        private Step record(Schema schema) {
            var known = records.get(schema.getFullName());
            if (known != null) {
                return known;
            }
            var planned = new RecordStep(schema);
            records.put(schema.getFullName(), planned);
            for (var field : schema.getFields()) {
                planned.steps[field.pos()] = step(field.schema());
            }
            return planned;
        }

        /** An optional value, which is all that the contracts use unions for. */
        private Step union(Schema schema) {
            var members = schema.getTypes();
            int absent = members.get(0).getType() == Schema.Type.NULL ? 0 : 1;
            if (members.size() != 2 || members.get(absent).getType() != Schema.Type.NULL) {
                return avro(schema);
            }
            int present = 1 - absent;
            var step = step(members.get(present));
            return (value, out) -> {
                if (value == null) {
                    out.writeIndex(absent);
                    out.writeNull();
                } else {
                    out.writeIndex(present);
                    step.write(value, out);
                }
            };
        }

        /** What is rare is left to Avro. */
        private Step avro(Schema schema) {
            var writer = new SpecificDatumWriter<>(schema, model);
            return writer::write;
        }

        private static Step array(Step element) {
            return (value, out) -> {
                var list = (Collection<?>) value;
                out.writeArrayStart();
                out.setItemCount(list.size());
                for (var item : list) {
                    out.startItem();
                    element.write(item, out);
                }
                out.writeArrayEnd();
            };
        }

        private static Step map(Step element) {
            return (value, out) -> {
                var map = (Map<?, ?>) value;
                out.writeMapStart();
                out.setItemCount(map.size());
                for (var entry : map.entrySet()) {
                    out.startItem();
                    out.writeString((CharSequence) entry.getKey());
                    element.write(entry.getValue(), out);
                }
                out.writeMapEnd();
            };
        }
    }

    private static final class RecordStep implements Step {
        private final Schema schema;
        private final Step[] steps;

        private RecordStep(Schema schema) {
            this.schema = schema;
            this.steps = new Step[schema.getFields().size()];
        }

        @Override
        public void write(Object value, Encoder out) throws IOException {
            var record = (IndexedRecord) value;
            for (int i = 0; i < steps.length; i++) {
                var field = record.get(i);
                if (field == null && !schema.getFields().get(i).schema().isNullable()) {
                    throw new NullPointerException("null value for (non-nullable) field " + schema.getName() + "."
                            + schema.getFields().get(i).name());
                }
                steps[i].write(field, out);
            }
        }
    }
}
