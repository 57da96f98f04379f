package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.SampleRecords;
import io.touchpoint.records.Suppression;
import io.touchpoint.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class PlannedWriterTest {

    @Test
    void shouldWriteTheBytesOfAvrosOwnWriterForEveryContract() throws IOException {
        for (var topic : Topics.all()) {
            for (int seed = 0; seed < 20; seed++) {
                assertSameBytes(SampleRecords.of(topic.type(), seed));
            }
        }
    }

    private static <T extends SpecificRecord> void assertSameBytes(T record) throws IOException {
        var model = SpecificData.getForClass(record.getClass());
        assertThat(bytes(new PlannedWriter<>(record.getSchema(), model), record))
                .as(record.getSchema().getName())
                .isEqualTo(bytes(new SpecificDatumWriter<>(record.getSchema(), model), record));
    }

    @Test
    void shouldNameTheFieldThatMayNotBeNull() {
        var suppression = SampleRecords.of(Suppression.class, 1);
        suppression.getCause().setRule(null);
        var model = SpecificData.getForClass(Suppression.class);
        assertThatThrownBy(() -> bytes(new PlannedWriter<>(suppression.getSchema(), model), suppression))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("Cause.rule");
    }

    private static <T> byte[] bytes(DatumWriter<T> writer, T record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
