package io.touchpoint.serdes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Hands each record to the serializer of its class. */
final class AnyRecordSerializer implements Serializer<SpecificRecord> {

    private final RecordSerdes serdes;
    private final Map<Class<?>, Serializer<?>> byClass = new ConcurrentHashMap<>();

    AnyRecordSerializer(RecordSerdes serdes) {
        this.serdes = serdes;
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord value) {
        return value == null ? null : write(topic, value);
    }

    private <T extends SpecificRecord> byte[] write(String topic, T value) {
        @SuppressWarnings("unchecked") // the class of a record is the class of that record
        var type = (Class<T>) value.getClass();
        @SuppressWarnings("unchecked") // put there for this class
        var serializer = (Serializer<T>)
                byClass.computeIfAbsent(type, any -> serdes.contract(type).serializer());
        return serializer.serialize(topic, value);
    }
}
