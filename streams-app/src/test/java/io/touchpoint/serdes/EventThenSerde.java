package io.touchpoint.serdes;

import io.touchpoint.records.AdSpend;
import io.touchpoint.registry.InMemorySchemaRegistry;
import java.io.File;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;

/** What a producer does: makes a record, then the serde. Run by {@link TrustedRecordsTest}. */
final class EventThenSerde {

    private EventThenSerde() {}

    public static void main(String[] arguments) {
        var spend = AdSpend.newBuilder()
                .setEventId("o-1")
                .setOccurredAt(Instant.EPOCH)
                .setSource("s")
                .setPlatform("p")
                .setCampaignId("c")
                .setDay("2010-01-01")
                .setSpendMinor(1)
                .setCurrency("EUR")
                .setImpressions(1)
                .setClicks(1)
                .build();
        var serde = new AvroSerde<>(AdSpend.class, new InMemorySchemaRegistry(), true);
        var bytes = serde.serializer().serialize("t", spend);
        System.out.println(
                "read: " + serde.deserializer().deserialize("t", bytes).getEventId());
        var huge = ByteBuffer.allocate(16).put((byte) 0).putInt(1);
        huge.put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}); // a string of 2^31 - 1 bytes
        try {
            serde.deserializer().deserialize("t", huge.array());
        } catch (SerializationException poison) {
            System.out.println("poison: " + poison.getMessage());
        }
        if (!ClassSecurityValidator.getGlobal().isTrusted(File.class)) {
            System.out.println("not trusted: java.io.File");
        }
    }
}
