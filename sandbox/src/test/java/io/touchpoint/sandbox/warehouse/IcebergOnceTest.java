package io.touchpoint.sandbox.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IcebergOnceTest {

    private static final String APPENDED = """
            CREATE TABLE appended AS SELECT * FROM (VALUES
              ('credits', 0, 1, 'key-1', 10, TIMESTAMP '2026-01-01 00:00:00'),
              ('credits', 0, 2, 'key-1', 10, TIMESTAMP '2026-01-01 00:00:00'),
              ('credits', 1, 1, 'key-2', 20, TIMESTAMP '2026-01-02 00:00:00'),
              ('credits', 0, 2, 'key-1', 10, TIMESTAMP '2026-01-01 00:00:00'))
              AS rows (kafka_topic, kafka_partition, kafka_offset, key, credit, recorded_at)
            """;

    @Test
    void shouldShowEachRecordOnceAndKeepTwoRecordsOfOneKey() throws IOException, SQLException {
        var once = Files.readString(WarehouseFiles.sql().resolve("iceberg-once.sql"))
                .replaceAll("--.*", "")
                .replace(":table", "appended");

        assertThat(places(once)).containsExactly("0/1", "0/2", "1/1");
    }

    private static List<String> places(String query) throws SQLException {
        var places = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(APPENDED);
            try (var rows = statement.executeQuery(
                    "SELECT kafka_partition || '/' || kafka_offset FROM (" + query + ") ORDER BY 1")) {
                while (rows.next()) {
                    places.add(rows.getString(1));
                }
            }
        }
        return places;
    }
}
