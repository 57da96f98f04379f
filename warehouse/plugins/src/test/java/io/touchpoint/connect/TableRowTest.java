package io.touchpoint.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TableRowTest {

    private static final Schema TIME = Timestamp.builder().optional().build();
    private static final Schema NESTED = SchemaBuilder.struct()
            .field("at", TIME)
            .field("n", Schema.INT64_SCHEMA)
            .build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.STRING_SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("until", TIME)
            .field("cause", NESTED)
            .field("causes", SchemaBuilder.array(NESTED).optional().build())
            .field(
                    "consent",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.BOOLEAN_SCHEMA)
                            .build())
            .build();

    private final TableRow<SinkRecord> rows = new TableRow<>();

    @Test
    void shouldWriteNestedValuesAsJsonAndTimesWithTheirZone() {
        var nested = new Struct(NESTED).put("at", new Date(1_000)).put("n", 7L);
        var value = new Struct(VALUE)
                .put("id", "a")
                .put("at", new Date(0))
                .put("cause", nested)
                .put("causes", List.of(nested, nested))
                .put("consent", Map.of("google", true));

        var row = (Struct) rows.apply(record(VALUE, value)).value();

        assertThat(row.get("id")).isEqualTo("a");
        assertThat(row.get("at")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(row.schema().field("at").schema().name()).isEqualTo(TableRow.ZONED);
        assertThat(row.get("until")).isNull();
        assertThat(row.get("cause")).isEqualTo("{\"at\":\"1970-01-01T00:00:01Z\",\"n\":7}");
        assertThat(row.schema().field("cause").schema().name()).isEqualTo(TableRow.JSON);
        assertThat((String) row.get("causes")).startsWith("[{").endsWith("}]");
        assertThat(row.get("consent")).isEqualTo("{\"google\":true}");
        row.validate();
    }

    @Test
    void shouldLetTombstonesPass() {
        var tombstone = record(null, null);

        assertThat(rows.apply(tombstone)).isSameAs(tombstone);
    }

    @Test
    void shouldSayWhatIsWrongWithAValueWithoutFields() {
        assertThatThrownBy(() -> rows.apply(record(Schema.STRING_SCHEMA, "secret")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected: a record with a schema")
                .hasMessageNotContaining("secret");
    }

    private static SinkRecord record(Schema schema, Object value) {
        return new SinkRecord("topic", 0, Schema.STRING_SCHEMA, "key", schema, value, 0);
    }
}
