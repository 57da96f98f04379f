package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "order-1",
            "é",
            "naïve",
            "日本語",
            "🙂",
            "x".repeat(63),
            "x".repeat(64),
            "x".repeat(62) + "é",
            "y".repeat(5_000),
            "é".repeat(2_000));

    @Test
    void shouldWriteWhatAvrosEncoderWrites() throws IOException {
        var frame = new FrameEncoder();
        for (int seed = 0; seed < 300; seed++) {
            frame.startWith(new byte[] {7});
            write(frame, new Random(seed));

            var expected = new ByteArrayOutputStream();
            expected.write(7);
            var encoder = EncoderFactory.get().binaryEncoder(expected, null);
            write(encoder, new Random(seed));
            encoder.flush();
            assertThat(frame.toByteArray()).as("seed " + seed).isEqualTo(expected.toByteArray());
        }
    }

    private static void write(Encoder encoder, Random random) throws IOException {
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(10)) {
                case 0 -> encoder.writeInt(random.nextInt() >> random.nextInt(32));
                case 1 -> encoder.writeLong(random.nextLong() >> random.nextInt(64));
                case 2 -> encoder.writeBoolean(random.nextBoolean());
                case 3 -> encoder.writeDouble(random.nextGaussian());
                case 4 -> encoder.writeFloat(random.nextFloat());
                case 5 -> encoder.writeString(TEXTS.get(random.nextInt(TEXTS.size())));
                case 6 -> encoder.writeEnum(random.nextInt(5));
                case 7 -> encoder.writeBytes(ByteBuffer.wrap(TEXTS.get(5).getBytes(StandardCharsets.UTF_8)));
                case 8 -> encoder.writeFixed(new byte[random.nextInt(3_000)]);
                default -> {
                    encoder.writeArrayStart();
                    encoder.setItemCount(1);
                    encoder.startItem();
                    encoder.writeNull();
                    encoder.writeArrayEnd();
                }
            }
        }
    }
}
