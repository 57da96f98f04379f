package io.touchpoint.sandbox.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Rows as texts with every column, in a stable order and as often as they are there: of a table, and of a file that replay writes. Equal values give equal texts
 * however a database writes its times and numbers.
 */
public record Rows(List<String> all) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)(?:Z|\\+00(?::00)?)");

    /** Columns that say where a record came from, which files do not. */
    private static final Pattern ORIGIN = Pattern.compile("(__connect|kafka)_(topic|partition|offset)");

    /** @param query that gives one JSON object a row */
    public static Rows found(Connection connection, String query) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            while (found.next()) {
                var row = (ObjectNode) parse(found.getString(1));
                row.properties()
                        .removeIf(column -> ORIGIN.matcher(column.getKey()).matches());
                rows.add(text(row));
            }
        }
        return sorted(rows);
    }

    /** {@return the rows that keep the last value of each key} */
    public static Rows ofLatest(Path file) throws IOException {
        return of(file, "record_key", "key", line -> true);
    }

    /**
     * {@return the rows that keep every record}
     *
     * @param kept of the lines of the file
     */
    public static Rows ofHistory(Path file, Predicate<JsonNode> kept) throws IOException {
        return of(file, "recorded_at", "timestamp", kept);
    }

    private static Rows of(Path file, String column, String field, Predicate<JsonNode> kept) throws IOException {
        var rows = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            var record = parse(line);
            // A tombstone in a history is about the rows before it, and none itself.
            if (!record.get("value").isNull() && kept.test(record)) {
                rows.add(text(((ObjectNode) record.get("value")).set(column, record.get(field))));
            }
        }
        return sorted(rows);
    }

    /** Fails, saying which, unless these are the same rows, each as often. */
    public void assertSameAs(Rows expected, String name) {
        assertThat(without(expected).all)
                .as("rows of %s that should not be", name)
                .isEmpty();
        assertThat(expected.without(this).all).as("rows missing from %s", name).isEmpty();
    }

    /** {@return what is here more often than there} */
    private Rows without(Rows others) {
        var times = new TreeMap<String, Integer>();
        others.all.forEach(row -> times.merge(row, 1, Integer::sum));
        return new Rows(all.stream()
                .filter(row -> times.merge(row, -1, Integer::sum) < 0)
                .toList());
    }

    private static Rows sorted(List<String> rows) {
        Collections.sort(rows);
        return new Rows(rows);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(json, unreadable);
        }
    }

    private static String text(JsonNode value) {
        if (value.isObject()) {
            var fields = new TreeMap<String, String>();
            value.properties().forEach(field -> fields.put(field.getKey(), text(field.getValue())));
            return fields.toString();
        }
        if (value.isArray()) {
            var elements = new ArrayList<String>();
            value.forEach(element -> elements.add(text(element)));
            return elements.toString();
        }
        if (value.isNumber()) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        if (!value.isTextual()) {
            return value.toString();
        }
        var time = TIME.matcher(value.textValue());
        return time.matches()
                ? Instant.parse(time.group(1) + "T" + time.group(2) + "Z").toString()
                : value.toString();
    }
}
