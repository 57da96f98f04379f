package io.touchpoint.topics;

import io.touchpoint.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The contracts in the registry: one subject per input and output topic, guarded by FULL_TRANSITIVE. Internal topics have
 * none.
 */
public final class Subjects {

    private final SchemaRegistry registry;

    public Subjects(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Registers the schema of every contract, and the compatibility rule of its subject.
     *
     * @return what the registry refused; empty when nothing
     * @throws io.touchpoint.registry.RegistryUnavailableException when the registry gives no answer
     */
    public List<TopicProblem> register() {
        var problems = new ArrayList<TopicProblem>();
        for (var topic : contracts()) {
            try {
                registry.register(topic.subject(), schema(topic));
                registry.requireFullTransitive(topic.subject());
            } catch (SerializationException refused) {
                problems.add(incompatible(topic, " (" + refused.getMessage() + ")"));
            }
        }
        return problems;
    }

    /**
     * Subjects that would not take the schema of their contract.
     *
     * @throws io.touchpoint.registry.RegistryUnavailableException when the registry gives no answer
     */
    public List<TopicProblem> verify() {
        var problems = new ArrayList<TopicProblem>();
        for (var topic : contracts()) {
            if (!registry.compatible(topic.subject(), schema(topic))) {
                problems.add(incompatible(topic, ""));
            }
        }
        return problems;
    }

    private static List<Topic<?>> contracts() {
        return Topics.all().stream()
                .filter(topic -> topic.role() != Role.INTERNAL)
                .toList();
    }

    private static Schema schema(Topic<?> topic) {
        return SpecificData.get().getSchema(topic.type());
    }

    private static TopicProblem incompatible(Topic<?> topic, String why) {
        return new TopicProblem(
                topic.name(),
                "subject " + topic.subject() + " refuses the schema of "
                        + topic.type().getSimpleName() + why,
                "one that every earlier version can be read with, and the other way round");
    }
}
