package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.sandbox.replay.WrittenOutputs;
import io.touchpoint.sandbox.warehouse.BuiltParts;
import io.touchpoint.sandbox.warehouse.Rows;
import io.touchpoint.sandbox.warehouse.Warehouse;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a real PostgreSQL are what replay would write of the topics, whatever is stopped or killed on the way. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class WarehouseIT {

    private static final Map<String, String> RUN = Map.of("application.id", "warehouse");

    /** So rarely that what was written before a kill is never committed. */
    private static final Map<String, String> WORKER = Map.of("offset.flush.interval.ms", "600000");

    private static final List<Topic<?>> WAREHOUSED = List.of(
            Topics.PROFILES,
            Topics.SUPPRESSIONS,
            Topics.ROLLING_KPIS,
            Topics.CALENDAR_KPIS,
            Topics.CHURN_SIGNALS,
            Topics.ATTRIBUTION,
            Topics.ALERTS,
            Topics.ERASURE_RECEIPTS);

    private static final Duration HALF = Duration.ofDays(30);
    private static final String GONE = "customer-3";
    private static final Instant ERASED =
            Histories.START.plus(HALF.multipliedBy(2)).plusSeconds(1);

    @TempDir
    private Path folder;

    private TestCluster cluster;
    private Warehouse warehouse;
    private Pipeline pipeline;

    @Test
    void shouldHoldTheRowsOfTheTopicsAcrossStopsKillsAndErasures() throws Exception {
        BuiltParts.assumeWarehouse();
        var history = Histories.mixed(900, 20, HALF.multipliedBy(2), 31);
        try (var servers = TestCluster.start();
                var parts = Warehouse.start(servers.sandbox(), WORKER, Warehouse.TO_POSTGRES);
                var streams = servers.pipeline(RUN)) {
            cluster = servers;
            warehouse = parts;
            pipeline = streams;
            shouldCatchUpAfterTheDatabaseWasAway(history.subList(0, 300), history.subList(300, 450));
            shouldWriteAgainWhatWasNotCommitted(history.subList(450, 900));
        }
    }

    private void shouldCatchUpAfterTheDatabaseWasAway(List<TouchpointEvent> before, List<TouchpointEvent> meanwhile)
            throws Exception {
        cluster.publish(before);
        awaitRows("attribution", 1);
        warehouse.postgres().close();
        cluster.publish(meanwhile);
        fold(Histories.START.plus(HALF));
        warehouse.postgres().start();
        assertRowsOfTheTopics("away", line -> true);
        assertThat(count("attribution WHERE customer_id = '" + GONE + "'")).isPositive();
        assertThat(count("profiles WHERE customer_id = '" + GONE + "'")).isOne();
    }

    private void shouldWriteAgainWhatWasNotCommitted(List<TouchpointEvent> load) throws Exception {
        var suppressed = suppressions();
        var credits = count("attribution");
        cluster.publish(load);
        forget();
        awaitRows("attribution", credits + 1);
        warehouse.connect().kill();
        assertThat(writtenAndNotCommitted()).isPositive();
        warehouse.connect().start();
        fold(ERASED.plus(Duration.ofDays(45)));
        assertRowsOfTheTopics("killed", line -> !isOfTheErased(line));

        for (var table : List.of("profiles", "suppressions", "churn_signals", "attribution")) {
            assertThat(count(table + " WHERE customer_id = '" + GONE + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(count("alerts WHERE segment = 'customer=" + GONE + "'")).isZero();
        suppressed.removeAll(suppressions());
        assertThat(suppressed).as("deleted by a tombstone").anyMatch(key -> !key.startsWith(GONE + "|"));
        for (var view : List.of(
                "kpi_by_month",
                "revenue_by_month",
                "customer_cohorts",
                "cohort_revenue",
                "suppression_overview",
                "churn_history")) {
            assertThat(count(view)).as(view).isPositive();
        }
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

    private void assertRowsOfTheTopics(String name, Predicate<JsonNode> kept) throws Exception {
        var files = WrittenOutputs.write(cluster.sandbox().bootstrapServers(), cluster.serdes(), folder.resolve(name));
        for (var topic : WAREHOUSED) {
            var expected = expected(files, topic, kept);
            System.out.printf(
                    "warehouse: %s: %,d rows of %s%n", name, expected.all().size(), topic.slug());
            await(topic.slug())
                    .atMost(TestCluster.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> found(topic).assertSameAs(expected, topic.slug()));
        }
    }

    private static Rows expected(Path files, Topic<?> topic, Predicate<JsonNode> kept) throws IOException {
        var file = files.resolve(topic.slug() + ".jsonl");
        return topic.lifetime() == Lifetime.LATEST ? Rows.ofLatest(file) : Rows.ofHistory(file, kept);
    }

    private static boolean isOfTheErased(JsonNode line) {
        var value = line.get("value");
        return !Instant.parse(line.get("timestamp").textValue()).isAfter(ERASED)
                && (value.path("customer_id").asText().equals(GONE)
                        || value.path("segment").asText().equals("customer=" + GONE));
    }

    private Rows found(Topic<?> topic) throws SQLException {
        try (var connection = warehouse.postgres().connect()) {
            return Rows.found(
                    connection, "SELECT to_jsonb(t) FROM " + topic.slug().replace('-', '_') + " t");
        }
    }

    private Set<String> suppressions() throws SQLException {
        var keys = new HashSet<String>();
        try (var connection = warehouse.postgres().connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT record_key FROM suppressions")) {
            while (found.next()) {
                keys.add(found.getString(1));
            }
        }
        return keys;
    }

    private void awaitRows(String table, long atLeast) {
        await(table).atMost(TestCluster.PATIENCE).until(() -> count(table) >= atLeast);
    }

    private long count(String from) throws SQLException {
        try (var connection = warehouse.postgres().connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT count(*) FROM " + from)) {
            found.next();
            return found.getLong(1);
        }
    }

    /** {@return how many credits are rows of which Kafka Connect has not said that it is done with them} */
    private long writtenAndNotCommitted() throws Exception {
        try (var admin = Admin.create(cluster.config(Map.of()).kafka().admin())) {
            var committed = admin.listConsumerGroupOffsets("connect-touchpoint-postgres-history")
                    .partitionsToOffsetAndMetadata()
                    .get();
            long rows = 0;
            for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
                var done = committed.get(new TopicPartition(Topics.ATTRIBUTION.name(), partition));
                rows += count("attribution WHERE __connect_partition = " + partition + " AND __connect_offset >= "
                        + (done == null ? 0 : done.offset()));
            }
            return rows;
        }
    }
}
