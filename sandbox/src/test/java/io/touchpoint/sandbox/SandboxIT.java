package io.touchpoint.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("what must be soon takes longer beside others")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SandboxIT {

    private static final String TOPIC = "touchpoint.tries.v1";
    private static final String SUBJECT = "touchpoint.tries.v1-value";
    private static final String SCHEMA = """
            {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"Try\\",\\"fields\\":[{\\"name\\":\\"a\\",\\"type\\":\\"int\\"}]}"}""";
    private static final String WITHOUT_THE_FIELD = """
            {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"Try\\",\\"fields\\":[{\\"name\\":\\"b\\",\\"type\\":\\"int\\"}]}"}""";
    /** A year ago, as the records of a replay are. */
    private static final long LONG_AGO = 1_700_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void shouldBeReadyWithin12SecondsAndRefuseAnIncompatibleSchema() throws Exception {
        var before = System.nanoTime();
        try (var sandbox = Sandbox.start(SandboxOptions.temporary())) {
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));

            assertThat(post(sandbox, "/subjects/" + SUBJECT + "/versions", SCHEMA)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(sandbox, "/subjects/" + SUBJECT + "/versions", WITHOUT_THE_FIELD)
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void shouldKeepRecordsAndSchemasWhenResumedAtOtherAddresses() throws Exception {
        HttpResponse<String> registered;
        String addresses;
        try (var sandbox = Sandbox.start(SandboxOptions.keptIn(folder))) {
            createTopic(sandbox, (short) 1);
            send(sandbox, "first");
            registered = post(sandbox, "/subjects/" + SUBJECT + "/versions", SCHEMA);
            addresses = sandbox.bootstrapServers();
        }

        try (var sandbox = Sandbox.start(SandboxOptions.keptIn(folder))) {
            send(sandbox, "second");

            assertThat(sandbox.bootstrapServers()).isNotEqualTo(addresses);
            assertThat(read(sandbox, 2)).containsExactly("first", "second");
            assertThat(post(sandbox, "/subjects/" + SUBJECT + "/versions", SCHEMA)
                            .body())
                    .isEqualTo(registered.body());
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenClosed() {
        var sandbox = Sandbox.start(SandboxOptions.temporary());
        var registry = ProcessHandle.of(sandbox.registry().pid()).orElseThrow();
        var stoppedWhileItRan = new AtomicBoolean();
        sandbox.stopFirst(() -> stoppedWhileItRan.set(registry.isAlive()));

        sandbox.close();
        sandbox.close();

        assertThat(stoppedWhileItRan).isTrue();
        assertThat(registry.isAlive()).isFalse();
        assertThat(sandbox.folder()).doesNotExist();
    }

    @Test
    void shouldLeaveNothingBehindOnCtrlC() throws Exception {
        var started = SandboxProcess.start();

        new ProcessBuilder("kill", "-INT", Long.toString(started.process().pid()))
                .start()
                .waitFor();

        assertThat(started.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(started.registryRuns()).isFalse();
        assertThat(started.folder()).doesNotExist();
    }

    @Test
    void shouldEndTheRegistryWhenItsStarterIsKilledAndLeaveTheFolderToTheNext() throws Exception {
        var started = SandboxProcess.start();
        assertThat(started.registryRuns()).isTrue();

        started.process().destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(15)).until(() -> !started.registryRuns());
        assertThat(started.folder()).exists();
        DataFolder.temporary().close();
        assertThat(started.folder()).doesNotExist();
    }

    @Test
    void shouldKeepTakingRecordsWhileOneOfThreeBrokersIsDown() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.temporary().withBrokers(3))) {
            createTopic(sandbox, (short) 3);
            send(sandbox, "three brokers");
            sandbox.kafka().stopBroker(3);
            send(sandbox, "two brokers");
            sandbox.kafka().startBroker(3);
            send(sandbox, "three again");

            assertThat(read(sandbox, 3)).containsExactly("three brokers", "two brokers", "three again");
        }
    }

    @Test
    void shouldRefuseAFolderThatIsInUseOrHoldsAnotherNumberOfBrokers() {
        try (var running = Sandbox.start(SandboxOptions.keptIn(folder))) {
            assertThat(running.folder()).isEqualTo(folder.toAbsolutePath());
            assertThatThrownBy(() -> Sandbox.start(SandboxOptions.keptIn(folder)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another sandbox uses " + folder);
        }
        assertThatThrownBy(() -> Sandbox.start(SandboxOptions.keptIn(folder).withBrokers(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("brokers: 3 (expected: 1");
    }

    private static void createTopic(Sandbox sandbox, short replicas) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, replicas))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(Sandbox sandbox, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", sandbox.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, LONG_AGO, "key", value))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(Sandbox sandbox, int expected) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", sandbox.bootstrapServers(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            var values = new ArrayList<String>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
                return values.size() >= expected;
            });
            return values;
        }
    }

    private static HttpResponse<String> post(Sandbox sandbox, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sandbox.registryUrl() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
