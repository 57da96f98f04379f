package io.touchpoint.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/**
 * A schema as others should see it: without {@code avro.java.string}, which the code generator adds and which makes the
 * contract look different from the published one to every other tool.
 */
final class PortableSchema {

    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PortableSchema() {}

    static Schema of(Schema schema) {
        return new Schema.Parser().parse(text(schema));
    }

    static String text(Schema schema) {
        try {
            return strip(JSON.readTree(schema.toString())).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON: " + schema.getFullName(), e);
        }
    }

    private static JsonNode strip(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, strip(array.get(i)));
            }
            return array;
        }
        if (node instanceof ObjectNode object) {
            boolean stripped = object.remove(JAVA_STRING) != null;
            if (stripped && object.size() == 1 && object.path("type").isTextual()) {
                return TextNode.valueOf(object.path("type").asText());
            }
            object.fieldNames().forEachRemaining(name -> object.set(name, strip(object.get(name))));
        }
        return node;
    }
}
