package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AlertState;
import io.touchpoint.records.Cause;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputReaderTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final Instant ERASED = NOON.plusSeconds(60);

    private final RecordSerdes serdes = RecordSerdes.over(new InMemorySchemaRegistry());
    private final KpiBoard board = new KpiBoard();
    private final LiveFeed feed = new LiveFeed();
    private final DecisionBoard decisions = new DecisionBoard(InstantSource.fixed(NOON));
    private final Outputs outputs =
            new Outputs(serdes, board, feed, Optional.of(new Outputs.Boards(decisions, new RejectedBoard())));
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<String, Long> published = new HashMap<>();
    private OutputReader reader;

    @AfterEach
    void stop() {
        reader.close();
        serdes.close();
    }

    @Test
    void shouldLeaveOutOnlyTheRecordThatCannotBeReadAndCountIt() throws Exception {
        start();
        publish(
                signal("alice", NOON),
                raw(Topics.CHURN_SIGNALS, "bob", new byte[] {7, 7, 7}),
                raw(Topics.ALERTS, null, new byte[0]),
                signal("carol", NOON.plusSeconds(1)),
                raw(Topics.CHURN_SIGNALS, "dave", new byte[] {0, 0, 0, 9, 9, 1}),
                signal("erin", NOON.plusSeconds(2)));

        await().until(() -> decisions.newestSignals().size() == 3);
        assertThat(decisions.newestSignals())
                .extracting(decided -> decided.value().getCustomerId())
                .containsExactly("erin", "carol", "alice");
        assertThat(outputs.unreadable()).isEqualTo(3);
    }

    @Test
    void shouldForgetWhoIsErased() throws Exception {
        start();
        publish(
                signal("alice", NOON),
                signal("bob", NOON),
                suppression("alice", SuppressionState.ACTIVE, NOON),
                suppression("bob", SuppressionState.ACTIVE, NOON),
                callBack("alice", AlertState.FIRING, NOON),
                callBack("bob", AlertState.FIRING, NOON));
        await().until(() -> board.alerts().openCount() == 2);
        assertThat(everythingShown()).contains("alice");

        publish(receipt("alice"));
        // What was published before the erasure, or with it, and is read after the receipt.
        publish(
                signal("alice", NOON.plusSeconds(1)),
                callBack("alice", AlertState.RESOLVED, ERASED),
                suppression("alice", SuppressionState.ACTIVE, NOON.plusSeconds(1)),
                tombstone(Topics.SUPPRESSIONS, "alice|ALL|"));
        publish(signal("last", ERASED));

        await().until(() -> everythingShown().contains("last"));
        assertThat(everythingShown()).contains("bob").doesNotContain("alice");
        assertThat(decisions.standing().active()).isEqualTo(1);
        assertThat(board.alerts().openCount()).isEqualTo(1);
    }

    @Test
    void shouldShowWhoComesBackAfterAnErasure() throws Exception {
        start();
        publish(receipt("alice"), signal("alice", ERASED.plusMillis(1)));

        await().until(() -> everythingShown().contains("alice"));
    }

    @Test
    void shouldNotServeOverHttpWhoIsErased() throws Exception {
        start();
        publish(
                signal("alice", NOON),
                suppression("alice", SuppressionState.ACTIVE, NOON),
                callBack("alice", AlertState.FIRING, NOON),
                receipt("alice"),
                signal("last", ERASED));
        await().until(() -> everythingShown().contains("last"));

        try (var server = Answering.with(
                Answering.config(Map.of()),
                InstantSource.system(),
                List.of(new DecisionRoutes(decisions), new AlertRoutes(board.alerts())))) {
            for (var path : List.of("suppressions/newest", "churn-signals/newest", "alerts?limit=1000")) {
                var answer = server.get("/api/v1/" + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body()).as(path).doesNotContain("alice");
                assertThat(new ObjectMapper().readTree(answer.body()).isObject())
                        .as(path)
                        .isTrue();
            }
        }
    }

    /** What anybody can be told: the boards, and all that one who comes back gets. */
    private String everythingShown() throws InterruptedException {
        var text = new StringBuilder()
                .append(decisions.newestSignals())
                .append(decisions.newestSuppressions())
                .append(board.alerts().open(100))
                .append(board.alerts().recent(100));
        try (var watcher = feed.resume(event -> true, 0)) {
            for (var event = watcher.next(0); event != null; event = watcher.next(0)) {
                text.append(event.json());
            }
        }
        return text.toString();
    }

    private void start() throws InterruptedException {
        var ends = new HashMap<TopicPartition, Long>();
        for (var topic : outputs.topics()) {
            ends.put(new TopicPartition(topic, 0), 0L);
            consumer.updatePartitions(
                    topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
        }
        consumer.updateBeginningOffsets(ends);
        consumer.updateEndOffsets(ends);
        reader = OutputReader.start(consumer, outputs, false);
        assertThat(reader.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
    }

    private record Published(Topic<?> topic, String key, byte[] bytes, Instant at) {}

    /** All that is given comes with one poll. */
    private void publish(Published... records) {
        consumer.schedulePollTask(() -> {
            for (var record : records) {
                var topic = record.topic().name();
                consumer.addRecord(new ConsumerRecord<>(
                        topic,
                        0,
                        published.merge(topic, 1L, Long::sum) - 1,
                        record.at().toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        record.key(),
                        record.bytes(),
                        new RecordHeaders(),
                        Optional.empty()));
            }
        });
    }

    private <T extends SpecificRecord> Published of(Topic<T> topic, String key, T value, Instant at) {
        return new Published(topic, key, topic.serde(serdes).serializer().serialize(topic.name(), value), at);
    }

    private static Published raw(Topic<?> topic, String key, byte[] bytes) {
        return new Published(topic, key, bytes, NOON);
    }

    private static Published tombstone(Topic<?> topic, String key) {
        return new Published(topic, key, null, ERASED);
    }

    private Published signal(String customer, Instant at) {
        return of(
                Topics.CHURN_SIGNALS,
                customer,
                new ChurnSignal(
                        customer,
                        ChurnLevel.LOST,
                        ChurnLevel.WATCH,
                        0.1,
                        0.1,
                        null,
                        null,
                        List.of(),
                        "win-back-offer",
                        "model",
                        at),
                at);
    }

    private Published suppression(String customer, SuppressionState state, Instant at) {
        return of(
                Topics.SUPPRESSIONS,
                customer + "|ALL|",
                new Suppression(
                        customer,
                        SuppressionScope.ALL,
                        "",
                        state,
                        List.of("DETRACTOR"),
                        at,
                        null,
                        1L,
                        new Cause(List.of("e1"), "rule", "1")),
                at);
    }

    private Published callBack(String customer, AlertState state, Instant at) {
        return of(
                Topics.ALERTS,
                "call-back|customer=" + customer,
                Alert.newBuilder()
                        .setRule("call-back")
                        .setKpi("nps")
                        .setSegment("customer=" + customer)
                        .setState(state)
                        .setDetail("wants a call back")
                        .setDecidedAt(at)
                        .setOpenedAt(NOON)
                        .build(),
                at);
    }

    private Published receipt(String customer) {
        var hash = CustomerHash.hex(customer);
        return of(
                Topics.ERASURE_RECEIPTS, hash, new ErasureReceipt(hash, "event", "somebody", ERASED, 1, 1, 1), ERASED);
    }
}
