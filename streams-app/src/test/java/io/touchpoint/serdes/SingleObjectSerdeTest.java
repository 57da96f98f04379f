package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.SampleRecords;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.FactPartial;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class SingleObjectSerdeTest {

    private final SingleObjectSerde<FactPartial> partials = new SingleObjectSerde<>(FactPartial.class);

    @Test
    void shouldReadWhatItWrote() {
        for (int seed = 0; seed < 10; seed++) {
            var partial = SampleRecords.of(FactPartial.class, seed);
            assertThat(partials.decode(partials.encode(partial))).isEqualTo(partial);
        }
        var states = new SingleObjectSerde<>(CustomerState.class);
        var state = SampleRecords.of(CustomerState.class, 5);
        assertThat(states.decode(states.encode(state))).isEqualTo(state);
    }

    @Test
    void shouldBeAvrosSingleObjectEncoding() throws IOException {
        var marker = SampleRecords.of(EndMarker.class, 1);
        var serde = new SingleObjectSerde<>(EndMarker.class);

        assertThat(serde.encode(marker))
                .isEqualTo(EndMarker.getEncoder().encode(marker).array());
        assertThat(EndMarker.getDecoder().decode(serde.encode(marker))).isEqualTo(marker);
    }

    @Test
    void shouldKeepNull() {
        assertThat(partials.serializer().serialize("t", null)).isNull();
        assertThat(partials.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void shouldReadRecordsOfAReleasedSchemaThatHasSinceChanged() throws IOException {
        var old = SchemaBuilder.record("EndMarker")
                .namespace("io.touchpoint.records.state")
                .fields()
                .optionalString("note")
                .requiredString("run")
                .requiredLong("until")
                .endRecord();
        var serde = new SingleObjectSerde<>(EndMarker.class, List.of(old));

        var read = serde.decode(written(old));

        assertThat(read.getRun()).isEqualTo("r1");
        assertThat(read.getUntil()).isEqualTo(42L);
    }

    @Test
    void shouldKnowTheReleasedSchemas() {
        assertThat(ReleasedSchemas.of(CustomerState.class)).isNotEmpty();
        assertThat(ReleasedSchemas.of(FactPartial.class))
                .extracting(Schema::getFullName)
                .contains("io.touchpoint.records.state.FactPartial");
    }

    @Test
    void shouldRefuseASchemaThatWasNeverReleased() throws IOException {
        var other = SchemaBuilder.record("EndMarker")
                .namespace("io.touchpoint.records.state")
                .fields()
                .requiredString("run")
                .requiredLong("until")
                .requiredLong("more")
                .endRecord();
        var record = new GenericData.Record(other);
        record.put("run", "r1");
        record.put("until", 1L);
        record.put("more", 2L);
        var bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), other)
                .encode(record)
                .array();

        assertThatThrownBy(() -> new SingleObjectSerde<>(EndMarker.class).decode(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("schemas/released");
    }

    @Test
    void shouldRefuseDamagedBytes() {
        var bytes = partials.encode(SampleRecords.of(FactPartial.class, 1));

        assertRefused(new byte[0]);
        assertRefused(new byte[] {1, 2, 3});
        assertRefused(Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
    }

    private static byte[] written(Schema schema) throws IOException {
        var record = new GenericData.Record(schema);
        record.put("run", "r1");
        record.put("until", 42L);
        return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema)
                .encode(record)
                .array();
    }

    private void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> partials.decode(bytes)).isInstanceOf(SerializationException.class);
    }
}
