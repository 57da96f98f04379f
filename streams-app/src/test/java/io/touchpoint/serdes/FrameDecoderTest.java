package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.touchpoint.records.SampleRecords;
import io.touchpoint.records.state.CustomerState;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private static final List<String> TEXTS =
            List.of("", "a", "web", "order-1", "é", "日本語", "🙂", "x".repeat(15), "x".repeat(16), "y".repeat(5_000));
    private static final int KINDS = 12;
    private static final int VALUES = 60;

    @Test
    void shouldReadWhatAvrosDecoderReads() throws IOException {
        var frame = new FrameDecoder();
        for (int seed = 0; seed < 300; seed++) {
            var data = written(new Random(seed));
            frame.startAt(data, 1);
            var read = read(frame, new Random(seed));

            var avro = DecoderFactory.get().binaryDecoder(data, 1, data.length - 1, null);
            assertThat(read).as("seed " + seed).isEqualTo(read(avro, new Random(seed)));
            assertThat(frame.ended()).isTrue();
        }
    }

    @Test
    void shouldSkipWhatAvrosDecoderSkips() throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().blockingBinaryEncoder(out, null);
        encoder.writeString("skipped");
        encoder.writeBytes(ByteBuffer.wrap(new byte[9]));
        encoder.writeFixed(new byte[3]);
        for (int i = 0; i < 2; i++) {
            encoder.writeArrayStart();
            encoder.setItemCount(2);
            encoder.startItem();
            encoder.writeLong(1);
            encoder.startItem();
            encoder.writeLong(2);
            encoder.writeArrayEnd();
        }
        encoder.writeInt(77);
        encoder.flush();

        var frame = new FrameDecoder();
        frame.startAt(out.toByteArray(), 0);
        frame.skipString();
        frame.skipBytes();
        frame.skipFixed(3);
        for (long more = frame.skipArray(); more > 0; more = frame.skipArray()) {
            frame.readLong();
            frame.readLong();
        }
        var numbers = new ArrayList<Long>();
        for (long more = frame.readArrayStart(); more > 0; more = frame.arrayNext()) {
            for (long i = 0; i < more; i++) {
                numbers.add(frame.readLong());
            }
        }
        assertThat(numbers).containsExactly(1L, 2L);
        assertThat(frame.readInt()).isEqualTo(77);
    }

    @Test
    void shouldFailWhereTheDataEnds() throws IOException {
        var frame = new FrameDecoder();
        for (int seed = 0; seed < 20; seed++) {
            int number = seed;
            var data = written(new Random(seed));
            for (int length = 1; length < data.length; length += 1 + length / 40) {
                frame.startAt(Arrays.copyOf(data, length), 1);
                assertThatThrownBy(() -> read(frame, new Random(number))).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void shouldRefuseLengthsThatCannotBe() {
        for (long length : new long[] {-1, -2, 5, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertRefused(length, FrameDecoder::readString);
            assertRefused(length, decoder -> decoder.readString(null));
            assertRefused(length, decoder -> decoder.readBytes(null));
            assertRefused(length, FrameDecoder::skipString);
            if (length < -2 || length > 0) {
                // So few may be there: behind a negative number stands how long they are.
                assertRefused(length, FrameDecoder::readArrayStart);
            }
        }
        var endless = new byte[20];
        Arrays.fill(endless, (byte) -1);
        var frame = new FrameDecoder();
        frame.startAt(endless, 0);
        assertThatThrownBy(frame::readLong).isInstanceOf(AvroRuntimeException.class);
    }

    @Test
    void shouldEndInAnAnswerWhateverIsDamaged() {
        var serde = new SingleObjectSerde<>(CustomerState.class);
        var whole = serde.encode(SampleRecords.of(CustomerState.class, 3));
        var random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            var damaged = whole.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt();
            }
            var failed = catchThrowable(() -> serde.decode(damaged));
            assertThat(failed == null || failed instanceof SerializationException)
                    .as("%s", failed)
                    .isTrue();
        }
    }

    @Test
    void shouldShareWhatComesAgainAndAgain() {
        var strings = new SharedStrings();
        var web = "web".getBytes(StandardCharsets.UTF_8);
        assertThat(strings.of(web, 0, 3)).isEqualTo("web");
        var kept = strings.of(web, 0, 3);
        for (int i = 0; i < 5_000; i++) {
            var id = ("click-" + i).getBytes(StandardCharsets.UTF_8);
            assertThat(strings.of(id, 0, id.length)).isEqualTo("click-" + i);
        }
        assertThat(strings.of(web, 0, 3)).isSameAs(kept);
    }

    @Test
    void shouldTellApartWhatIsShared() {
        var strings = new SharedStrings();
        var random = new Random(7);
        var shared = new boolean[25];
        for (int i = 0; i < 200_000; i++) {
            // Mostly the same, so that texts of all lengths come again, and others that differ from them in one byte.
            var data = "abcdefghijklmnopqrstuvwx".getBytes(StandardCharsets.US_ASCII);
            data[random.nextInt(data.length)] = (byte) random.nextInt(3);
            int from = random.nextInt(data.length);
            int length = random.nextInt(data.length - from + 1);
            var string = strings.of(data, from, length);
            assertThat(string).isEqualTo(new String(data, from, length, StandardCharsets.UTF_8));
            shared[length] |= string == strings.of(data, from, length);
        }
        for (int length = 0; length < shared.length; length++) {
            assertThat(shared[length]).as("of " + length + " bytes").isEqualTo(length <= 15);
        }
    }

    private interface Reading {
        void by(FrameDecoder decoder) throws IOException;
    }

    private static void assertRefused(long length, Reading reading) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        assertThatThrownBy(() -> {
                    encoder.writeLong(length);
                    encoder.writeFixed(new byte[4]);
                    var frame = new FrameDecoder();
                    frame.startAt(out.toByteArray(), 0);
                    reading.by(frame);
                })
                .as("length " + length)
                .isInstanceOf(EOFException.class);
    }

    private static byte[] written(Random random) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(7);
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        for (int i = 0; i < VALUES; i++) {
            write(encoder, random.nextInt(KINDS), random);
        }
        encoder.flush();
        return out.toByteArray();
    }

    private static void write(Encoder encoder, int kind, Random random) throws IOException {
        switch (kind) {
            case 0 -> encoder.writeInt(random.nextInt() >> random.nextInt(32));
            case 1 -> encoder.writeLong(random.nextLong() >> random.nextInt(64));
            case 2 -> encoder.writeBoolean(random.nextBoolean());
            case 3 -> encoder.writeDouble(random.nextGaussian());
            case 4 -> encoder.writeFloat(random.nextFloat());
            case 5, 6 -> encoder.writeString(TEXTS.get(random.nextInt(TEXTS.size())));
            case 7 -> encoder.writeEnum(random.nextInt(5));
            case 8 -> encoder.writeBytes(ByteBuffer.wrap(bytes(random)));
            case 9 -> encoder.writeFixed(bytes(random), 0, 3);
            case 10 -> encoder.writeIndex(random.nextInt(3));
            default -> {
                encoder.writeMapStart();
                encoder.setItemCount(1);
                encoder.startItem();
                encoder.writeString(TEXTS.get(random.nextInt(TEXTS.size())));
                encoder.writeLong(random.nextInt());
                encoder.writeMapEnd();
            }
        }
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[3];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Reads what was written with the same random numbers, using up as many of them. */
    private static List<Object> read(Decoder decoder, Random random) throws IOException {
        var values = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            int kind = random.nextInt(KINDS);
            write(EncoderFactory.get().binaryEncoder(new ByteArrayOutputStream(), null), kind, random);
            values.add(
                    switch (kind) {
                        case 0 -> decoder.readInt();
                        case 1 -> decoder.readLong();
                        case 2 -> decoder.readBoolean();
                        case 3 -> decoder.readDouble();
                        case 4 -> decoder.readFloat();
                        case 5 -> decoder.readString();
                        case 6 -> decoder.readString(new Utf8());
                        case 7 -> decoder.readEnum();
                        case 8 -> decoder.readBytes(null);
                        case 9 -> {
                            var fixed = new byte[3];
                            decoder.readFixed(fixed, 0, 3);
                            yield Arrays.toString(fixed);
                        }
                        case 10 -> decoder.readIndex();
                        default -> map(decoder);
                    });
        }
        return values;
    }

    private static Object map(Decoder decoder) throws IOException {
        var entries = new ArrayList<Object>();
        for (long more = decoder.readMapStart(); more > 0; more = decoder.mapNext()) {
            for (long i = 0; i < more; i++) {
                entries.add(decoder.readString());
                entries.add(decoder.readLong());
            }
        }
        return entries;
    }
}
