package io.touchpoint.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Rejected;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonRecordWriterTest {
    @Test
    void shouldWriteFieldsInSchemaOrderWithNullsAndShortDoubles() {
        KpiValue kpi = KpiValue.newBuilder()
                .setKpi("nps")
                .setSegmentDimension("all")
                .setSegmentValue("")
                .setWindow("P30D")
                .setValue(2.0E-3)
                .setNumerator(1)
                .setDenominator(2e-323)
                .setN(3)
                .setAsOf(Instant.parse("2024-01-02T03:04:05Z"))
                .build();
        assertThat(JsonRecordWriter.toJson(kpi))
                .isEqualTo("{\"kpi\":\"nps\",\"segment_dimension\":\"all\",\"segment_value\":\"\",\"window\":\"P30D\","
                        + "\"period\":null,\"period_start\":null,\"value\":0.002,\"numerator\":1.0,\"denominator\":2.0E-323,\"n\":3,\"low\":null,"
                        + "\"high\":null,\"currency\":null,\"model\":null,\"promoters\":null,\"passives\":null,\"detractors\":null,"
                        + "\"state\":null,\"revision\":null,\"as_of\":\"2024-01-02T03:04:05.000Z\"}");
    }

    @Test
    void shouldWriteBytesAsBase64AndLeaveThemUnread() {
        Rejected rejected =
                new Rejected("INVALID", "d", "t", 0, 7L, null, null, ByteBuffer.wrap(new byte[] {0, 1, -1}));
        String json = JsonRecordWriter.toJson(rejected);
        assertThat(json).endsWith("\"key\":null,\"value\":\"AAH/\"}");
        assertThat(JsonRecordWriter.toJson(rejected)).isEqualTo(json);
    }

    @Test
    void shouldSortMapEntriesSoThatEqualRecordsGiveEqualText() {
        Map<String, AdConsent> one = new LinkedHashMap<>();
        one.put("meta", AdConsent.DENIED);
        one.put("google", AdConsent.GRANTED);
        CustomerContact contact = new CustomerContact(
                "e", "c", Instant.EPOCH, "s", List.of(), List.of(), "DE", AdConsent.UNKNOWN, one, Instant.EPOCH);
        assertThat(JsonRecordWriter.toJson(contact))
                .contains("\"platform_consent\":{\"google\":\"GRANTED\",\"meta\":\"DENIED\"}");
    }

    @Test
    void shouldReadBackWhatItWroteForEveryClass() throws Exception {
        RandomRecords records = new RandomRecords(11);
        for (Class<? extends SpecificRecord> type : RandomRecords.CLASSES) {
            JsonRecordReader<?> reader = JsonRecordReader.of(type);
            for (int i = 0; i < 200; i++) {
                SpecificRecord record = records.next(type);
                String json = JsonRecordWriter.toJson(record);
                assertThat(json).doesNotContain("\n");
                SpecificRecord again = reader.read(json);
                assertThat(again).isEqualTo(record);
                assertThat(JsonRecordWriter.toJson(again)).isEqualTo(json);
            }
        }
    }

    @Test
    void shouldKeepADoubleThatJsonCannotHold() throws Exception {
        KpiValue kpi = new RandomRecords(1).next(KpiValue.class);
        kpi.setValue(Double.NaN);
        kpi.setNumerator(Double.NEGATIVE_INFINITY);
        KpiValue again = JsonRecordReader.of(KpiValue.class).read(JsonRecordWriter.toJson(kpi));
        assertThat(again.getValue()).isNaN();
        assertThat(again.getNumerator()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void shouldWriteOneLineForEachRecordAndNullForATombstone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out.jsonl");
        try (OutputLines lines = OutputLines.create(file)) {
            lines.write("k1", 0, new ErasureRequest("e", "c", Instant.ofEpochMilli(1), "s", "Ünal", "r"));
            lines.write(null, 1_704_164_645_678L, null);
            assertThat(lines.lines()).isEqualTo(2);
        }
        assertThat(Files.readString(file))
                .isEqualTo("{\"key\":\"k1\",\"timestamp\":\"1970-01-01T00:00:00.000Z\",\"value\":{\"event_id\":\"e\","
                        + "\"customer_id\":\"c\",\"occurred_at\":\"1970-01-01T00:00:00.001Z\",\"source\":\"s\","
                        + "\"requested_by\":\"Ünal\",\"reason\":\"r\"}}\n"
                        + "{\"key\":null,\"timestamp\":\"2024-01-02T03:04:05.678Z\",\"value\":null}\n");
    }
}
