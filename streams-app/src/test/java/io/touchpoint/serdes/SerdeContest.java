package io.touchpoint.serdes;

import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SampleRecords;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.registry.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** The same record through our serde and through plain Avro at its best. For one thread. */
final class SerdeContest {

    private static final String TOPIC = "touchpoint.orders.v1";

    private final OrderEvent order = order();
    private final AvroSerde<OrderEvent> serde = new AvroSerde<>(OrderEvent.class, new InMemorySchemaRegistry(), true);
    private final byte[] framed = serde.serializer().serialize(TOPIC, order);

    private final SpecificData model = SpecificData.getForClass(OrderEvent.class);
    private final DatumWriter<OrderEvent> writer = new SpecificDatumWriter<>(OrderEvent.SCHEMA$, model);
    private final DatumReader<OrderEvent> reader =
            new SpecificDatumReader<>(OrderEvent.SCHEMA$, OrderEvent.SCHEMA$, model);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;
    private final byte[] plain;

    private final SingleObjectSerde<CustomerState> states = new SingleObjectSerde<>(CustomerState.class);
    private final CustomerState state = SampleRecords.of(CustomerState.class, 2);
    private final byte[] stored = states.encode(state);

    SerdeContest() {
        try {
            plain = plainWrite();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] plainWrite() throws IOException {
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(order, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    byte[] serdeWrite() {
        return serde.serializer().serialize(TOPIC, order);
    }

    OrderEvent plainRead() throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(plain, decoder);
        return reader.read(null, decoder);
    }

    OrderEvent serdeRead() {
        return serde.deserializer().deserialize(TOPIC, framed);
    }

    byte[] internalWrite() {
        return states.encode(state);
    }

    CustomerState internalRead() {
        return states.decode(stored);
    }

    private static OrderEvent order() {
        return OrderEvent.newBuilder()
                .setEventId("e-000123456")
                .setCustomerId("c-12345")
                .setOccurredAt(Instant.ofEpochMilli(1_262_304_000_000L))
                .setSource("shop")
                .setOrderId("o-489434")
                .setStatus(OrderStatus.PAID)
                .setLines(List.of(OrderLine.newBuilder()
                        .setSku("85048")
                        .setQuantity(12)
                        .setUnitPriceMinor(695)
                        .build()))
                .setCurrency("GBP")
                .setChannel("web")
                .setCountry("GB")
                .build();
    }
}
