package io.touchpoint.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry that speaks Confluent's REST API: Confluent, Redpanda, Karapace, Apicurio. Ids are immutable there, so what
 * was found once is kept for ever; that an id is unknown is remembered for half a minute, or poison would cost one request
 * a record.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);
    private static final int UNKNOWN_AT_MOST = 10_000;

    /** With pauses that double between them: less than a second in all, for what is truly refused is to be said soon. */
    private static final int ATTEMPTS_BESIDE_ANOTHER = 4;

    private final RegistryConnection connection;
    private final InstantSource clock;
    private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final ConcurrentMap<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> unknown = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Instant> eldest) {
            return size() > UNKNOWN_AT_MOST;
        }
    });

    public HttpSchemaRegistry(RegistrySettings settings) {
        this(settings, InstantSource.system());
    }

    HttpSchemaRegistry(RegistrySettings settings, InstantSource clock) {
        this.connection = new RegistryConnection(settings);
        this.clock = clock;
    }

    @Override
    public int register(String subject, Schema schema) {
        try {
            return id(subject, schema, subjectPath(subject) + "/versions");
        } catch (SerializationException refused) {
            return registeredMeanwhile(subject, schema, refused);
        }
    }

    /** Two who register the same new subject at once: Apicurio refuses one of them though the schema is there by now, or will be in a moment. */
    private int registeredMeanwhile(String subject, Schema schema, SerializationException refused) {
        try {
            return repeated(() -> idOf(subject, schema));
        } catch (SerializationException unknown) {
            throw refused;
        }
    }

    private <T> T repeated(Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (SerializationException refused) {
                if (attempt == ATTEMPTS_BESIDE_ANOTHER) {
                    throw refused;
                }
                connection.pauseBefore(attempt);
            }
        }
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return id(subject, schema, subjectPath(subject));
    }

    @Override
    public Schema schema(int id) {
        var known = schemas.get(id);
        if (known != null) {
            return known;
        }
        var missedAt = unknown.get(id);
        if (missedAt != null && clock.instant().isBefore(missedAt.plus(UNKNOWN_FOR))) {
            throw new UnknownSchemaException(id);
        }
        var schema = fetch(id);
        var earlier = schemas.putIfAbsent(id, schema);
        return earlier == null ? schema : earlier;
    }

    @Override
    public boolean compatible(String subject, Schema schema) {
        var answer = connection.post(
                "/compatibility/subjects/" + encoded(subject) + "/versions?verbose=false", request(schema));
        if (answer.says(RegistryAnswer.NO_SUBJECT) || answer.says(RegistryAnswer.NO_VERSION)) {
            return true;
        }
        return required(answer, "is_compatible", "checking " + subject).asBoolean();
    }

    @Override
    public void requireFullTransitive(String subject) {
        var body = JSON.createObjectNode().put("compatibility", "FULL_TRANSITIVE");
        // Of two who set the first rule of a subject at once Apicurio refuses one, too; the next time it is there and
        // only changed.
        repeated(() -> required(
                connection.put("/config/" + encoded(subject), body),
                "compatibility",
                "setting the rule of " + subject));
    }

    private int id(String subject, Schema schema, String path) {
        var registration = new Registration(subject, schema);
        var known = ids.get(registration);
        if (known != null) {
            return known;
        }
        int id = required(connection.post(path, request(schema)), "id", "schema of " + subject)
                .asInt();
        ids.put(registration, id);
        return id;
    }

    private Schema fetch(int id) {
        // A frame's id is unsigned to nobody: registries count from 1, and a negative one would make an odd path.
        if (id < 0) {
            throw new UnknownSchemaException(id, "negative");
        }
        var answer = connection.read("/schemas/ids/" + id);
        if (answer.says(RegistryAnswer.NO_SCHEMA)) {
            unknown.put(id, clock.instant());
            throw new UnknownSchemaException(id);
        }
        var text = required(answer, "schema", "schema " + id);
        var kind = answer.body().path("schemaType").asText("AVRO");
        if (!kind.equals("AVRO")) {
            throw new UnknownSchemaException(id, "it is " + kind);
        }
        try {
            return new Schema.Parser().parse(text.asText());
        } catch (SchemaParseException e) {
            throw new UnknownSchemaException(id, "it is not Avro");
        }
    }

    private static JsonNode request(Schema schema) {
        return JSON.createObjectNode().put("schema", PortableSchema.text(schema));
    }

    /** The field of a good answer; a refusal that is final becomes poison, anything else a registry away. */
    private static JsonNode required(RegistryAnswer answer, String field, String about) {
        if (answer.isRefusal()) {
            throw new SerializationException("the schema registry refuses (" + about + "): " + answer.summary());
        }
        var value = answer.body().path(field);
        if (!answer.isSuccess() || value.isMissingNode() || value.isNull()) {
            throw new RegistryUnavailableException("no schema registry answers there (" + about + "): "
                    + answer.summary() + " (expected: Confluent's REST API; is the path of its address right?)");
        }
        return value;
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + encoded(subject);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Registration(String subject, Schema schema) {}
}
