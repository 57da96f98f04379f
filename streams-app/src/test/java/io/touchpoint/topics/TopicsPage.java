package io.touchpoint.topics;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.record.TimestampType;

/** Writes docs/topics.md from the declarations. */
final class TopicsPage {

    private final StringBuilder page = new StringBuilder();

    private TopicsPage() {}

    static String text() {
        var page = new TopicsPage();
        page.introduction();
        page.table(Role.INPUT, "Inputs: written by your systems");
        page.table(Role.OUTPUT, "Outputs: written for your systems");
        page.table(Role.INTERNAL, "Internal: for the pipeline alone");
        page.line("## Records");
        page.line("");
        page.line(
                "`?` marks a field that may be null. Times are `timestamp-millis`, money is in minor units of its currency.");
        page.line("");
        Topics.all().stream()
                .collect(Collectors.groupingBy(Topic::type, LinkedHashMap::new, Collectors.toList()))
                .forEach((type, topics) -> page.record(
                        SpecificData.get().getSchema(type),
                        topics.stream().map(topic -> "`" + topic.name() + "`").collect(Collectors.joining(", "))));
        return page.page.toString();
    }

    private void introduction() {
        line("<!-- Generated from the declarations in io.touchpoint.topics.Topics; do not edit. -->");
        line("# Topics");
        line("");
        line(
                "Keys are UTF-8 strings. Values are Avro in Confluent's wire format (byte 0, schema id in four bytes, Avro binary),"
                        + " subject `<topic>-value`, compatibility FULL_TRANSITIVE; internal topics carry Avro's single-object encoding and"
                        + " need no registry.");
        line("");
        line(
                "`touchpoint topics create` makes them and `touchpoint topics verify` says what is wrong with them. Copies and"
                        + " partitions are settings (`topics.replication`, `topics.partitions`); the topics marked *customer* must all have"
                        + " the same number of partitions, because one task reads partition n of all of them.");
        line("");
        line(
                "Records carry event time, and a broker deletes by a record's time: with a finite retention a replay of last year's"
                        + " data is gone within minutes. So what is stamped by the producer is kept without limit unless"
                        + " `topics.retention` says otherwise.");
        line("");
        line(
                "A broker compacts by a record's time too: of a year of contacts it would at once keep the newest of each customer"
                        + " alone. So of the compacted inputs it removes nothing that is younger than `topics.compaction-lag`"
                        + " (`min.compaction.lag.ms`). Before an older history is imported, raise it on the topic until the pipeline"
                        + " has read that; `touchpoint import` says so.");
        line("");
    }

    private void table(Role role, String title) {
        line("## " + title);
        line("");
        line("| topic | key | record | what | partitions | cleanup | retention | stamped by |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (var topic : Topics.of(role)) {
            line("| `" + topic.name() + "` | " + cell(topic.key()) + " | ["
                    + topic.type().getSimpleName() + "](#"
                    + topic.type().getSimpleName().toLowerCase(Locale.ROOT) + ") | " + cell(topic.doc()) + " | "
                    + partitions(topic.partitioning()) + " | "
                    + topic.lifetime().cleanup() + " | "
                    + retention(topic) + " | "
                    + (topic.lifetime().timestamps() == TimestampType.CREATE_TIME ? "producer" : "broker") + " |");
        }
        line("");
    }

    private void record(Schema schema, String topics) {
        line("### " + schema.getName());
        line("");
        line(schema.getDoc() + ". On " + topics + ".");
        line("");
        var nested = new LinkedHashMap<String, Schema>();
        fields(schema, nested);
        var waiting = new ArrayDeque<>(nested.values());
        var done = new LinkedHashMap<>(nested);
        while (!waiting.isEmpty()) {
            var inner = waiting.removeFirst();
            line("**" + inner.getName() + "**: " + inner.getDoc());
            line("");
            if (inner.getType() == Schema.Type.ENUM) {
                line("One of "
                        + inner.getEnumSymbols().stream().map(TopicsPage::code).collect(Collectors.joining(", "))
                        + ".");
                line("");
                continue;
            }
            var deeper = new LinkedHashMap<String, Schema>();
            fields(inner, deeper);
            deeper.forEach((name, type) -> {
                if (done.putIfAbsent(name, type) == null) {
                    waiting.addLast(type);
                }
            });
        }
    }

    private void fields(Schema record, Map<String, Schema> nested) {
        line("| field | type | meaning |");
        line("| --- | --- | --- |");
        for (var field : record.getFields()) {
            boolean optional = field.schema().isNullable();
            line("| `" + field.name() + "`" + (optional ? "?" : "") + " | " + type(field.schema(), nested) + " | "
                    + cell(field.doc()) + " |");
        }
        line("");
    }

    private static String type(Schema schema, Map<String, Schema> nested) {
        return switch (schema.getType()) {
            case RECORD, ENUM -> {
                nested.put(schema.getFullName(), schema);
                yield schema.getName();
            }
            case ARRAY -> "list of " + type(schema.getElementType(), nested);
            case MAP -> "map of " + type(schema.getValueType(), nested);
            case UNION ->
                schema.getTypes().stream()
                        .filter(member -> member.getType() != Schema.Type.NULL)
                        .map(member -> type(member, nested))
                        .collect(Collectors.joining(" or "));
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
        };
    }

    private static String partitions(Partitioning partitioning) {
        return switch (partitioning) {
            case WITH_CUSTOMERS -> "customer";
            case FREE -> "any";
        };
    }

    private static String retention(Topic<?> topic) {
        return switch (topic.lifetime()) {
            case LATEST ->
                topic.isCompactedInput()
                        ? "newest of each key, and all within `topics.compaction-lag`, 400 days"
                        : "newest of each key";
            case HISTORY -> "`topics.retention`, unlimited";
            case REFUSALS -> "`topics.rejected-retention`, 30 days";
            case PASSAGE -> "`topics.internal-retention`, 7 days";
            case SIGNAL -> "unlimited";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
