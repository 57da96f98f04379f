package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Suppression;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.junit.jupiter.api.Test;

/** The description says of records what their contracts say, in the form in which records are written as JSON. */
class OpenApiRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, JsonNode> expected = new TreeMap<>();

    @Test
    void shouldDescribeRecordsAsTheirContractsDo() throws IOException {
        List.of(
                        CustomerProfile.getClassSchema(),
                        Suppression.getClassSchema(),
                        ChurnSignal.getClassSchema(),
                        KpiValue.getClassSchema())
                .forEach(this::expect);

        JsonNode described;
        try (var in = OpenApiRecordsTest.class.getResourceAsStream("/openapi.yaml")) {
            described = new YAMLMapper().readTree(in).at("/components/schemas");
        }
        expected.forEach((name, schema) -> assertThat(described.path(name))
                .as("%s, expected: %s", name, schema)
                .isEqualTo(schema));
    }

    private void expect(Schema contract) {
        if (expected.containsKey(contract.getName())) {
            return;
        }
        var schema = JSON.createObjectNode();
        expected.put(contract.getName(), schema);
        schema.put("type", "object").put("description", contract.getDoc());
        var required = schema.putArray("required");
        var properties = schema.putObject("properties");
        for (var field : contract.getFields()) {
            required.add(field.name());
            properties.set(field.name(), form(field.schema()).put("description", field.doc()));
        }
    }

    private ObjectNode form(Schema type) {
        var form = JSON.createObjectNode();
        switch (type.getType()) {
            case STRING -> form.put("type", "string");
            case INT -> form.put("type", "integer").put("format", "int32");
            case LONG -> {
                if (type.getLogicalType() == null) {
                    form.put("type", "integer").put("format", "int64");
                } else {
                    form.put("type", "string").put("format", "date-time");
                }
            }
            case DOUBLE -> form.put("type", "number").put("format", "double");
            case BOOLEAN -> form.put("type", "boolean");
            case ENUM -> {
                form.put("type", "string");
                type.getEnumSymbols().forEach(form.putArray("enum")::add);
            }
            case ARRAY -> form.put("type", "array").set("items", form(type.getElementType()));
            case RECORD -> {
                expect(type);
                form.put("$ref", SCHEMAS + type.getName());
            }
            case UNION -> {
                return orNull(form(type.getTypes().stream()
                        .filter(each -> each.getType() != Type.NULL)
                        .findFirst()
                        .orElseThrow()));
            }
            default -> throw new AssertionError("no form for " + type);
        }
        return form;
    }

    private static ObjectNode orNull(ObjectNode form) {
        if (form.has("$ref")) {
            var either = JSON.createObjectNode();
            either.putArray("oneOf").add(form).addObject().put("type", "null");
            return either;
        }
        ArrayNode types = JSON.createArrayNode().add(form.get("type")).add("null");
        form.set("type", types);
        return form;
    }
}
