package io.touchpoint.sandbox.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.touchpoint.activation.platform.Platform;
import io.touchpoint.cli.Touchpoint;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.AudienceReceipt;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.ReceiptStatus;
import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.sandbox.activation.PlatformServer.Fault;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.serdes.TrustedRecords;
import io.touchpoint.topics.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand members through {@code touchpoint activate} to a platform that throttles, fails, falls silent and refuses some, while the
 * writer is killed in the middle of a request and another one that stood by takes over.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ActivationIT {

    static {
        TrustedRecords.trust();
    }

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Instant DECIDED = Instant.now();
    private static final int CUSTOMERS = 98_000;
    private static final int BATCH = 1_000;
    private static final int PER_MINUTE = 1_200;
    private static final int KILLED_AT = 40;
    private static final String RAW_ADDRESS = "canary.address@example.org";
    private static final String RAW_CUSTOMER = "canary-customer-88";

    @TempDir
    private Path folder;

    private final Map<String, AudienceChange> newest = new LinkedHashMap<>();
    private final List<Map.Entry<String, AudienceChange>> changes = new ArrayList<>();

    @Test
    void shouldHaveExactlyTheWantedMembersInTheEnd() throws Exception {
        history();
        try (var sandbox = PipelineSandbox.start(SharedRegistry.temporary(), Map.of());
                var serdes = sandbox.config().serde().open();
                var server = PlatformServer.start(Platform.GOOGLE)) {
            var settings = settings(sandbox, server);
            var poison = poison();
            server.poison(poison);
            server.allow(PER_MINUTE / 10);
            var writer = new AtomicReference<ActivateProcess>();
            server.faults(number -> fault(number, writer));
            publish(sandbox, serdes);
            try (var first = ActivateProcess.start(settings, folder.resolve("first.log"))) {
                writer.set(first);
                await().atMost(PATIENCE).until(() -> server.requests() > 0);
                try (var second = ActivateProcess.start(settings, folder.resolve("second.log"))) {
                    var receipts = awaitReceipts(sandbox, serdes, first, second);

                    assertThat(first.isAlive()).as("the one that was killed").isFalse();
                    assertThat(server.broken()).isEmpty();
                    assertMembers(server, poison);
                    assertReceipts(receipts);
                    assertThat(server.busiest()).isLessThanOrEqualTo(PER_MINUTE / 10);
                    assertThat(server.largest()).isLessThanOrEqualTo(BATCH);
                    assertThat(second.stop()).isIn(0, 143);
                    assertThat(second.said())
                            .contains("decided to accepted p50")
                            .contains("1 NOT_EFFECTIVE");
                    assertNothingPersonal(first.said() + second.said());
                }
            }
            assertFilesForPeople(sandbox);
        }
    }

    /** Adds, removes, contact changes, shared addresses, and what should never have come. */
    private void history() {
        var random = new Random(7);
        for (int i = 0; i < CUSTOMERS; i++) {
            // One in fifty shares an address with the one before.
            var address = Hashes.of("a" + (i % 50 == 0 ? i + 1 : i));
            change("c" + i, i % 1000 == 500 ? "CATEGORY" : "ALL", MembershipChange.ADD, 1, List.of(address));
        }
        for (int i = 0; i < CUSTOMERS / 10; i++) {
            int who = random.nextInt(CUSTOMERS);
            var key = key("c" + who, who % 1000 == 500 ? "CATEGORY" : "ALL");
            var before = newest.get(key);
            boolean add = before.getChange() == MembershipChange.REMOVE || random.nextInt(4) == 0;
            change(
                    "c" + who,
                    before.getScope(),
                    add ? MembershipChange.ADD : MembershipChange.REMOVE,
                    before.getRevision() + 2,
                    add ? List.of(Hashes.of("new" + who)) : before.getEmailHashes());
        }
        // Stale ones, late.
        for (int i = 0; i < 500; i++) {
            var stale = AudienceChange.newBuilder(changes.get(i * 100).getValue())
                    .setRevision(0)
                    .setChange(MembershipChange.REMOVE)
                    .build();
            changes.add(Map.entry(changes.get(i * 100).getKey(), stale));
        }
        change(RAW_CUSTOMER, "ALL", MembershipChange.ADD, 1, List.of(RAW_ADDRESS, Hashes.of(RAW_ADDRESS)));
        change("nowhere", "SKU", MembershipChange.ADD, 1, List.of(Hashes.of("nowhere")));
    }

    private void change(String customer, String scope, MembershipChange change, long revision, List<String> hashes) {
        var value = AudienceChange.newBuilder()
                .setCustomerId(customer)
                .setPlatform("google")
                .setScope(scope)
                .setScopeValue(value(scope))
                .setChange(change)
                .setEmailHashes(hashes)
                .setPhoneHashes(List.of())
                .setRevision(revision)
                .setDecidedAt(DECIDED)
                .build();
        newest.put(key(customer, scope), value);
        changes.add(Map.entry(key(customer, scope), value));
    }

    private static String key(String customer, String scope) {
        return "google|" + customer + "|" + scope + "|" + value(scope);
    }

    private static String value(String scope) {
        return switch (scope) {
            case "ALL" -> "";
            case "CATEGORY" -> "coffee";
            default -> "mug";
        };
    }

    private Map<String, String> settings(PipelineSandbox sandbox, PlatformServer server) throws Exception {
        var audiences = Files.writeString(
                folder.resolve("audiences.yaml"), "ALL: \"1111\"\nCATEGORY: { coffee: \"{value}-2222\" }\n");
        var settings = new HashMap<String, String>();
        settings.put("bootstrap.servers", sandbox.servers().bootstrapServers());
        settings.put("registry.url", sandbox.servers().registryUrl().toString());
        settings.put("http.port", "0");
        settings.put("kafka.consumer.session.timeout.ms", "6000");
        settings.put("kafka.consumer.heartbeat.interval.ms", "1500");
        settings.put("activation.url", server.url().toString());
        settings.put("activation.account", PlatformServer.ACCOUNT);
        settings.put("activation.audiences", audiences.toString());
        settings.put("activation.batch-size", Integer.toString(BATCH));
        settings.put("activation.requests-per-minute", Integer.toString(PER_MINUTE));
        settings.put("activation.flush-interval", "500ms");
        settings.put("activation.request-timeout", "1s");
        settings.put("activation.retry-first", "50ms");
        return settings;
    }

    /** Of each hundred requests three go wrong; and one is the last of the first writer, which never learns that it was taken. */
    private static Fault fault(int number, AtomicReference<ActivateProcess> writer) {
        if (number == KILLED_AT) {
            writer.get().kill();
            return Fault.SILENT_AFTER;
        }
        return switch (number % 100) {
            case 7 -> Fault.THROTTLED;
            case 13 -> Fault.FAILED_BEFORE;
            case 21 -> Fault.FAILED_AFTER;
            case 58 -> Fault.SILENT_BEFORE;
            default -> Fault.NONE;
        };
    }

    private Set<String> poison() {
        return Set.of("E" + Hashes.of("a1234"), "E" + Hashes.of("a45678"), "E" + Hashes.of("a90001"));
    }

    private void publish(PipelineSandbox sandbox, RecordSerdes serdes) {
        var settings = new HashMap<>(sandbox.config().kafka().producer());
        settings.put("linger.ms", 5);
        settings.put("batch.size", 128 << 10);
        settings.put("max.in.flight.requests.per.connection", 1);
        try (var producer = new KafkaProducer<>(
                settings,
                new StringSerializer(),
                Topics.AUDIENCE_CHANGES.serde(serdes).serializer())) {
            changes.forEach(change -> producer.send(
                    new ProducerRecord<>(Topics.AUDIENCE_CHANGES.name(), change.getKey(), change.getValue())));
        }
    }

    /** All receipts, when there is a last word on every newest change. */
    private List<AudienceReceipt> awaitReceipts(
            PipelineSandbox sandbox, RecordSerdes serdes, ActivateProcess first, ActivateProcess second) {
        var receipts = new ArrayList<AudienceReceipt>();
        var open = new HashMap<String, Long>();
        newest.forEach((key, change) -> open.put(key, change.getRevision()));
        var settings = new HashMap<>(sandbox.config().kafka().consumer());
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", 5000);
        try (var consumer = new KafkaConsumer<>(
                settings,
                new StringDeserializer(),
                Topics.AUDIENCE_RECEIPTS.serde(serdes).deserializer())) {
            var partitions = consumer.partitionsFor(Topics.AUDIENCE_RECEIPTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                assertThat(second.isAlive())
                        .as(() -> first.said() + second.said())
                        .isTrue();
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    receipts.add(record.value());
                    if (isLast(record.value())) {
                        open.remove(record.key(), record.value().getRevision());
                    }
                });
                return open.isEmpty();
            });
        }
        return receipts;
    }

    private static boolean isLast(AudienceReceipt receipt) {
        return receipt.getStatus() == ReceiptStatus.ACCEPTED || receipt.getStatus() == ReceiptStatus.REFUSED;
    }

    private void assertMembers(PlatformServer server, Set<String> poison) {
        var all = wanted("ALL");
        assertThat(all).hasSizeGreaterThan(85_000);
        all.removeAll(poison);
        assertThat(server.members("1111")).isEqualTo(all);
        assertThat(server.members("coffee-2222")).isEqualTo(wanted("CATEGORY"));
    }

    private Set<String> wanted(String scope) {
        return newest.values().stream()
                .filter(change -> change.getScope().equals(scope) && change.getChange() == MembershipChange.ADD)
                .flatMap(change -> change.getEmailHashes().stream())
                .filter(hash -> !hash.equals(RAW_ADDRESS))
                .map(hash -> "E" + hash)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void assertReceipts(List<AudienceReceipt> receipts) {
        var last = receipts.stream().filter(ActivationIT::isLast).toList();
        assertThat(last.stream()
                        .map(receipt ->
                                receipt.getCustomerId() + "|" + receipt.getScope() + "|" + receipt.getRevision()))
                .doesNotHaveDuplicates();
        assertThat(last.stream()
                        .filter(receipt -> receipt.getStatus() == ReceiptStatus.REFUSED)
                        .map(AudienceReceipt::getReason)
                        .collect(Collectors.toSet()))
                .contains("NO_AUDIENCE")
                .isSubsetOf("NO_AUDIENCE", "INVALID_SHA256_FORMAT", "INVALID_ARGUMENT");
        assertThat(last.stream().map(AudienceReceipt::getReason)).contains("SHARED", "NOT_A_MEMBER");
    }

    private static void assertNothingPersonal(String said) {
        assertThat(said)
                .doesNotContain(RAW_ADDRESS)
                .doesNotContain(Hashes.of(RAW_ADDRESS))
                .doesNotContain(RAW_CUSTOMER)
                .doesNotContain(PlatformServer.TOKEN)
                .doesNotContain(Hashes.of("a1234"))
                .contains("THROTTLED", "STATUS_500", "TIMEOUT");
    }

    private void assertFilesForPeople(PipelineSandbox sandbox) throws Exception {
        var csv = folder.resolve("all.csv");
        run(sandbox, "export", "suppressions", "--platform", "google", "--out", csv.toString());
        var lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("Email,Phone");
        assertThat(lines.stream()
                        .skip(1)
                        .map(line -> "E" + line.replace(",", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(wanted("ALL"));

        var requests = folder.resolve("requests");
        run(
                sandbox,
                "activate",
                "--platform",
                "google",
                "--dry-run",
                requests.toString(),
                "--set",
                "activation.account=1",
                "--set",
                "activation.audiences=" + folder.resolve("audiences.yaml"));
        try (var files = Files.list(requests)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .hasSizeBetween(9, 15)
                    .contains("000001.http");
        }
        assertThat(Files.readString(requests.resolve("000001.http")))
                .startsWith("POST https://datamanager.googleapis.com/v1/audienceMembers:ingest\n")
                .doesNotContain(RAW_ADDRESS);
    }

    private static void run(PipelineSandbox sandbox, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", sandbox.servers().bootstrapServers()));
        all.addAll(List.of("--registry", sandbox.servers().registryUrl().toString()));
        var said = new StringWriter();
        int code = Touchpoint.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(all.toArray(String[]::new));
        assertThat(code).as(said::toString).isZero();
    }
}
