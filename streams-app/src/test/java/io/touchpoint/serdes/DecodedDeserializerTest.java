package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SampleRecords;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.registry.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class DecodedDeserializerTest {

    private static final String TOPIC = "touchpoint.orders.v1";
    private static final byte[] BYTES = {0, 0, 0, 0, 1, 2};

    @Test
    void shouldGiveTheRecordWithItsBytes() {
        var order = SampleRecords.of(OrderEvent.class, 1);
        var decoded = failing(null, order).deserialize(TOPIC, BYTES);

        assertThat(decoded).isEqualTo(new Decoded.Event(order, BYTES));
    }

    @Test
    void shouldKeepANullValue() {
        assertThat(failing(new SerializationException("x"), null).deserialize(TOPIC, null))
                .isNull();
    }

    @Test
    void shouldCallARecordOfAnotherClassPoison() {
        assertThat(failing(null, SampleRecords.of(AdClick.class, 1)).deserialize(TOPIC, BYTES))
                .isEqualTo(new Decoded.Undecodable("not a OrderEvent", BYTES));
        assertThat(failing(null, "text").deserialize(TOPIC, BYTES)).isInstanceOf(Decoded.Undecodable.class);
    }

    @Test
    void shouldCallConfluentsFailuresByTheirCause() {
        assertPoison(new SerializationException("Unknown magic byte!"));
        assertPoison(new SerializationException("Error deserializing Avro message for id 1", new EOFException()));
        assertPoison(new SerializationException("x", new ArrayIndexOutOfBoundsException("secret@example.com")));
        assertPoison(new SerializationException("x", new RestClientException("Schema not found", 40403)));

        assertAway(new SerializationException("x", new RestClientException("store", 50001)));
        assertAway(new SerializationException("x", new RestClientException("Unauthorized", 401)));
        assertAway(new SerializationException("x", new ConnectException("Connection refused")));
        assertAway(new SerializationException("x", new RuntimeException(new IOException("reset"))));
    }

    @Test
    void shouldLetOtherFailuresThrough() {
        var failure = new TimeoutException("later");

        assertThatThrownBy(() -> failing(failure, null).deserialize(TOPIC, BYTES))
                .isSameAs(failure);
    }

    @Test
    void shouldTellNothingOfTheRecord() {
        var decoded = failing(new SerializationException("x", new IllegalStateException("secret@example.com")), null)
                .deserialize(TOPIC, BYTES);

        assertThat(decoded).isEqualTo(new Decoded.Undecodable("cannot be decoded: IllegalStateException", BYTES));
    }

    @Test
    void shouldWriteTheBytesThatWereRead() {
        var registry = new InMemorySchemaRegistry();
        var bytes = new AvroSerializer<>(OrderEvent.class, registry, true)
                .serialize(TOPIC, SampleRecords.of(OrderEvent.class, 3));
        var serde = RecordSerdes.over(registry).input(OrderEvent.class);

        var decoded = serde.deserializer().deserialize(TOPIC, bytes);

        assertThat(serde.serializer().serialize(TOPIC, decoded)).isEqualTo(bytes);
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    }

    private static void assertPoison(SerializationException failure) {
        assertThat(failing(failure, null).deserialize(TOPIC, BYTES)).isInstanceOf(Decoded.Undecodable.class);
    }

    private static void assertAway(SerializationException failure) {
        assertThatThrownBy(() -> failing(failure, null).deserialize(TOPIC, BYTES))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasCause(failure);
    }

    private static DecodedDeserializer failing(RuntimeException failure, Object value) {
        Deserializer<Object> records = (topic, data) -> {
            if (failure != null) {
                throw failure;
            }
            return value;
        };
        return new DecodedDeserializer(OrderEvent.class, records);
    }

    /** Has the name and the accessor of Confluent's class, by which it is recognised. */
    public static final class RestClientException extends Exception {

        private final int errorCode;

        RestClientException(String message, int errorCode) {
            super(message);
            this.errorCode = errorCode;
        }

        public int getErrorCode() {
            return errorCode;
        }
    }
}
