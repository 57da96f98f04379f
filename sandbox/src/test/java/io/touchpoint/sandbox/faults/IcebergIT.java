package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.records.ErasureRequest;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.replay.WrittenOutputs;
import io.touchpoint.sandbox.warehouse.BuiltParts;
import io.touchpoint.sandbox.warehouse.IcebergTable;
import io.touchpoint.sandbox.warehouse.Rows;
import io.touchpoint.sandbox.warehouse.Warehouse;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Iceberg tables, each record of them once, hold what replay would write of the topics, though Kafka Connect is killed between the writing of files and their
 * commit. A lock on the catalog holds the commit up where it is killed.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class IcebergIT {

    private static final Map<String, String> RUN = Map.of("application.id", "iceberg");

    private static final Map<String, String> SINK = Map.of(
            "iceberg.control.commit.interval-ms", "2000",
            "iceberg.control.commit.timeout-ms", "2000",
            "iceberg.kafka.session.timeout.ms", "6000");

    /** Topics that the sink appends to tables of the same names. */
    private static final List<Topic<?>> APPENDED =
            List.of(Topics.CHURN_SIGNALS, Topics.ATTRIBUTION, Topics.ERASURE_RECEIPTS);

    private static final Duration HALF = Duration.ofDays(30);
    private static final String GONE = "customer-3";
    private static final Instant ERASED = Histories.START.plus(HALF).plusSeconds(1);

    @TempDir
    private Path folder;

    private TestCluster cluster;
    private Warehouse warehouse;
    private Pipeline pipeline;

    @Test
    void shouldHoldEachRecordOfTheTopicsOnceWhereverConnectIsKilled() throws Exception {
        BuiltParts.assumeWarehouse();
        var history = Histories.mixed(600, 20, HALF.multipliedBy(2), 37);
        try (var servers = TestCluster.start();
                var parts = Warehouse.start(servers.sandbox(), Map.of(), List.of());
                var streams = servers.pipeline(RUN)) {
            cluster = servers;
            warehouse = parts;
            pipeline = streams;
            cluster.publish(history.subList(0, 300));
            forget();
            fold(ERASED);
            shouldCommitWhatWasAnnouncedBeforeTheFirstCommit();
            cluster.publish(history.subList(300, 600));
            fold(Histories.START.plus(HALF.multipliedBy(3)));
            shouldNotTakeACommitThatItDidNotHearOfForMissing();
            shouldBeMadeWholeByReadingAgain();
        }
    }

    /** The sink has told Kafka that it is done with records whose files no table has: nobody reads those records again. */
    private void shouldCommitWhatWasAnnouncedBeforeTheFirstCommit() throws Exception {
        var files = outputs("first");
        startSink();
        try (var catalog = warehouse.postgres().connect()) {
            for (var topic : APPENDED) {
                await().atMost(TestCluster.PATIENCE)
                        .until(() -> IcebergTable.exists(catalog, "touchpoint", name(topic)));
            }
            lock(catalog);
            await().atMost(TestCluster.PATIENCE).until(() -> announced() > 0 && waiting() > 0);
            assertThat(table(Topics.ATTRIBUTION).rows()).isZero();
            warehouse.connect().kill();
            abandonWaiting();
            catalog.rollback();
        }
        assertThat(table(Topics.ATTRIBUTION).rows()).isZero();
        warehouse.connect().start();
        assertTables(files);
    }

    /** The commit reaches the catalog after the one who asked for it is gone. */
    private void shouldNotTakeACommitThatItDidNotHearOfForMissing() throws Exception {
        var before = table(Topics.ATTRIBUTION).rows();
        try (var catalog = warehouse.postgres().connect()) {
            lock(catalog);
            await().atMost(TestCluster.PATIENCE).until(() -> waiting() > 0);
            warehouse.connect().kill();
            catalog.rollback();
        }
        await().atMost(TestCluster.PATIENCE)
                .until(() -> APPENDED.stream().mapToLong(this::rows).sum() > before);
        warehouse.connect().start();
        assertTables(outputs("second"));
    }

    /** What to do when a table lacks rows, whyever: all is appended again, and each record of it stays one. */
    private void shouldBeMadeWholeByReadingAgain() throws Exception {
        var once = table(Topics.ATTRIBUTION).rows();
        ask("PUT", "/stop");
        await().atMost(TestCluster.PATIENCE).until(() -> ask("DELETE", "/offsets") == 200);
        ask("PUT", "/resume");
        await().atMost(TestCluster.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> table(Topics.ATTRIBUTION).rows() == 2 * once);
        assertTables(folder.resolve("second"));
    }

    private void startSink() throws Exception {
        try (var admin = Admin.create(cluster.config(Map.of()).kafka().admin())) {
            admin.createTopics(List.of(new NewTopic("touchpoint.connect-iceberg", 1, (short) 1)))
                    .all()
                    .get();
        }
        warehouse.deploy("iceberg", SINK);
    }

    /** Moves the clock on, and waits until everything is published that it decides. */
    private void fold(Instant until) {
        cluster.awaitDone(
                cluster.end(until), () -> assertThat(pipeline.failure()).isEmpty());
    }

    private void forget() {
        try (var values = cluster.serdes().anyContract()) {
            var request = new ErasureRequest("forget-3", GONE, ERASED, "test", "customer", "asked");
            cluster.publishBytes(Topics.ERASURES, GONE, values.serialize(Topics.ERASURES.name(), request), ERASED);
        }
    }

    private Path outputs(String name) throws Exception {
        return WrittenOutputs.write(cluster.sandbox().bootstrapServers(), cluster.serdes(), folder.resolve(name));
    }

    private void assertTables(Path files) throws Exception {
        for (var topic : APPENDED) {
            var expected = Rows.ofHistory(files.resolve(topic.slug() + ".jsonl"), line -> true);
            await(topic.slug())
                    .atMost(TestCluster.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> table(topic).once().assertSameAs(expected, topic.slug()));
            System.out.printf(
                    "iceberg: %s: %,d rows of %s, appended %,d%n",
                    files.getFileName(),
                    expected.all().size(),
                    topic.slug(),
                    table(topic).rows());
        }
    }

    private long rows(Topic<?> topic) {
        try {
            return table(topic).rows();
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private IcebergTable table(Topic<?> topic) throws Exception {
        try (var catalog = warehouse.postgres().connect()) {
            return IcebergTable.read(catalog, "touchpoint", name(topic));
        }
    }

    private static String name(Topic<?> topic) {
        return topic.slug().replace('-', '_');
    }

    /** {@return how many records the sink has told Kafka that it is done with} */
    private long announced() throws Exception {
        try (var admin = Admin.create(cluster.config(Map.of()).kafka().admin())) {
            return admin
                    .listConsumerGroupOffsets("connect-touchpoint-iceberg")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    /** Until the connection rolls back, tables can be read but neither made nor changed. */
    private static void lock(Connection catalog) throws SQLException {
        catalog.setAutoCommit(false);
        catalog.createStatement().execute("LOCK TABLE iceberg_tables IN EXCLUSIVE MODE");
    }

    /** {@return how many wait for the lock} */
    private long waiting() throws SQLException {
        try (var connection = warehouse.postgres().connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** PostgreSQL would carry out what waits, though the one who sent it is gone. */
    private void abandonWaiting() throws SQLException {
        try (var connection = warehouse.postgres().connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        }
        await().atMost(TestCluster.PATIENCE).until(() -> waiting() == 0);
    }

    private int ask(String method, String path) throws Exception {
        var uri = URI.create(warehouse.connect().url() + "/connectors/touchpoint-iceberg" + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
