package io.touchpoint.sandbox.warehouse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** PostgreSQL with its data in a folder, reachable from this machine only. Its superuser needs no password. */
public final class PostgresServer implements AutoCloseable {

    static final String USER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts the server on the folder's data, empty at first.
     *
     * @throws UncheckedIOException when it cannot be started
     */
    static PostgresServer start(Path folder, int port) {
        var postgres = new PostgresServer(folder, port);
        postgres.start();
        return postgres;
    }

    /** Starts it again after {@link #close()}, on the same data and port. */
    public void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            WarehouseFiles.postgres().resolve("unpacked").toFile())
                    .setPgBinaryResolver((system, machine) -> binaries())
                    .setPGStartupWait(START_LIMIT)
                    .setServerConfig("timezone", "UTC")
                    .setPort(port)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL did not start on " + folder, failed);
        }
    }

    /** {@return the address for JDBC, without user} */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** {@return the address for psql} */
    public String address() {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/postgres";
    }

    /** Opens a connection as the superuser. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** Runs the statements of the project's SQL files, in the order of their names. May be repeated. */
    void apply(Path sql) {
        try (var files = Files.newDirectoryStream(sql, "[0-9]*.sql");
                var connection = connect();
                var statement = connection.createStatement()) {
            var sorted = new TreeSet<Path>();
            files.forEach(sorted::add);
            for (var file : sorted) {
                statement.execute(Files.readString(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + sql, unreadable);
        } catch (SQLException refused) {
            throw new IllegalStateException("the SQL in " + sql + " was refused: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL did not stop", failed);
        }
    }

    private static InputStream binaries() throws IOException {
        try (var jars = Files.newDirectoryStream(WarehouseFiles.postgres(), "*.jar")) {
            for (var jar : jars) {
                return archive(new JarFile(jar.toFile()));
            }
        }
        throw new FileNotFoundException(
                "no *.jar in " + WarehouseFiles.postgres() + " (expected: the binaries of PostgreSQL)");
    }

    private static InputStream archive(JarFile jar) throws IOException {
        ZipEntry archive = jar.stream()
                .filter(entry -> entry.getName().endsWith(".txz"))
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException("no *.txz in " + jar.getName()));
        return jar.getInputStream(archive);
    }
}
