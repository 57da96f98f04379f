package io.touchpoint.serdes;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary out of an array. Avro's own decoder is made for streams as well, and looks at every value whether more must be fetched; and it makes a new string of every
 * platform, country and category there is in the state of a customer, which are few and come again and again: these are shared.
 *
 * <p>Damaged data ends in an exception, whatever it says of lengths.
 */
final class FrameDecoder extends Decoder {

    private static final int MOST_BYTES_OF_AN_INT = 5;
    private static final int MOST_BYTES_OF_A_LONG = 10;

    private final SharedStrings strings = new SharedStrings();
    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /** Begins to read at an offset; what is read must end with the array. */
    void startAt(byte[] data, int offset) {
        bytes = data;
        at = offset;
        end = data.length;
    }

    /** {@return whether all was read} */
    boolean ended() {
        return at == end;
    }

    @Override
    public void readNull() {
        // Takes no bytes.
    }

    @Override
    public boolean readBoolean() throws EOFException {
        return bytes[take(1)] == 1;
    }

    @Override
    public int readInt() throws EOFException {
        long value = varint(MOST_BYTES_OF_AN_INT);
        return (int) value >>> 1 ^ -((int) value & 1);
    }

    @Override
    public long readLong() throws EOFException {
        long value = varint(MOST_BYTES_OF_A_LONG);
        return value >>> 1 ^ -(value & 1);
    }

    private long varint(int most) throws EOFException {
        long value = 0;
        for (int i = 0; i < most; i++) {
            if (at == end) {
                throw new EOFException();
            }
            byte next = bytes[at++];
            value |= (next & 0x7FL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new AvroRuntimeException("a number of more than " + most + " bytes");
    }

    @Override
    public float readFloat() throws EOFException {
        return numbers(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() throws EOFException {
        return numbers(Double.BYTES).getDouble();
    }

    private ByteBuffer numbers(int length) throws EOFException {
        return ByteBuffer.wrap(bytes, take(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Utf8 readString(Utf8 old) throws EOFException {
        int length = length();
        int from = take(length);
        var own = new byte[length];
        System.arraycopy(bytes, from, own, 0, length);
        return new Utf8(own);
    }

    @Override
    public String readString() throws EOFException {
        int length = length();
        return strings.of(bytes, take(length), length);
    }

    @Override
    public void skipString() throws EOFException {
        take(length());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws EOFException {
        int length = length();
        var own = new byte[length];
        System.arraycopy(bytes, take(length), own, 0, length);
        return ByteBuffer.wrap(own);
    }

    @Override
    public void skipBytes() throws EOFException {
        take(length());
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws EOFException {
        System.arraycopy(bytes, take(length), into, start, length);
    }

    @Override
    public void skipFixed(int length) throws EOFException {
        take(length);
    }

    @Override
    public int readEnum() throws EOFException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws EOFException {
        return items();
    }

    @Override
    public long arrayNext() throws EOFException {
        return items();
    }

    @Override
    public long skipArray() throws EOFException {
        return skipItems();
    }

    @Override
    public long readMapStart() throws EOFException {
        return items();
    }

    @Override
    public long mapNext() throws EOFException {
        return items();
    }

    @Override
    public long skipMap() throws EOFException {
        return skipItems();
    }

    @Override
    public int readIndex() throws EOFException {
        return readInt();
    }

    @Override
    public int remainingBytes() {
        return end - at;
    }

    /** How many items follow; a negative number says that the length of them all in bytes stands between. In our contracts each takes a byte at least. */
    private long items() throws EOFException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        if (count < 0 || count > end - at) {
            throw new EOFException();
        }
        return count;
    }

    /** {@return how many items must be skipped one by one, after those whose length is known} */
    private long skipItems() throws EOFException {
        long count = readLong();
        while (count < 0) {
            take(whole(readLong()));
            count = readLong();
        }
        if (count > end - at) {
            throw new EOFException();
        }
        return count;
    }

    private int length() throws EOFException {
        return whole(readLong());
    }

    private int whole(long length) throws EOFException {
        if (length < 0 || length > end - at) {
            throw new EOFException();
        }
        return (int) length;
    }

    private int take(int length) throws EOFException {
        if (length > end - at) {
            throw new EOFException();
        }
        int from = at;
        at += length;
        return from;
    }
}
