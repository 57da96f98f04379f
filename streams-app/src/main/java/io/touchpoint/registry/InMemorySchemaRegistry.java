package io.touchpoint.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.kafka.common.errors.SerializationException;

/** A registry within the process, for tests and topologies that run without a network. Ids count from 1. */
public final class InMemorySchemaRegistry implements SchemaRegistry {

    private static final Map<String, InMemorySchemaRegistry> SHARED = new ConcurrentHashMap<>();
    private static final SchemaValidator FULL_TRANSITIVE =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    private final List<Schema> byId = new ArrayList<>();
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<String, List<Schema>> subjects = new HashMap<>();
    private final Set<String> guarded = new HashSet<>();

    /** The registry of this name, the same for the life of the process. */
    public static InMemorySchemaRegistry shared(String name) {
        return SHARED.computeIfAbsent(name, any -> new InMemorySchemaRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        var portable = PortableSchema.of(schema);
        if (!compatible(subject, portable)) {
            throw new SerializationException(
                    "subject " + subject + " refuses the schema of " + schema.getFullName() + ": not FULL_TRANSITIVE");
        }
        int id = ids.computeIfAbsent(portable, this::nextId);
        var versions = subjects.computeIfAbsent(subject, any -> new ArrayList<>());
        if (!versions.contains(portable)) {
            versions.add(portable);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        var portable = PortableSchema.of(schema);
        if (!versions(subject).contains(portable)) {
            throw new SerializationException("subject " + subject + " has no schema " + schema.getFullName());
        }
        return ids.get(portable);
    }

    @Override
    public synchronized Schema schema(int id) {
        if (id < 1 || id > byId.size()) {
            throw new UnknownSchemaException(id);
        }
        return byId.get(id - 1);
    }

    @Override
    public synchronized boolean compatible(String subject, Schema schema) {
        if (!guarded.contains(subject)) {
            return true;
        }
        try {
            FULL_TRANSITIVE.validate(schema, versions(subject));
            return true;
        } catch (SchemaValidationException e) {
            return false;
        }
    }

    @Override
    public synchronized void requireFullTransitive(String subject) {
        guarded.add(subject);
    }

    private List<Schema> versions(String subject) {
        return subjects.getOrDefault(subject, List.of());
    }

    private int nextId(Schema schema) {
        byId.add(schema);
        return byId.size();
    }
}
