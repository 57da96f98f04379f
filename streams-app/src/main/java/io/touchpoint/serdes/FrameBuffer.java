package io.touchpoint.serdes;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing buffer for one thread that is used again for the next frame. */
final class FrameBuffer extends OutputStream {

    private static final int INITIAL = 1024;
    private static final int KEEP_AT_MOST = 1024 * 1024;

    private byte[] bytes = new byte[INITIAL];
    private int size;

    void startWith(byte[] header) {
        if (bytes.length > KEEP_AT_MOST) {
            bytes = new byte[INITIAL]; // one giant must not occupy every thread for ever
        }
        System.arraycopy(header, 0, bytes, 0, header.length);
        size = header.length;
    }

    @Override
    public void write(int b) {
        require(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        require(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void require(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
