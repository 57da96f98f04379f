package io.touchpoint.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.cli.TopicsCommand;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.registry.RegistrySettings;
import io.touchpoint.registry.RegistryUnavailableException;
import io.touchpoint.registry.UnknownSchemaException;
import io.touchpoint.serdes.AvroSerde;
import io.touchpoint.topics.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The topics command and the serdes against a real broker and a real registry; each test goes on from the one before. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopicsCommandIT {

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    @Order(1)
    void shouldSayThatEveryTopicIsMissingFromAnEmptyCluster() {
        var verified = run("verify");

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.errors())
                .hasSize(Topics.all().size() + 1)
                .first()
                .asString()
                .startsWith("touchpoint.surveys.v1: missing");
        assertThat(run("show").output()).contains("missing");
    }

    @Test
    @Order(2)
    void shouldCreateWhatIsMissingAndFindNothingWrongThen() {
        var created = run("create");

        assertThat(created.errors()).isEmpty();
        assertThat(created.exitCode()).isZero();
        assertThat(created.output())
                .contains("created touchpoint.orders.v1", "24 created, 0 were there", "all 24 topics are as declared");
        var again = run("create");
        assertThat(again.exitCode()).isZero();
        assertThat(again.output()).contains("0 created, 24 were there");
        assertThat(run("verify").exitCode()).isZero();
        assertThat(run("show").output()).contains("newest of each key", "unlimited", "PT720H");
    }

    @Test
    @Order(3)
    void shouldWriteAndReadOverTheRealRegistryAndRefuseWhatBreaksTheContract() {
        try (var registry = new HttpSchemaRegistry(RegistrySettings.at(sandbox.registryUrl()))) {
            var serde = new AvroSerde<>(OrderEvent.class, registry, false);
            var order = order();
            var bytes = serde.serializer().serialize(Topics.ORDERS.name(), order);

            assertThat(serde.deserializer().deserialize(Topics.ORDERS.name(), bytes))
                    .isEqualTo(order);
            assertThatThrownBy(() -> registry.schema(987_654)).isInstanceOf(UnknownSchemaException.class);
            assertThat(registry.compatible(Topics.ORDERS.subject(), AdClick.SCHEMA$))
                    .isFalse();
            assertThatThrownBy(() -> registry.register(Topics.ORDERS.subject(), AdClick.SCHEMA$))
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    @Order(3)
    void shouldRegisterTheSameNewSubjectsForSeveralAtOnce() throws Exception {
        var together = new CyclicBarrier(4);
        var registering = IntStream.range(0, together.getParties())
                .mapToObj(each -> CompletableFuture.supplyAsync(
                        () -> {
                            var ids = new ArrayList<Integer>();
                            try (var registry = new HttpSchemaRegistry(RegistrySettings.at(sandbox.registryUrl()))) {
                                for (int i = 0; i < 20; i++) {
                                    together.await(30, TimeUnit.SECONDS);
                                    ids.add(registry.register("at-once-" + i, OrderEvent.SCHEMA$));
                                    registry.requireFullTransitive("at-once-" + i);
                                }
                            } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                                throw new IllegalStateException(alone);
                            }
                            return ids;
                        },
                        start -> new Thread(start).start()))
                .toList();
        for (var each : registering) {
            assertThat(each.get()).hasSize(20).isEqualTo(registering.get(0).get());
        }
    }

    @Test
    @Order(4)
    void shouldSayExactlyWhatIsWrong() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", sandbox.bootstrapServers()))) {
            admin.createPartitions(Map.of(Topics.SUPPORT.name(), NewPartitions.increaseTo(6)))
                    .all()
                    .get();
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.ORDERS.name()),
                            List.of(set("retention.ms", "604800000"), set("message.timestamp.type", "LogAppendTime")),
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.PROFILES.name()),
                            List.of(set("cleanup.policy", "delete")),
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.CUSTOMERS.name()),
                            List.of(set("min.compaction.lag.ms", "86400000"))))
                    .all()
                    .get();
            admin.deleteTopics(List.of(Topics.ALERTS.name())).all().get();
        }

        var verified = run("verify");

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.errors())
                .hasSize(7)
                .anyMatch(line ->
                        line.startsWith("touchpoint.orders.v1: retention.ms=604800000 (expected: retention.ms=-1;"))
                .anyMatch(line -> line.startsWith("touchpoint.orders.v1: message.timestamp.type=LogAppendTime"))
                .anyMatch(line -> line.startsWith("touchpoint.profiles.v1: cleanup.policy=delete"))
                .anyMatch(line -> line.startsWith("touchpoint.customers.v1: min.compaction.lag.ms=86400000 (expected:"))
                .anyMatch(line -> line.startsWith("touchpoint.support.v1: 6 partitions (expected: 4;"))
                .anyMatch(line -> line.startsWith("touchpoint.alerts.v1: missing"))
                .endsWith("6 problems");
    }

    @Test
    @Order(5)
    void shouldSayThatTheRegistryIsAway() {
        sandbox.registry().close();
        var settings = RegistrySettings.at(sandbox.registryUrl());
        var impatient = new RegistrySettings(
                settings.urls(),
                settings.credentials(),
                settings.tls(),
                settings.requestTimeout(),
                Duration.ofMillis(500),
                settings.firstPause(),
                true);

        try (var registry = new HttpSchemaRegistry(impatient)) {
            assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(RegistryUnavailableException.class);
        }
        var verified = run("verify", "--set", "registry.retry-for=1s");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.errors()).singleElement().asString().startsWith("the schema registry is away");
    }

    @Test
    @Order(6)
    void shouldSayThatTheConfigurationIsWrong() {
        var wrong = run("verify", "--set", "topics.partitions=none");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors())
                .containsExactly("--set: topics.partitions: none (expected: a whole number, 1 to 10000)");
    }

    private static Run run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers", sandbox.bootstrapServers(),
                "--registry", sandbox.registryUrl().toString(),
                "--set", "topics.replication=1"));
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = new CommandLine(new TopicsCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Run(exitCode, out.toString(), err.toString().lines().toList());
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static OrderEvent order() {
        return OrderEvent.newBuilder()
                .setEventId("e1")
                .setCustomerId("c1")
                .setOccurredAt(Instant.EPOCH)
                .setSource("shop")
                .setOrderId("o1")
                .setStatus(OrderStatus.PAID)
                .setLines(List.of())
                .setCurrency("EUR")
                .setChannel("web")
                .build();
    }

    private record Run(int exitCode, String output, List<String> errors) {}
}
