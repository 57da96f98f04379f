package io.touchpoint.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchpoint.docs.GeneratedPage;
import io.touchpoint.registry.RegistrySettings.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppConfigTest {

    @TempDir
    private Path folder;

    @Test
    void shouldAdvertiseAnAddressThatOthersCanReach() {
        assertThat(reachedAt("http.port", "0")).isEmpty();
        assertThat(reachedAt("http.advertised", "pod-1.touchpoint:8080", "http.port", "0"))
                .contains("pod-1.touchpoint:8080");
        assertThat(reachedAt("http.host", "0.0.0.0", "http.token", "secret"))
                .hasValueSatisfying(
                        address -> assertThat(address).endsWith(":8080").doesNotContain("0.0.0.0"));
        assertThat(reachedAt("http.host", "::1")).contains("[::1]:8080");
        assertThatThrownBy(() -> reachedAt("http.advertised", "http://pod-1"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("host:port");
    }

    private static Optional<String> reachedAt(String... settings) {
        var flags = new java.util.HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            flags.put(settings[i], settings[i + 1]);
        }
        return AppConfig.read(Optional.empty(), Map.of(), flags).http().reachedAt();
    }

    @Test
    void shouldHaveAnUpToDatePage() {
        GeneratedPage.assertUpToDate("configuration.md", SettingsPage.text());
    }

    /** A change here is a change for every installation: say so in the CHANGELOG. */
    @Test
    void shouldKeepEveryKeyAndDefault() {
        assertThat(Settings.ALL.stream().map(setting -> setting.key() + "=" + setting.fallback()))
                .containsExactly("""
                        bootstrap.servers=localhost:9092
                        application.id=touchpoint
                        registry.url=http://localhost:8081
                        registry.user=
                        registry.password=
                        registry.token=
                        registry.truststore=
                        registry.truststore-password=
                        registry.keystore=
                        registry.keystore-password=
                        registry.store-type=PKCS12
                        registry.request-timeout=10s
                        registry.retry-for=60s
                        registry.register=true
                        value.serializer=
                        value.deserializer=
                        topics.partitions=4
                        topics.replication=3
                        topics.retention=unlimited
                        topics.rejected-retention=30d
                        topics.internal-retention=7d
                        topics.compaction-lag=P400D
                        streams.threads=cores
                        streams.commit-interval=100ms
                        streams.standbys=1
                        streams.state-dir=
                        streams.rocksdb-memory=256MiB
                        streams.instance-id=
                        streams.rejoin-within=60s
                        clock=LIVE
                        poison.share=0.5
                        poison.window=1000
                        poison.at-least=200
                        customers.future-tolerance=10m
                        customers.order-horizon=P7D
                        customers.history-horizon=P400D
                        customers.suppression-tombstone-delay=P30D
                        customers.state-cap=512KiB
                        customers.hot-cache=500
                        customers.most-clicks=1000
                        customers.most-tickets=200
                        customers.most-orders=1000
                        kpis.only=
                        kpis.zone=UTC
                        kpis.calendar-grace=24h
                        http.host=127.0.0.1
                        http.port=8080
                        http.token=
                        http.advertised=
                        policy.file=
                        alerts.file=
                        activation.audiences=
                        activation.account=
                        activation.token-file=
                        activation.token=
                        activation.url=
                        activation.batch-size=documented
                        activation.requests-per-minute=documented
                        activation.least-members=documented
                        activation.flush-interval=10s
                        activation.request-timeout=30s
                        activation.retry-first=1s
                        activation.retry-longest=5m
                        """.lines().toArray(String[]::new));
    }

    @Test
    void shouldReadTheDefaults() {
        var config = read("", Map.of("XDG_STATE_HOME", "/var/state"), Map.of());

        assertThat(config.kafka()).isEqualTo(new AppConfig.Kafka("localhost:9092", "touchpoint", Map.of()));
        assertThat(config.serde().registry().urls()).containsExactly(URI.create("http://localhost:8081"));
        assertThat(config.serde().registry().credentials()).isEqualTo(new Credentials.None());
        assertThat(config.serde().foreign()).isEmpty();
        assertThat(config.topics().partitions()).isEqualTo(4);
        assertThat(config.topics().retention()).isEmpty();
        assertThat(config.topics().rejectedRetention()).contains(Duration.ofDays(30));
        assertThat(config.streams())
                .isEqualTo(new AppConfig.Streams(
                        Runtime.getRuntime().availableProcessors(),
                        Duration.ofMillis(100),
                        1,
                        Path.of("/var/state/touchpoint"),
                        256L << 20,
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        ClockMode.LIVE));
        assertThat(config.poison()).isEqualTo(new AppConfig.Poison(0.5, 1000, 200));
        assertThat(config.customers().limits().historyHorizon()).isEqualTo(Duration.ofDays(400));
        assertThat(config.customers().stateCap()).isEqualTo(512 << 10);
        assertThat(config.customers().futureTolerance()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.http()).isEqualTo(new AppConfig.Http("127.0.0.1", 8080, Optional.empty(), Optional.empty()));
        assertThat(config.http().reachedAt()).contains("127.0.0.1:8080");
        assertThat(config.policyFile()).isEmpty();
    }

    @Test
    void shouldKeepItsStateInTheHomeOfTheUser() {
        var config = read("", Map.of(), Map.of());

        assertThat(config.streams().stateDir())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local", "state", "touchpoint"));
    }

    @Test
    void shouldLetTheEnvironmentGoOverTheFileAndFlagsOverBoth() {
        var file = "topics.partitions=8\nstreams.threads=3\napplication.id=from-file";
        var config = read(
                file,
                Map.of("TOUCHPOINT_STREAMS_THREADS", "5", "TOUCHPOINT_APPLICATION_ID", "from-environment"),
                Map.of("application.id", "from-flag"));

        assertThat(config.topics().partitions()).isEqualTo(8);
        assertThat(config.streams().threads()).isEqualTo(5);
        assertThat(config.kafka().applicationId()).isEqualTo("from-flag");
    }

    @Test
    void shouldNameEveryWrongValueWithItsOriginAndWhatWasExpected() {
        var wrong = wrong(
                "topics.partitions=many\nstreams.commit-interval=100",
                Map.of("TOUCHPOINT_CUSTOMERS_STATE_CAP", "2GiB", "TOUCHPOINT_POISON_SHARE", "0"),
                Map.of("clock", "SLOW"));

        assertThat(wrong)
                .containsExactlyInAnyOrder(
                        folder.resolve("touchpoint.properties")
                                + ": topics.partitions: many (expected: a whole number, 1 to 10000)",
                        folder.resolve("touchpoint.properties")
                                + ": streams.commit-interval: 100 (expected: a duration such"
                                + " as 100ms, 10s, 5m, 24h, 7d or P7D, PT0.01S to PT30S)",
                        "environment TOUCHPOINT_CUSTOMERS_STATE_CAP: customers.state-cap: 2GiB (expected: a size such as"
                                + " 512KiB or 64MiB, 16KiB to 900KiB)",
                        "environment TOUCHPOINT_POISON_SHARE: poison.share: 0 (expected: a number above 0, at most 1)",
                        "--set: clock: SLOW (expected: LIVE or EVENT)");
    }

    @Test
    void shouldRefuseUnknownKeysWhereverTheyCome() {
        assertThat(wrong("topic.partitions=4", Map.of("TOUCHPOINT_TREADS", "2"), Map.of("colour", "red")))
                .containsExactlyInAnyOrder(
                        folder.resolve("touchpoint.properties")
                                + ": topic.partitions: unknown setting (did you mean topics.partitions?)",
                        "environment TOUCHPOINT_TREADS: treads: unknown setting (see docs/configuration.md; Kafka's own go"
                                + " under kafka.)",
                        "--set: colour: unknown setting (see docs/configuration.md; Kafka's own go under kafka.)");
    }

    @Test
    void shouldLeaveTheVariablesOfTheLauncherAlone() {
        assertThat(read("", Map.of("TOUCHPOINT_HOME", "/opt", "TOUCHPOINT_JAVA_OPTS", "-Xmx1g"), Map.of()))
                .isEqualTo(read("", Map.of(), Map.of()));
    }

    @Test
    void shouldPassKafkasOwnPropertiesThrough() {
        var config = read(
                "kafka.security.protocol=SASL_SSL\nkafka.producer.linger.ms=5\nkafka.consumer.fetch.min.bytes=9",
                Map.of("TOUCHPOINT_KAFKA_SASL_MECHANISM", "PLAIN"),
                Map.of());

        assertThat(config.kafka().admin())
                .isEqualTo(Map.of(
                        "bootstrap.servers",
                        "localhost:9092",
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "PLAIN"));
        assertThat(config.kafka().producer()).containsEntry("linger.ms", "5").doesNotContainKey("fetch.min.bytes");
        assertThat(config.kafka().consumer()).containsEntry("fetch.min.bytes", "9");
    }

    @Test
    void shouldReadWhatIsInAFileThatTheEnvironmentNames() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "from-a-file\n");
        var jaas = Files.writeString(folder.resolve("jaas"), "some.Module required;\n");

        var config = read(
                "",
                Map.of(
                        "TOUCHPOINT_HTTP_TOKEN_FILE",
                        token.toString(),
                        "TOUCHPOINT_KAFKA_SASL_JAAS_CONFIG_FILE",
                        jaas.toString(),
                        "TOUCHPOINT_KAFKA_SASL_OAUTHBEARER_ASSERTION_FILE",
                        "/given/as/it/is",
                        "TOUCHPOINT_POLICY_FILE",
                        "policy.yaml"),
                Map.of());

        assertThat(config.http().token()).contains("from-a-file");
        assertThat(config.kafka().client())
                .isEqualTo(Map.of(
                        "sasl.jaas.config", "some.Module required;",
                        "sasl.oauthbearer.assertion.file", "/given/as/it/is"));
        assertThat(config.policyFile()).contains(Path.of("policy.yaml"));
        assertThat(wrong("", Map.of("TOUCHPOINT_HTTP_TOKEN_FILE", "/no/such/file"), Map.of()))
                .containsExactly("environment TOUCHPOINT_HTTP_TOKEN_FILE: /no/such/file cannot be read:"
                        + " NoSuchFileException (expected: a file with the value)");
    }

    @Test
    void shouldRefuseToPassThroughWhatHasASettingOrAPromise() {
        assertThat(wrong("kafka.num.stream.threads=9\nkafka.processing.guarantee=at_least_once", Map.of(), Map.of()))
                .containsExactlyInAnyOrder(
                        "kafka.num.stream.threads: cannot be passed through (expected: streams.threads)",
                        "kafka.processing.guarantee: cannot be passed through (expected: nothing; the pipeline depends on"
                                + " exactly-once)");
    }

    @Test
    void shouldNotOpenToOtherMachinesWithoutAToken() {
        assertThat(wrong("http.host=0.0.0.0", Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("http.token: missing");
        assertThat(read("http.host=0.0.0.0\nhttp.token=t", Map.of(), Map.of())
                        .http()
                        .token())
                .contains("t");
        assertThat(read("http.host=localhost", Map.of(), Map.of()).http().token())
                .isEmpty();
    }

    @Test
    void shouldRefuseValuesThatContradictEachOther() {
        assertThat(wrong("customers.order-horizon=P300D\ncustomers.history-horizon=P30D", Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("customers.order-horizon: PT7200H (expected: at most customers.history-horizon");
        assertThat(wrong("poison.at-least=2000", Map.of(), Map.of())).hasSize(1);
        assertThat(wrong("registry.user=me", Map.of(), Map.of())).hasSize(1);
        assertThat(wrong("registry.truststore=/t", Map.of(), Map.of())).hasSize(1);
        assertThat(wrong("value.serializer=x.Y", Map.of(), Map.of())).hasSize(1);
        assertThat(wrong("serde.x=y", Map.of(), Map.of())).hasSize(1);
        assertThat(wrong("topics.replication=0", Map.of(), Map.of())).hasSize(1);
    }

    @Test
    void shouldReadSeveralRegistriesAndTheirCredentials() {
        var registry = read(
                        "registry.url=https://a:1/apis/ccompat/v7, https://b:2\nregistry.user=me\nregistry.password=pw",
                        Map.of(),
                        Map.of())
                .serde()
                .registry();

        assertThat(registry.urls())
                .containsExactly(URI.create("https://a:1/apis/ccompat/v7"), URI.create("https://b:2"));
        assertThat(registry.credentials()).isEqualTo(new Credentials.Basic("me", "pw"));
        assertThat(wrong("registry.url=localhost:8081", Map.of(), Map.of())).hasSize(1);
    }

    @Test
    void shouldNeverShowASecret() {
        var config = read(
                "registry.user=me\nregistry.password=hush\nhttp.token=hush\nkafka.sasl.jaas.config=hush",
                Map.of(),
                Map.of());

        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void shouldSayThatTheFileCannotBeRead() {
        assertThatThrownBy(() -> AppConfig.read(Optional.of(folder.resolve("none")), Map.of(), Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("none: no such file");
    }

    @Test
    void shouldOpenOtherSerializersByName() {
        var serializer = ByteArraySerializer.class.getName();
        var deserializer = ByteArrayDeserializer.class.getName();
        var file = "value.serializer=" + serializer + "\nvalue.deserializer=" + deserializer + "\nserde.a.b=c";
        var serde = read(file, Map.of(), Map.of()).serde();

        assertThat(serde.foreign()).contains(new AppConfig.ForeignSerde(serializer, deserializer, Map.of("a.b", "c")));
        serde.open().close();
        var missing = read("value.serializer=no.Such\nvalue.deserializer=no.Such", Map.of(), Map.of());
        assertThatThrownBy(() -> missing.serde().open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value.serializer: no.Such (expected: a");
    }

    @Test
    void shouldReadDurationsAndSizesInTheirUnits() {
        var config = read(
                "streams.commit-interval=0s",
                Map.of(),
                Map.of("streams.commit-interval", "PT1.5S", "customers.state-cap", "100kb"));

        assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.customers().stateCap()).isEqualTo(100_000);
    }

    @Test
    void shouldDocumentEverySettingOnce() {
        assertThat(Settings.ALL).allMatch(setting -> setting.doc().endsWith("."));
        assertThat(Settings.ALL.stream().map(Setting::key).collect(Collectors.toSet()))
                .hasSameSizeAs(Settings.ALL);
    }

    private AppConfig read(String file, Map<String, String> environment, Map<String, String> flags) {
        return AppConfig.read(Optional.of(write(file)), environment, flags);
    }

    private List<String> wrong(String file, Map<String, String> environment, Map<String, String> flags) {
        return catchThrowableOfType(InvalidConfigException.class, () -> read(file, environment, flags))
                .problems();
    }

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("touchpoint.properties"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
