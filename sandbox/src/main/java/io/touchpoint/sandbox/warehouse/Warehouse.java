package io.touchpoint.sandbox.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchpoint.sandbox.FreePorts;
import io.touchpoint.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** PostgreSQL and Kafka Connect beside a sandbox: what the pipeline publishes there becomes rows. */
public final class Warehouse implements AutoCloseable {

    /** The connectors that write to PostgreSQL. */
    public static final List<String> TO_POSTGRES = List.of("postgres-latest", "postgres-history");

    private static final String PREFIX = "touchpoint-";
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(3);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PostgresServer postgres;
    private final ConnectServer connect;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "connect-watch"));

    private Warehouse(PostgresServer postgres, ConnectServer connect) {
        this.postgres = postgres;
        this.connect = connect;
    }

    /**
     * Starts both, creates tables and views, and starts the connectors.
     *
     * @throws IllegalStateException when one does not start; nothing is left running then
     */
    public static Warehouse start(Sandbox sandbox) {
        return start(sandbox, Map.of(), TO_POSTGRES);
    }

    /**
     * The same with other settings of the worker, and other connectors.
     *
     * @param worker over those that a sandbox needs
     * @param connectors by the names of their files in deploy/connect
     * @throws IllegalStateException when one does not start; nothing is left running then
     */
    public static Warehouse start(Sandbox sandbox, Map<String, String> worker, List<String> connectors) {
        var ports = FreePorts.find(2);
        var postgres = PostgresServer.start(sandbox.folder().resolve("postgres"), ports.get(0));
        ConnectServer connect = null;
        try {
            postgres.apply(WarehouseFiles.sql());
            connect = ConnectServer.start(
                    sandbox.folder().resolve("connect"),
                    ports.get(1),
                    settings(sandbox, worker),
                    environment(sandbox, postgres));
            var warehouse = new Warehouse(postgres, connect);
            connectors.forEach(name -> warehouse.deploy(name, Map.of()));
            warehouse.watchTasks(connectors);
            return warehouse;
        } catch (RuntimeException failed) {
            if (connect != null) {
                connect.close();
            }
            postgres.close();
            throw failed;
        }
    }

    /** The database. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** The worker. */
    public ConnectServer connect() {
        return connect;
    }

    /**
     * Starts the connector of that file in deploy/connect.
     *
     * @param over settings over those in the file
     * @throws IllegalStateException when the worker refuses it
     */
    public void deploy(String name, Map<String, String> over) {
        var file = WarehouseFiles.connect().resolve(name + ".json");
        try {
            var connector = JSON.readTree(Files.readString(file));
            var config = (ObjectNode) connector.get("config");
            over.forEach(config::put);
            connect.deploy(connector.get("name").textValue(), config.toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** The sink retries what it writes but not what it asks the database, so a task fails when PostgreSQL is away. */
    private void watchTasks(List<String> connectors) {
        var period = WATCH_PERIOD.toMillis();
        watch.scheduleWithFixedDelay(
                () -> connectors.forEach(name -> connect.restartFailed(PREFIX + name)),
                period,
                period,
                TimeUnit.MILLISECONDS);
    }

    private static Map<String, String> settings(Sandbox sandbox, Map<String, String> over) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("bootstrap.servers", sandbox.bootstrapServers());
        settings.put("plugin.path", WarehouseFiles.plugins().toString());
        settings.put(
                "value.converter.apicurio.registry.url",
                sandbox.registryUrl().resolve("/apis/registry/v2").toString());
        for (var topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.replication.factor", "1");
        }
        // One worker: nobody could come back in the meantime.
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "1000");
        settings.put("consumer.session.timeout.ms", "6000");
        settings.put("offset.flush.interval.ms", "2000");
        settings.putAll(over);
        return settings;
    }

    private static Map<String, String> environment(Sandbox sandbox, PostgresServer postgres) {
        return Map.of(
                "WAREHOUSE_BOOTSTRAP_SERVERS",
                sandbox.bootstrapServers(),
                "WAREHOUSE_JDBC_URL",
                postgres.url(),
                "WAREHOUSE_USER",
                PostgresServer.USER,
                "WAREHOUSE_PASSWORD",
                "none",
                "WAREHOUSE_ICEBERG",
                sandbox.folder().resolve("iceberg").toUri().toString());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        connect.close();
        postgres.close();
    }
}
