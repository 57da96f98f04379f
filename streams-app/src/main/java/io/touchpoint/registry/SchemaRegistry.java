package io.touchpoint.registry;

import org.apache.avro.Schema;

/**
 * The schema registry as the serdes need it. Implementations are safe for use by several threads and hold the two kinds
 * of failure apart: a {@link org.apache.kafka.common.errors.SerializationException} says that the registry answered and
 * the answer is final; a {@link RegistryUnavailableException} says that no such answer could be had.
 */
public interface SchemaRegistry extends AutoCloseable {

    /**
     * Registers the schema under the subject, or finds it there.
     *
     * @return the id that frames carry
     * @throws org.apache.kafka.common.errors.SerializationException when the registry refuses the schema, for example
     *     as incompatible
     * @throws RegistryUnavailableException when the registry gives no answer
     */
    int register(String subject, Schema schema);

    /**
     * The id under which the subject holds the schema already.
     *
     * @throws org.apache.kafka.common.errors.SerializationException when the subject does not hold it
     * @throws RegistryUnavailableException when the registry gives no answer
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with this id. Repeated calls return the same object.
     *
     * @throws UnknownSchemaException when the registry has none, or it is not Avro
     * @throws RegistryUnavailableException when the registry gives no answer
     */
    Schema schema(int id);

    /**
     * Whether the schema may follow those of the subject under its compatibility rule; true for a new subject.
     *
     * @throws RegistryUnavailableException when the registry gives no answer
     */
    boolean compatible(String subject, Schema schema);

    /**
     * Makes the registry refuse, from now on, every schema of the subject that cannot be read by all earlier ones and
     * read them all (FULL_TRANSITIVE).
     *
     * @throws RegistryUnavailableException when the registry gives no answer
     */
    void requireFullTransitive(String subject);

    @Override
    default void close() {}
}
