package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SampleRecords;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.registry.RegistrySettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class RecordSerdesTest {

    private static final String TOPIC = "touchpoint.orders.v1";
    private static final OrderEvent ORDER = SampleRecords.of(OrderEvent.class, 1);

    @Test
    void shouldUseSerializersNamedInTheConfiguration() {
        var serdes = RecordSerdes.of(Theirs.class.getName(), TheirReader.class.getName(), Map.of("mark", "x"));
        var serde = serdes.contract(OrderEvent.class);

        var bytes = serde.serializer().serialize(TOPIC, ORDER);

        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("x");
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(ORDER);
        assertThat(serdes.anyContract().serialize(TOPIC, ORDER)).isEqualTo(bytes);
        assertThat(serdes.input(OrderEvent.class).deserializer().deserialize(TOPIC, bytes))
                .isEqualTo(new Decoded.Event(ORDER, bytes));
    }

    @Test
    void shouldCallARecordOfAnotherClassPoisonWhoeverReadsIt() {
        var serdes = RecordSerdes.of(Theirs.class.getName(), TheirReader.class.getName(), Map.of("mark", "x"));
        var bytes = serdes.anyContract().serialize(TOPIC, ORDER);

        assertThatThrownBy(() -> serdes.contract(AdClick.class).deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class);
        assertThat(serdes.input(AdClick.class).deserializer().deserialize(TOPIC, bytes))
                .isEqualTo(new Decoded.Undecodable("not a AdClick", bytes));
    }

    @Test
    void shouldSayWhichClassIsNoSerializer() {
        assertThatThrownBy(() -> RecordSerdes.of("java.lang.String", TheirReader.class.getName(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("value.serializer: java.lang.String (expected: a org.apache.kafka");
        assertThatThrownBy(() -> RecordSerdes.of(Theirs.class.getName(), "no.Such", Map.of()))
                .hasMessageStartingWith("value.deserializer: no.Such");
    }

    @Test
    void shouldWriteRecordsOfAnyContractWithOurOwn() {
        var serdes = RecordSerdes.over(new InMemorySchemaRegistry());
        var click = SampleRecords.of(AdClick.class, 1);
        var any = serdes.anyContract();

        var bytes = any.serialize("touchpoint.ad-clicks.v1", click);

        assertThat(serdes.contract(AdClick.class).deserializer().deserialize("touchpoint.ad-clicks.v1", bytes))
                .isEqualTo(click);
        assertThat(any.serialize(TOPIC, null)).isNull();
        assertThat(any.serialize(TOPIC, ORDER)).isNotEqualTo(bytes);
    }

    @Test
    void shouldNameTheSettingsOfTheRegistryAsConfluentDoes() {
        assertThat(RegistrySettings.at(URI.create("http://r:8081")).asClientProperties())
                .isEqualTo(Map.of(
                        "schema.registry.url", "http://r:8081",
                        "auto.register.schemas", true,
                        "specific.avro.reader", true,
                        "avro.remove.java.properties", true));
    }

    /** Someone else's serializer: a mark, then what ours would write. */
    public static final class Theirs implements Serializer<SpecificRecord> {

        private static final RecordSerdes OURS = RecordSerdes.over(InMemorySchemaRegistry.shared("theirs"));

        private String mark = "";

        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            mark = (String) settings.get("mark");
        }

        @Override
        public byte[] serialize(String topic, SpecificRecord value) {
            var record = OURS.anyContract().serialize(topic, value);
            var marked = new byte[record.length + 1];
            marked[0] = (byte) mark.charAt(0);
            System.arraycopy(record, 0, marked, 1, record.length);
            return marked;
        }
    }

    /** The deserializer to {@link Theirs}. */
    public static final class TheirReader implements Deserializer<Object> {

        @Override
        public Object deserialize(String topic, byte[] data) {
            var record = Arrays.copyOfRange(data, 1, data.length);
            return Theirs.OURS.contract(OrderEvent.class).deserializer().deserialize(topic, record);
        }
    }
}
