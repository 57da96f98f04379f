package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SampleRecords;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.topics.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    private static final String TOPIC = "touchpoint.orders.v1";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<OrderEvent> orders = new AvroSerde<>(OrderEvent.class, registry, true);

    @Test
    void shouldReadWhatItWroteForEveryContract() {
        var serdes = RecordSerdes.over(registry);
        for (var topic : Topics.all()) {
            assertRoundTrip(topic.type(), topic.name(), serdes);
        }
    }

    private static <T extends SpecificRecord> void assertRoundTrip(Class<T> type, String topic, RecordSerdes serdes) {
        var serde = serdes.contract(type);
        for (int seed = 0; seed < 5; seed++) {
            var record = SampleRecords.of(type, seed);
            var bytes = serde.serializer().serialize(topic, record);
            assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(record);
        }
    }

    @Test
    void shouldWriteConfluentsWireFormatWithThePublishedSchema() throws IOException {
        var order = SampleRecords.of(OrderEvent.class, 1);

        var bytes = orders.serializer().serialize(TOPIC, order);

        assertThat(bytes[0]).isZero();
        var writer = registry.schema(ByteBuffer.wrap(bytes).getInt(1));
        assertThat(writer.toString()).doesNotContain("avro.java.string");
        assertThat(registry.idOf(TOPIC + "-value", writer)).isEqualTo(1);
        var in = new ByteArrayInputStream(bytes, 5, bytes.length - 5);
        var generic = new GenericDatumReader<GenericRecord>(writer)
                .read(null, DecoderFactory.get().directBinaryDecoder(in, null));
        assertThat(generic.get("order_id")).hasToString(order.getOrderId());
        assertThat(generic.get("occurred_at")).isEqualTo(order.getOccurredAt().toEpochMilli());
        assertThat(in.available()).isZero();
    }

    @Test
    void shouldKeepTombstones() {
        assertThat(orders.serializer().serialize(TOPIC, null)).isNull();
        assertThat(orders.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldReadRecordsOfAnOlderAndANewerSchema() {
        var older = without(portable(OrderEvent.class), "campaign_id");
        var newer = with(portable(OrderEvent.class), "gift_note");

        assertThat(read(older).getCampaignId()).isNull();
        assertThat(read(newer).getCampaignId()).isNotNull();
    }

    @Test
    void shouldReadSeveralWriterSchemasInTurn() {
        var older = without(portable(OrderEvent.class), "platform");
        var current = portable(OrderEvent.class);
        for (int i = 0; i < 3; i++) {
            assertThat(read(older).getPlatform()).isNull();
            assertThat(read(current).getPlatform()).isNotNull();
        }
    }

    @Test
    void shouldCallItPoisonWhenTheFrameIsBad() {
        var good = orders.serializer().serialize(TOPIC, SampleRecords.of(OrderEvent.class, 1));

        assertPoison(new byte[0], "bad frame");
        assertPoison(new byte[] {0, 0, 0}, "bad frame");
        assertPoison("{\"order_id\":\"o1\"}".getBytes(), "starts with byte 123");
        assertPoison(ByteBuffer.wrap(good.clone()).putInt(1, 99).array(), "unknown schema id 99");
        assertPoison(ByteBuffer.wrap(good.clone()).putInt(1, -1).array(), "unknown schema id -1");
        assertPoison(Arrays.copyOf(good, good.length - 1), "truncated or damaged");
        assertPoison(Arrays.copyOf(good, 5), "truncated or damaged");
        assertPoison(Arrays.copyOf(good, good.length + 1), "left over");
    }

    @Test
    void shouldCallItPoisonWhenTheSchemaIsOfAnotherRecord() {
        var click = new AvroSerializer<>(AdClick.class, registry, true)
                .serialize(TOPIC, SampleRecords.of(AdClick.class, 1));

        assertPoison(click, "cannot be read as io.touchpoint.records.OrderEvent");
    }

    @Test
    void shouldSurviveLengthsThatWouldFillTheMemory() {
        orders.serializer().serialize(TOPIC, SampleRecords.of(OrderEvent.class, 1));
        var frame = ByteBuffer.allocate(16).put((byte) 0).putInt(1);
        frame.put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}); // a string of 2^31 - 1 bytes

        assertPoison(frame.array(), "truncated or damaged");
    }

    @Test
    void shouldCallEveryMutationEitherARecordOrPoison() {
        var good = orders.serializer().serialize(TOPIC, SampleRecords.of(OrderEvent.class, 2));
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var bytes = good.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            try {
                assertThat(orders.deserializer().deserialize(TOPIC, bytes)).isNotNull();
            } catch (SerializationException poison) {
                assertThat(poison.getMessage()).doesNotContain("event_id-2", "customer_id-3");
            }
        }
    }

    @Test
    void shouldStillWorkAfterARecordThatCouldNotBeEncoded() {
        var incomplete = SampleRecords.of(OrderEvent.class, 1);
        incomplete.setCurrency(null);
        var whole = SampleRecords.of(OrderEvent.class, 1);
        var expected = orders.serializer().serialize(TOPIC, whole);

        assertThatThrownBy(() -> orders.serializer().serialize(TOPIC, incomplete))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("OrderEvent")
                .hasMessageContaining("currency");
        assertThat(orders.serializer().serialize(TOPIC, whole)).isEqualTo(expected);
    }

    @Test
    void shouldRefuseToWriteWhatIsNotRegisteredWhenItMayNotRegister() {
        var strict = new AvroSerializer<>(OrderEvent.class, registry, false);

        assertThatThrownBy(() -> strict.serialize(TOPIC, SampleRecords.of(OrderEvent.class, 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC + "-value");
        registry.register(TOPIC + "-value", OrderEvent.SCHEMA$);
        assertThat(strict.serialize(TOPIC, SampleRecords.of(OrderEvent.class, 1)))
                .isNotEmpty();
    }

    @Test
    void shouldServeSeveralThreads() throws InterruptedException, ExecutionException {
        var older = registry.register("older", without(portable(OrderEvent.class), "platform"));
        var threads = Executors.newFixedThreadPool(4);
        try {
            var tasks = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < 4; thread++) {
                int start = thread * 1_000;
                tasks.add(() -> {
                    for (int seed = start; seed < start + 500; seed++) {
                        var order = SampleRecords.of(OrderEvent.class, seed);
                        var bytes = orders.serializer().serialize(TOPIC, order);
                        assertThat(orders.deserializer().deserialize(TOPIC, bytes))
                                .isEqualTo(order);
                        assertThat(orders.deserializer()
                                        .deserialize(TOPIC, frame(older, seed))
                                        .getPlatform())
                                .isNull();
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldCarryLargeRecords() {
        var order = SampleRecords.of(OrderEvent.class, 1);
        order.setSource("x".repeat(3_000_000));

        var bytes = orders.serializer().serialize(TOPIC, order);

        assertThat(orders.deserializer().deserialize(TOPIC, bytes)).isEqualTo(order);
    }

    @Test
    void shouldTrustOurPackageOnly() {
        assertThat(System.getProperty("org.apache.avro.SERIALIZABLE_PACKAGES")).isEqualTo("io.touchpoint.records");
        assertThat(CustomerState.class.getName()).startsWith(TrustedRecords.PACKAGE);
    }

    private OrderEvent read(Schema writer) {
        int id = registry.register("any", writer);
        return orders.deserializer().deserialize(TOPIC, frame(id, 1));
    }

    private byte[] frame(int id, int seed) {
        var record = SampleRecords.encode(SampleRecords.of(registry.schema(id), seed));
        return ByteBuffer.allocate(5 + record.length)
                .put((byte) 0)
                .putInt(id)
                .put(record)
                .array();
    }

    private void assertPoison(byte[] bytes, String problem) {
        assertThatThrownBy(() -> orders.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(problem);
    }

    private static Schema portable(Class<?> type) {
        var other = new InMemorySchemaRegistry();
        return other.schema(other.register("any", SpecificData.get().getSchema(type)));
    }

    private static Schema without(Schema schema, String field) {
        return copy(schema, field, null);
    }

    private static Schema with(Schema schema, String field) {
        return copy(schema, "", field);
    }

    private static Schema copy(Schema schema, String dropped, String added) {
        var fields = SchemaBuilder.record(schema.getName())
                .namespace(schema.getNamespace())
                .fields();
        for (var field : schema.getFields()) {
            if (!field.name().equals(dropped)) {
                fields.name(field.name()).type(field.schema()).noDefault();
            }
        }
        return (added == null ? fields : fields.optionalString(added)).endRecord();
    }
}
