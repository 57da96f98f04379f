package io.touchpoint.docs;

import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The tables of the warehouse, as SQL and as a page, from the contracts of the topics that fill them. */
final class WarehouseTables {

    private static final List<Topic<?>> TOPICS = List.of(
            Topics.PROFILES,
            Topics.SUPPRESSIONS,
            Topics.ROLLING_KPIS,
            Topics.CALENDAR_KPIS,
            Topics.CHURN_SIGNALS,
            Topics.ATTRIBUTION,
            Topics.ALERTS,
            Topics.ERASURE_RECEIPTS);

    private WarehouseTables() {}

    private record Column(String name, String type, boolean optional, String doc) {}

    static String sql() {
        return "-- Generated from the Avro contracts; do not edit. New fields become columns by themselves (schema.evolution=basic).\n"
                + TOPICS.stream().map(WarehouseTables::create).collect(Collectors.joining("\n"));
    }

    static String page() {
        return "<!-- Generated from the Avro contracts; do not edit. -->\n# Tables of the warehouse\n\n"
                + "What they are for and how they are filled: [warehouse.md](warehouse.md). `?` marks a column that may be null.\n"
                + TOPICS.stream().map(WarehouseTables::describe).collect(Collectors.joining());
    }

    private static String create(Topic<?> topic) {
        var lines = columns(topic).stream()
                .map(column ->
                        "  \"" + column.name() + "\" " + column.type() + (column.optional() ? "" : " NOT NULL") + ",\n")
                .collect(Collectors.joining());
        var key = keys(topic).stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        return "\nCREATE TABLE IF NOT EXISTS " + table(topic) + " (\n" + lines + "  PRIMARY KEY (" + key + ")\n);\n"
                + "COMMENT ON TABLE " + table(topic) + " IS " + quoted(topic.doc()) + ";\n"
                + columns(topic).stream()
                        .map(column -> "COMMENT ON COLUMN " + table(topic) + ".\"" + column.name() + "\" IS "
                                + quoted(column.doc()) + ";\n")
                        .collect(Collectors.joining());
    }

    private static String describe(Topic<?> topic) {
        return "\n## " + table(topic) + "\n\n" + topic.doc() + ". From `" + topic.name() + "`, primary key "
                + keys(topic).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + ".\n\n| column | type | what |\n|---|---|---|\n"
                + columns(topic).stream()
                        .map(column -> "| " + column.name() + (column.optional() ? "?" : "") + " | " + column.type()
                                + " | " + column.doc().replace("|", "\\|") + " |\n")
                        .collect(Collectors.joining());
    }

    private static List<Column> columns(Topic<?> topic) {
        var columns = new ArrayList<Column>();
        if (isLatest(topic)) {
            columns.add(new Column("record_key", "text", false, "Key of the record: " + topic.key()));
        } else {
            columns.add(new Column("__connect_topic", "text", false, "Topic that the record was read from"));
            columns.add(new Column("__connect_partition", "integer", false, "Its partition"));
            columns.add(new Column("__connect_offset", "bigint", false, "Its offset within the partition"));
            columns.add(new Column("recorded_at", "timestamptz", true, "Timestamp of the record: the pipeline's time"));
        }
        for (var field : SpecificData.get().getSchema(topic.type()).getFields()) {
            columns.add(column(field));
        }
        return columns;
    }

    private static Column column(Schema.Field field) {
        var schema = field.schema();
        if (schema.getType() != Schema.Type.UNION) {
            return new Column(field.name(), type(schema), false, field.doc());
        }
        var present = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
        return new Column(field.name(), type(present), true, field.doc());
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case STRING, ENUM -> "text";
            case INT -> "integer";
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? "timestamptz" : "bigint";
            case FLOAT, DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case BYTES, FIXED -> "bytea";
            case RECORD, ARRAY, MAP -> "jsonb";
            case UNION, NULL -> throw new IllegalArgumentException(schema + " fits no column");
        };
    }

    private static List<String> keys(Topic<?> topic) {
        return isLatest(topic)
                ? List.of("record_key")
                : List.of("__connect_topic", "__connect_partition", "__connect_offset");
    }

    private static boolean isLatest(Topic<?> topic) {
        return topic.lifetime() == Lifetime.LATEST;
    }

    private static String table(Topic<?> topic) {
        return topic.slug().replace('-', '_');
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
