package io.touchpoint.serdes;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Serializers that are named in the configuration, made and configured by reflection. */
final class ForeignSerdes {

    private final String serializer;
    private final String deserializer;
    private final Map<String, ?> settings;

    ForeignSerdes(String serializer, String deserializer, Map<String, ?> settings) {
        TrustedRecords.trust();
        this.serializer = serializer;
        this.deserializer = deserializer;
        this.settings = Map.copyOf(settings);
        serializer(); // so that a wrong class name is found now, not at the first record
        make(deserializer, Deserializer.class, "value.deserializer");
    }

    <T extends SpecificRecord> Serializer<T> serializer() {
        @SuppressWarnings("unchecked") // configured to write Avro records
        Serializer<T> made = make(serializer, Serializer.class, "value.serializer");
        made.configure(settings, false);
        return made;
    }

    <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        Deserializer<?> made = make(deserializer, Deserializer.class, "value.deserializer");
        made.configure(settings, false);
        return new Checked<>(type, made);
    }

    private static <T> T make(String className, Class<T> expected, String setting) {
        try {
            return expected.cast(Class.forName(className).getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new IllegalArgumentException(
                    setting + ": " + className + " (expected: a " + expected.getName()
                            + " on the class path, with a constructor without parameters)",
                    e);
        }
    }

    /** A deserializer of anything, narrowed to one class: another record is poison, not a ClassCastException later on. */
    private record Checked<T>(Class<T> type, Deserializer<?> records) implements Deserializer<T> {

        @Override
        public T deserialize(String topic, byte[] data) {
            return deserialize(topic, null, data);
        }

        @Override
        public T deserialize(String topic, Headers headers, byte[] data) {
            Object value = records.deserialize(topic, headers, data);
            if (value != null && !type.isInstance(value)) {
                throw new SerializationException("not a " + type.getSimpleName());
            }
            return type.cast(value);
        }

        @Override
        public void close() {
            records.close();
        }
    }
}
