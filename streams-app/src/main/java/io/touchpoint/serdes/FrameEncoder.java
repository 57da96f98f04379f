package io.touchpoint.serdes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/**
 * Avro binary into a growing array that is used again for the next frame. Avro's own encoders copy every string and every
 * record once more on their way to a stream.
 */
final class FrameEncoder extends BinaryEncoder {

    private static final int INITIAL = 1024;
    private static final int KEEP_AT_MOST = 1024 * 1024;
    private static final int MOST_BYTES_OF_A_NUMBER = 10;

    private byte[] bytes = new byte[INITIAL];
    private int size;

    /** Begins a frame, whatever became of the one before. */
    void startWith(byte[] header) {
        if (bytes.length > KEEP_AT_MOST) {
            bytes = new byte[INITIAL]; // one giant must not occupy every thread for ever
        }
        System.arraycopy(header, 0, bytes, 0, header.length);
        size = header.length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public void writeBoolean(boolean value) {
        require(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        require(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeInt(value, bytes, size);
    }

    @Override
    public void writeLong(long value) {
        require(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    @Override
    public void writeFloat(float value) {
        require(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    @Override
    public void writeDouble(double value) {
        require(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    /** Most strings are short and ASCII: their bytes are their characters, and their length takes one byte. */
    @Override
    public void writeString(String value) {
        int length = value.length();
        require(length + 1);
        int start = size + 1;
        int at = 0;
        if (length < 64) {
            while (at < length) {
                char character = value.charAt(at);
                if (character >= 0x80) {
                    break;
                }
                bytes[start + at++] = (byte) character;
            }
        }
        if (at == length) {
            bytes[size] = (byte) (length << 1);
            size = start + length;
        } else {
            var encoded = value.getBytes(StandardCharsets.UTF_8);
            writeInt(encoded.length);
            writeFixed(encoded, 0, encoded.length);
        }
    }

    @Override
    public void writeFixed(byte[] source, int offset, int length) {
        require(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    @Override
    protected void writeZero() {
        require(1);
        bytes[size++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {
        // What is written is in the array already.
    }

    private void require(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
