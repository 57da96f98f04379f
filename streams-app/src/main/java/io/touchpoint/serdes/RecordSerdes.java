package io.touchpoint.serdes;

import io.touchpoint.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the serdes of every topic. Those of the contracts are ours over a {@link SchemaRegistry}, or any pair of Kafka
 * serializer classes named in the configuration; those of internal records are always our own.
 */
public final class RecordSerdes implements AutoCloseable {

    private final SchemaRegistry registry;
    private final boolean register;
    private final ForeignSerdes foreign;

    private RecordSerdes(SchemaRegistry registry, boolean register, ForeignSerdes foreign) {
        this.registry = registry;
        this.register = register;
        this.foreign = foreign;
    }

    /** Our own serdes over this registry; unknown schemas are registered. */
    public static RecordSerdes over(SchemaRegistry registry) {
        return over(registry, true);
    }

    /** Our own serdes over this registry. */
    public static RecordSerdes over(SchemaRegistry registry, boolean register) {
        return new RecordSerdes(registry, register, null);
    }

    /**
     * Serializer classes from the class path, for example Confluent's.
     *
     * @param settings what they are configured with
     * @throws IllegalArgumentException when a class is missing or no serializer or deserializer
     */
    public static RecordSerdes of(String serializer, String deserializer, Map<String, ?> settings) {
        return new RecordSerdes(null, false, new ForeignSerdes(serializer, deserializer, settings));
    }

    /** For records of a contract; null is a tombstone. */
    public <T extends SpecificRecord> Serde<T> contract(Class<T> type) {
        return foreign == null
                ? new AvroSerde<>(type, registry, register)
                : Serdes.serdeFrom(foreign.serializer(), foreign.deserializer(type));
    }

    /** For input topics: reads to {@link Decoded} and never throws for poison. */
    public Serde<Decoded> input(Class<? extends SpecificRecord> type) {
        Deserializer<?> records = foreign == null ? new AvroDeserializer<>(type, registry) : foreign.deserializer(type);
        return new DecodedSerde(type, records);
    }

    /** For records of stores and internal topics, without a registry. */
    public <T extends SpecificRecord> SingleObjectSerde<T> internal(Class<T> type) {
        return new SingleObjectSerde<>(type);
    }

    /** Writes whatever record of a contract it is given; for producers of several topics. */
    public Serializer<SpecificRecord> anyContract() {
        return foreign == null ? new AnyRecordSerializer(this) : foreign.serializer();
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
