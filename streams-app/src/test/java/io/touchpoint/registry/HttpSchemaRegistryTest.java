package io.touchpoint.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SampleRecords;
import io.touchpoint.registry.RegistrySettings.Credentials;
import io.touchpoint.registry.RegistrySettings.Tls;
import io.touchpoint.serdes.AvroDeserializer;
import io.touchpoint.serdes.AvroSerde;
import io.touchpoint.serdes.Decoded;
import io.touchpoint.serdes.DecodedDeserializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpSchemaRegistryTest {

    private static final String SUBJECT = "touchpoint.orders.v1-value";
    private static final String TOPIC = "touchpoint.orders.v1";
    private static final Schema ORDER = OrderEvent.SCHEMA$;

    private final FakeRegistry server = new FakeRegistry();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRegisterOnceAndFindTheSchemaByItsId() {
        var registry = connect();

        int id = registry.register(SUBJECT, ORDER);

        assertThat(registry.register(SUBJECT, ORDER)).isEqualTo(id);
        assertThat(registry.schema(id)).isSameAs(registry.schema(id)).isEqualTo(PortableSchema.of(ORDER));
        assertThat(server.requests())
                .containsExactly("POST /subjects/" + SUBJECT + "/versions", "GET /schemas/ids/" + id);
    }

    @Test
    void shouldFindWhatAnotherRegistersAtTheSameTime() {
        server.answer(409, "{\"error_code\":409}");
        server.answer(404, "{\"error_code\":40403}");
        server.answer(200, "{\"id\":7}");
        assertThat(connect().register(SUBJECT, ORDER)).isEqualTo(7);
    }

    @Test
    void shouldRefuseWhatIsRefusedAndNotThereALittleLater() {
        server.answer(409, "{\"error_code\":409,\"message\":\"not compatible\"}");
        assertThatThrownBy(() -> connect().register(SUBJECT, ORDER))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not compatible");
    }

    @Test
    void shouldRegisterTheSchemaWithoutJavasProperties() {
        int id = connect().register(SUBJECT, ORDER);

        assertThat(server.registry().schema(id).toString()).doesNotContain("avro.java.string");
        assertThat(server.registry().schema(id).getField("order_id").doc()).isNotBlank();
    }

    @Test
    void shouldFindTheIdOfARegisteredSchemaOnly() {
        var registry = connect();

        assertThatThrownBy(() -> registry.idOf(SUBJECT, ORDER)).isInstanceOf(SerializationException.class);
        int id = server.registry().register(SUBJECT, ORDER);
        assertThat(registry.idOf(SUBJECT, ORDER)).isEqualTo(id);
    }

    @Test
    void shouldCallAnUnknownIdPoisonAndNotAskAgainForAWhile() {
        var now = new AtomicReference<>(Instant.EPOCH);
        var registry = new HttpSchemaRegistry(settings(server.url()), now::get);

        assertThatThrownBy(() -> registry.schema(7)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry.schema(7)).isInstanceOf(UnknownSchemaException.class);
        assertThat(server.requests()).hasSize(1);

        for (int i = 0; i < 7; i++) {
            server.registry()
                    .register(
                            "s" + i,
                            new Schema.Parser()
                                    .parse("\""
                                            + List.of("int", "long", "string", "bytes", "float", "double", "boolean")
                                                    .get(i)
                                            + "\""));
        }
        now.set(Instant.EPOCH.plusSeconds(31));
        assertThat(registry.schema(7).getType()).isEqualTo(Schema.Type.BOOLEAN);
    }

    @Test
    void shouldCallASchemaThatIsNotAvroPoison() {
        server.answer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = ...\"}");
        server.answer(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}");
        var registry = connect();

        assertThatThrownBy(() -> registry.schema(1))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("PROTOBUF");
        assertThatThrownBy(() -> registry.schema(1))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("not Avro");
    }

    @Test
    void shouldCallARefusedSchemaFinal() {
        var registry = connect();
        registry.register(SUBJECT, ORDER);
        registry.requireFullTransitive(SUBJECT);

        assertThat(registry.compatible(SUBJECT, ORDER)).isTrue();
        assertThat(registry.compatible(SUBJECT, AdClick.SCHEMA$)).isFalse();
        assertThatThrownBy(() -> registry.register(SUBJECT, AdClick.SCHEMA$))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("HTTP 409");
    }

    @Test
    void shouldCallANewSubjectCompatible() {
        server.answer(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");

        assertThat(connect().compatible(SUBJECT, ORDER)).isTrue();
    }

    @Test
    void shouldTryAgainWhileTheRegistryFails() {
        int id = server.registry().register(SUBJECT, ORDER);
        server.answer(500, "").answer(503, "<html>").answer(429, "");

        assertThat(connect().schema(id).getFullName()).isEqualTo(ORDER.getFullName());
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void shouldSayThatTheRegistryIsAwayWhenItKeepsFailing() {
        for (int i = 0; i < 1_000; i++) {
            server.answer(500, "{\"error_code\":50001,\"message\":\"store\"}");
        }

        assertAway(() -> connect().schema(1), "HTTP 500");
    }

    @Test
    void shouldSayThatTheRegistryIsAwayWhenNobodyListens() throws IOException {
        var nobody = nobody();

        assertAway(() -> new HttpSchemaRegistry(settings(nobody)).schema(1), "ConnectException");
        assertAway(() -> new HttpSchemaRegistry(settings(nobody)).register(SUBJECT, ORDER), "ConnectException");
    }

    @Test
    void shouldSayThatTheRegistryIsAwayWhenItIsTooSlow() {
        for (int i = 0; i < 100; i++) {
            server.hang();
        }

        assertAway(() -> connect().schema(1), "timed out");
    }

    @Test
    void shouldSayThatTheRegistryIsAwayWhenItRefusesTheCredentials() {
        server.answer(401, "{\"error_code\":401}").answer(403, "");
        var registry = connect();

        assertAway(() -> registry.schema(1), "refuses the credentials: HTTP 401");
        assertAway(() -> registry.schema(1), "HTTP 403");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldSayThatSomethingElseAnswersThere() {
        server.answer(404, "<html>no such page</html>")
                .answer(200, "<html>welcome</html>")
                .answer(404, "");
        var registry = connect();

        assertAway(() -> registry.schema(1), "is the path of its address right?");
        assertAway(() -> registry.schema(1), "HTTP 200");
        assertAway(() -> registry.register(SUBJECT, ORDER), "HTTP 404");
    }

    @Test
    void shouldAskTheNextAddressWhenOneIsAway() throws IOException {
        int id = server.registry().register(SUBJECT, ORDER);
        var registry = new HttpSchemaRegistry(settings(List.of(nobody(), server.url()), new Credentials.None()));

        assertThat(registry.schema(id)).isNotNull();
    }

    @Test
    void shouldSendItsCredentials() {
        server.registry().register(SUBJECT, ORDER);
        new HttpSchemaRegistry(settings(List.of(server.url()), new Credentials.Basic("me", "pw"))).schema(1);
        new HttpSchemaRegistry(settings(List.of(server.url()), new Credentials.Bearer("t0"))).schema(1);
        connect().schema(1);

        assertThat(server.authorizations()).containsExactly("Basic bWU6cHc=", "Bearer t0", "null");
    }

    @Test
    void shouldSayWhichKeyStoreCannotBeRead() {
        var tls = new Tls(Optional.of(new Tls.Store(Path.of("/no/such.p12"), "PKCS12", "pw")), Optional.empty());
        var settings = new RegistrySettings(
                List.of(server.url()), new Credentials.None(), tls, SECOND, SECOND, Duration.ofMillis(1), true);

        assertThatThrownBy(() -> new HttpSchemaRegistry(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/no/such.p12")
                .hasMessageNotContaining("pw");
    }

    @Test
    void shouldMakePoisonAValueAndTheRegistryAwayAnException() throws IOException {
        var ours = new AvroSerde<>(OrderEvent.class, connect(), true);
        var good = ours.serializer().serialize(TOPIC, SampleRecords.of(OrderEvent.class, 1));
        var unknown = ByteBuffer.wrap(good.clone()).putInt(1, 77).array();

        var here = new DecodedDeserializer(OrderEvent.class, new AvroDeserializer<>(OrderEvent.class, connect()));
        assertThat(here.deserialize(TOPIC, good)).isInstanceOf(Decoded.Event.class);
        assertThat(here.deserialize(TOPIC, unknown)).isInstanceOfSatisfying(Decoded.Undecodable.class, poison -> {
            assertThat(poison.problem()).startsWith("unknown schema id 77");
            assertThat(poison.raw()).isSameAs(unknown);
        });

        var away = new DecodedDeserializer(
                OrderEvent.class, new AvroDeserializer<>(OrderEvent.class, new HttpSchemaRegistry(settings(nobody()))));
        assertAway(() -> away.deserialize(TOPIC, good), "ConnectException");
        assertAway(() -> away.deserialize(TOPIC, unknown), "ConnectException");
        // What needs no registry to be judged is judged without it.
        assertThat(away.deserialize(TOPIC, new byte[] {1, 2, 3})).isInstanceOf(Decoded.Undecodable.class);
        assertThat(away.deserialize(TOPIC, null)).isNull();
    }

    private static final Duration SECOND = Duration.ofSeconds(1);

    private HttpSchemaRegistry connect() {
        return new HttpSchemaRegistry(settings(server.url()), InstantSource.fixed(Instant.EPOCH));
    }

    private static RegistrySettings settings(URI url) {
        return settings(List.of(url), new Credentials.None());
    }

    private static RegistrySettings settings(List<URI> urls, Credentials credentials) {
        return new RegistrySettings(
                urls,
                credentials,
                Tls.DEFAULT,
                Duration.ofMillis(300),
                Duration.ofMillis(800),
                Duration.ofMillis(10),
                true);
    }

    private static URI nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static void assertAway(Runnable request, String why) {
        assertThatThrownBy(request::run)
                .isInstanceOf(RetriableException.class)
                .isInstanceOf(RegistryUnavailableException.class)
                .isNotInstanceOf(SerializationException.class)
                .hasMessageContaining(why);
    }
}
