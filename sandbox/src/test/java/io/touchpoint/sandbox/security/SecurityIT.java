package io.touchpoint.sandbox.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.touchpoint.access.Grant;
import io.touchpoint.access.Grants;
import io.touchpoint.access.Party;
import io.touchpoint.cli.Touchpoint;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.queries.LiveOutputs;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.TopicProvisioner;
import io.touchpoint.topics.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Least privilege over TLS and SCRAM on a broker that denies what is not allowed; each test goes on from the one before. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String PIPELINE = Party.PIPELINE.principal();

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;
    private static RecordSerdes serdes;
    private static int orders;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(folder);
        serdes = RecordSerdes.over(new InMemorySchemaRegistry());
        assertThat(acls("--apply", "--bootstrap-servers", broker.serversOfSuperUser()))
                .contains(PIPELINE + " may do");
    }

    @AfterAll
    static void stop() {
        serdes.close();
        broker.close();
    }

    @Test
    @Order(1)
    void shouldLetTheOperatorMakeTheTopics() throws Exception {
        var config = broker.config(Party.OPERATOR, Map.of());
        try (var admin = Admin.create(config.kafka().admin())) {
            var topics = new TopicProvisioner(admin, config.topics());

            assertThat(topics.create()).hasSize(Topics.all().size());
            assertThat(topics.verify()).isEmpty();
        }
        assertNothingRefused(Party.OPERATOR);
        assertEachAskedFor(Party.OPERATOR);
    }

    @Test
    @Order(2)
    void shouldRunThePipelineWithExactlyItsGrants() throws Exception {
        var longAgo = Instant.now().minus(300, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        publish(Topics.ORDERS, "alice", order("alice", longAgo));
        publish(Topics.ERASURES, "bob", erasure("bob", longAgo));
        publishBytes(Topics.ORDERS, "carol", "no order".getBytes(StandardCharsets.UTF_8));
        var config = broker.config(Party.PIPELINE, Map.of("streams.instance-id", "one"));
        verifyTopics(config);
        try (var pipeline = Pipeline.start(config, PolicyFile.shipped(), serdes, InstantSource.system());
                var server = OperationsServer.start(config, PolicyFile.shipped(), serdes, pipeline)) {
            assertThat(pipeline.awaitRunning(SOON)).isTrue();
            assertThat(server.port()).isPositive();
            end(Instant.now());
            await().atMost(SOON).until(() -> pipeline.hasStopped() || end(Topics.RUNS_DONE) > 0);
            assertThat(pipeline.failure()).isEmpty();
        }
        assertThat(membersOfTheGroup()).containsExactly("one-1");

        // The state is gone, and is read back from the changelogs.
        var elsewhere = broker.config(
                Party.PIPELINE,
                Map.of(
                        "streams.instance-id",
                        "one",
                        "streams.state-dir",
                        folder.resolve("restored").toString()));
        try (var pipeline = Pipeline.start(elsewhere, PolicyFile.shipped(), serdes, InstantSource.system())) {
            assertThat(pipeline.awaitRunning(SOON)).isTrue();
            await().atMost(SOON).untilAsserted(() -> assertEachAskedFor(Party.PIPELINE));
            assertNothingMovesWhileAnotherRestarts(pipeline);
        }
        assertNothingRefused(Party.PIPELINE);
    }

    private static void assertNothingMovesWhileAnotherRestarts(Pipeline one) throws Exception {
        var config = broker.config(
                Party.PIPELINE,
                Map.of(
                        "streams.instance-id",
                        "two",
                        "streams.state-dir",
                        folder.resolve("two").toString()));
        try (var two = Pipeline.start(config, PolicyFile.shipped(), serdes, InstantSource.system())) {
            assertThat(two.awaitRunning(SOON)).isTrue();
            // Moving a task takes a second rebalance, which follows at once.
            var seen = new AtomicReference<>(-1.0);
            await().during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> seen.getAndSet(rebalances(one)) == rebalances(one)
                            && one.streams().state() == State.RUNNING);
        }
        double before = rebalances(one);
        try (var two = Pipeline.start(config, PolicyFile.shipped(), serdes, InstantSource.system())) {
            assertThat(two.awaitRunning(SOON)).isTrue();
        }
        assertThat(before).isPositive();
        assertThat(rebalances(one)).isEqualTo(before);
        assertThat(membersOfTheGroup()).containsExactlyInAnyOrder("one-1", "two-1");
        broker.superUser()
                .removeMembersFromConsumerGroup(
                        "touchpoint", new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("two-1"))))
                .all()
                .get();
    }

    private static double rebalances(Pipeline pipeline) {
        return pipeline.streams().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("rebalance-total"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    private static List<String> membersOfTheGroup() throws Exception {
        var group = broker.superUser()
                .describeConsumerGroups(List.of("touchpoint"))
                .all()
                .get();
        return group.get("touchpoint").members().stream()
                .map(member -> member.groupInstanceId().orElse("nameless"))
                .toList();
    }

    private static long end(Topic<?> topic) throws Exception {
        var partition = new TopicPartition(topic.name(), 0);
        return broker.superUser()
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    @Test
    @Order(3)
    void shouldLetReadersSeeWhatIsPublishedAndProducersPublish() throws Exception {
        try (var outputs = LiveOutputs.follow(broker.config(Party.READER, Map.of()), serdes)) {
            assertThat(outputs.awaitCaughtUp(SOON)).isTrue();
            await().atMost(SOON).untilAsserted(() -> assertEachAskedFor(Party.READER));
        }
        assertNothingRefused(Party.READER);
        assertNothingRefused(Party.PRODUCER);
    }

    @Test
    @Order(4)
    void shouldLetNobodyDoMore() throws Exception {
        var reader = broker.config(Party.READER, Map.of()).kafka().consumer();
        try (var consumer = new KafkaConsumer<>(reader, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(Topics.CUSTOMERS.name(), 0)));
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        assertThatThrownBy(() -> publishAs(Party.PRODUCER, Topics.SUPPRESSIONS, "x", new byte[0]))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource({
        "GROUP, READ, touchpoint",
        "TRANSACTIONAL_ID, WRITE, Transactional Id authorization failed",
        "TOPIC touchpoint.support.v1, READ, touchpoint.support.v1",
        "TOPIC touchpoint.profiles.v1, WRITE, touchpoint.profiles.v1",
    })
    void shouldStopAndSayWhatIsMissingWhenThereIsOneFewer(String on, AclOperation operation, String said)
            throws Exception {
        var missing = grant(on, operation);
        broker.superUser().deleteAcls(List.of(missing.toFilter())).all().get();
        try {
            publish(Topics.ORDERS, "alice", order("alice", Instant.now().truncatedTo(ChronoUnit.MILLIS)));
            try (var pipeline = Pipeline.start(
                    broker.config(Party.PIPELINE, Map.of("streams.instance-id", "one")),
                    PolicyFile.shipped(),
                    serdes,
                    InstantSource.system())) {
                await().atMost(SOON).until(pipeline::hasStopped);

                assertThat(pipeline.failure().map(Pipeline::cause).orElseThrow())
                        .startsWith("not allowed by Kafka: ")
                        .contains(said, "(expected: the grants of 'touchpoint topics acls')");
            }
        } finally {
            broker.superUser().createAcls(List.of(missing)).all().get();
        }
    }

    @Test
    @Order(6)
    void shouldNotStartWithoutBeingAllowedToLookAtTheTopics() throws Exception {
        var missing = grant("TOPIC touchpoint.orders.v1", AclOperation.DESCRIBE_CONFIGS);
        broker.superUser().deleteAcls(List.of(missing.toFilter())).all().get();

        assertThatThrownBy(() -> verifyTopics(broker.config(Party.PIPELINE, Map.of())))
                .isInstanceOf(KafkaException.class)
                .extracting(Pipeline::cause)
                .asString()
                .startsWith("not allowed by Kafka: cannot read topic settings");
        broker.superUser().createAcls(List.of(missing)).all().get();
    }

    @Test
    @Order(7)
    void shouldRefuseAWrongPasswordAndAnUnknownCertificate() throws Exception {
        var wrong =
                AppConfig.read(Optional.empty(), broker.environment(Party.READER, "wrong"), broker.settings(Map.of()));
        assertThatThrownBy(() -> names(wrong)).hasCauseInstanceOf(SaslAuthenticationException.class);

        var untrusting = broker.config(
                Party.READER,
                Map.of(
                        "kafka.ssl.truststore.type",
                        "JKS",
                        "kafka.ssl.truststore.location",
                        Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                                .toString()));
        assertThatThrownBy(() -> names(untrusting)).hasCauseInstanceOf(SslAuthenticationException.class);
    }

    private static Object names(AppConfig config) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(config.kafka().admin())) {
            return admin.listTopics().names().get();
        }
    }

    private static void verifyTopics(AppConfig config) {
        try (var admin = Admin.create(config.kafka().admin())) {
            assertThat(new TopicProvisioner(admin, config.topics()).verify()).isEmpty();
        }
    }

    private static void assertNothingRefused(Party party) {
        assertThat(RecordingAuthorizer.askedBy(party.principal()))
                .isNotEmpty()
                .allMatch(RecordingAuthorizer.Asked::allowed);
    }

    /** What is granted and never asked for is granted for nothing; what nothing was published to cannot be judged. */
    private static void assertEachAskedFor(Party party) throws Exception {
        var asked = RecordingAuthorizer.askedBy(party.principal());
        var inVain = new Grants("touchpoint")
                .of(party).stream()
                        .flatMap(grant -> grant.bindings(party.principal()).stream())
                        .filter(binding -> asked.stream().noneMatch(each -> isBy(each, binding)))
                        .toList();
        for (var binding : inVain) {
            var topic = Topics.named(binding.pattern().name());
            assertThat(binding.entry().operation() == AclOperation.WRITE && topic.isPresent() && end(topic.get()) == 0)
                    .as("%s was granted and never asked for", binding)
                    .isTrue();
        }
    }

    private static boolean isBy(RecordingAuthorizer.Asked asked, AclBinding binding) {
        var pattern = binding.pattern();
        var isOnIt = switch (pattern.patternType()) {
            case LITERAL -> asked.on().name().equals(pattern.name());
            case PREFIXED -> asked.on().name().startsWith(pattern.name());
            case UNKNOWN, ANY, MATCH -> false;
        };
        return asked.allowed()
                && isOnIt
                && asked.on().resourceType() == pattern.resourceType()
                && asked.operation() == binding.entry().operation();
    }

    private static AclBinding grant(String on, AclOperation operation) {
        var words = on.split(" ");
        return new Grants("touchpoint")
                .of(Party.PIPELINE).stream()
                        .filter(grant -> grant.on().resourceType().name().equals(words[0]))
                        .filter(grant -> words.length == 1 || grant.on().name().equals(words[1]))
                        .flatMap((Grant grant) -> grant.bindings(PIPELINE).stream())
                        .filter(binding -> binding.entry().operation() == operation)
                        .findFirst()
                        .orElseThrow();
    }

    private static void publish(Topic<?> topic, String key, SpecificRecord value) throws Exception {
        publishBytes(topic, key, serdes.anyContract().serialize(topic.name(), value));
    }

    private static void publishBytes(Topic<?> topic, String key, byte[] value) throws Exception {
        publishAs(Party.PRODUCER, topic, key, value);
    }

    private static void publishAs(Party party, Topic<?> topic, String key, byte[] value) throws Exception {
        var settings = broker.config(party, Map.of()).kafka().producer();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }

    private static OrderEvent order(String customer, Instant at) {
        var id = "order-" + ++orders;
        var order = new OrderEvent();
        order.setEventId("event-" + id);
        order.setCustomerId(customer);
        order.setOccurredAt(at);
        order.setSource("test");
        order.setOrderId(id);
        order.setStatus(OrderStatus.PAID);
        order.setLines(List.of(new OrderLine("tea", null, 1, 500L, null)));
        order.setCurrency("EUR");
        order.setChannel("web");
        return order;
    }

    private static ErasureRequest erasure(String customer, Instant at) {
        return new ErasureRequest("erasure-of-" + customer, customer, at, "test", "them", "asked for");
    }

    /** The end of the run, after which a pipeline on the clock of the events has published everything. */
    private static void end(Instant until) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", broker.serversOfSuperUser());
        var marker = Topics.CONTROL
                .serde(serdes)
                .serializer()
                .serialize(Topics.CONTROL.name(), new EndMarker("run", until.toEpochMilli()));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.CONTROL.name(), 0, until.toEpochMilli() + 1, "run", marker))
                    .get();
        }
    }

    private static String acls(String... arguments) {
        var said = new StringWriter();
        int exitCode = Touchpoint.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(Stream.concat(Stream.of("topics", "acls"), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(exitCode).as(said.toString()).isZero();
        return said.toString();
    }
}
