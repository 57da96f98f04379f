package io.touchpoint.serdes;

import io.touchpoint.registry.RegistryUnavailableException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Turns poison into a value. A null value stays null. Whatever says nothing about the record, a registry away above all,
 * goes through as an exception: Kafka Streams hands every exception of a deserializer to one handler, which cannot tell
 * the two apart any more.
 */
public final class DecodedDeserializer implements Deserializer<Decoded> {

    private final Class<? extends SpecificRecord> type;
    private final Deserializer<?> records;

    /** @param records reads the record class; ours, or any other that throws {@link SerializationException} on poison */
    public DecodedDeserializer(Class<? extends SpecificRecord> type, Deserializer<?> records) {
        this.type = type;
        this.records = records;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        records.configure(configs, isKey);
    }

    @Override
    public Decoded deserialize(String topic, byte[] data) {
        return deserialize(topic, null, data);
    }

    @Override
    public Decoded deserialize(String topic, Headers headers, byte[] data) {
        if (data == null) {
            return null;
        }
        try {
            var value = records.deserialize(topic, headers, data);
            if (type.isInstance(value)) {
                return new Decoded.Event(type.cast(value), data);
            }
            return new Decoded.Undecodable("not a " + type.getSimpleName(), data);
        } catch (SerializationException e) {
            if (RegistryFailure.isBehind(e)) {
                throw new RegistryUnavailableException(
                        "the schema registry gave no answer for a record of " + topic, e);
            }
            return new Decoded.Undecodable(RegistryFailure.problem(e), data);
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
