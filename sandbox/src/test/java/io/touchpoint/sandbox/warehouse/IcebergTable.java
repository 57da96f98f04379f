package io.touchpoint.sandbox.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * The data files of an Iceberg table that a reader of its newest snapshot reads, found as the format says: from the catalog over metadata, manifest list and
 * manifests. A file that two commits added is there twice.
 *
 * @param files none before the first commit
 */
public record IcebergTable(List<String> files) {

    private static final int DATA = 0;
    private static final int DELETED = 2;

    /** {@return the table as it is now, by its catalog in a database} */
    public static IcebergTable read(Connection catalog, String namespace, String name)
            throws SQLException, IOException {
        var files = new ArrayList<String>();
        for (var location : metadata(catalog, namespace, name)) {
            var metadata = new ObjectMapper().readTree(local(location).toFile());
            for (var snapshot : metadata.path("snapshots")) {
                if (snapshot.get("snapshot-id").equals(metadata.get("current-snapshot-id"))) {
                    files.addAll(files(snapshot));
                }
            }
        }
        return new IcebergTable(files);
    }

    /** {@return whether the catalog knows the table, though nothing may have been committed to it} */
    public static boolean exists(Connection catalog, String namespace, String name) throws SQLException {
        return !metadata(catalog, namespace, name).isEmpty();
    }

    /** {@return how many rows a reader sees, those that were appended again included} */
    public long rows() throws SQLException {
        if (files.isEmpty()) {
            return 0;
        }
        try (var connection = duckDb();
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM " + scan())) {
            count.next();
            return count.getLong(1);
        }
    }

    /** {@return the rows that the project's query makes of them} */
    public Rows once() throws SQLException, IOException {
        if (files.isEmpty()) {
            return new Rows(List.of());
        }
        var query = Files.readString(WarehouseFiles.sql().resolve("iceberg-once.sql"))
                .replaceAll("--.*", "")
                .replace(":table", scan());
        try (var connection = duckDb()) {
            return Rows.found(connection, "SELECT to_json(t) FROM (" + query + ") t");
        }
    }

    private String scan() {
        return files.stream().collect(Collectors.joining("', '", "read_parquet(['", "'])"));
    }

    private static Connection duckDb() throws SQLException {
        var connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
        return connection;
    }

    private static List<String> metadata(Connection catalog, String namespace, String name) throws SQLException {
        var found = new ArrayList<String>();
        try (var tables = catalog.getMetaData().getTables(null, null, "iceberg_tables", null)) {
            if (!tables.next()) {
                return found;
            }
        }
        try (var query = catalog.prepareStatement(
                "SELECT metadata_location FROM iceberg_tables WHERE table_namespace = ? AND table_name = ?")) {
            query.setString(1, namespace);
            query.setString(2, name);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static List<String> files(JsonNode snapshot) throws IOException {
        var files = new ArrayList<String>();
        for (var manifest : records(snapshot.get("manifest-list").textValue())) {
            for (var entry : records(manifest.get("manifest_path").toString())) {
                var file = (GenericRecord) entry.get("data_file");
                if (!file.get("content").equals(DATA)) {
                    throw new IllegalStateException(file.get("file_path") + " deletes rows (expected: only appends)");
                }
                if (!entry.get("status").equals(DELETED)) {
                    files.add(local(file.get("file_path").toString()).toString());
                }
            }
        }
        return files;
    }

    private static List<GenericRecord> records(String location) throws IOException {
        var records = new ArrayList<GenericRecord>();
        try (var reader = new DataFileReader<GenericRecord>(local(location).toFile(), new GenericDatumReader<>())) {
            reader.forEach(records::add);
        }
        return records;
    }

    private static Path local(String location) {
        return Path.of(URI.create(location).getPath());
    }
}
