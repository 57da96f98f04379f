package io.touchpoint.sandbox.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The triggers of an erasure, in a real PostgreSQL. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ForgetCustomerIT {

    /** Has every character that is percent-encoded in a segment. */
    private static final String CUSTOMER = "a|b/c=d%e";

    private static final String SEGMENT = "customer=a%7Cb%2Fc%3Dd%25e";
    private static final String BEFORE = "2026-01-01T00:00:00Z";
    private static final String ERASED = "2026-01-02T00:00:00Z";
    private static final String AFTER = "2026-01-03T00:00:00Z";

    @TempDir
    private Path folder;

    @Test
    void shouldForgetTheAlertsOfAnErasedCustomerAndNoOthers() throws Exception {
        BuiltParts.assumePostgres();
        try (var server = PostgresServer.start(folder, freePort())) {
            server.apply(WarehouseFiles.sql());
            try (var connection = server.connect()) {
                alert(connection, 1, SEGMENT, BEFORE);
                alert(connection, 2, "customer=another", BEFORE);
                alert(connection, 3, "channel=" + CUSTOMER.charAt(0), BEFORE);
                receipt(connection);
                alert(connection, 4, SEGMENT, ERASED);
                alert(connection, 5, SEGMENT, AFTER);

                assertThat(offsets(connection)).containsExactly(2L, 3L, 5L);
                // Functions of an index must work with no path to search.
                connection.createStatement().execute("ANALYZE alerts");
                connection.createStatement().execute("REINDEX TABLE alerts");
            }
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void alert(Connection connection, long offset, String segment, String at) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO alerts (__connect_topic, __connect_partition, __connect_offset, recorded_at, rule, kpi,"
                        + " segment, state, detail, decided_at) VALUES ('alerts', 0, ?, ?::timestamptz, 'call-back',"
                        + " 'nps', ?, 'FIRING', 'Answered', ?::timestamptz)")) {
            insert.setLong(1, offset);
            insert.setString(2, at);
            insert.setString(3, segment);
            insert.setString(4, at);
            insert.executeUpdate();
        }
    }

    private static void receipt(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO erasure_receipts (__connect_topic, __connect_partition, __connect_offset, recorded_at,"
                        + " customer_hash, event_id, requested_by, erased_at, profiles, suppressions, events_forgotten)"
                        + " VALUES ('erasures', 0, 1, ?::timestamptz, customer_hash(?), 'e1', 'somebody',"
                        + " ?::timestamptz, 1, 1, 1)")) {
            insert.setString(1, ERASED);
            insert.setString(2, CUSTOMER);
            insert.setString(3, ERASED);
            insert.executeUpdate();
        }
    }

    private static List<Long> offsets(Connection connection) throws SQLException {
        var offsets = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT __connect_offset FROM alerts ORDER BY 1")) {
            while (rows.next()) {
                offsets.add(rows.getLong(1));
            }
        }
        return offsets;
    }
}
