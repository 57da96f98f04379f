package io.touchpoint.domain.rollup;

import java.util.Arrays;

/**
 * The cells of neighbouring panes as one row: a version byte, and of each cell its number, amount and newest fact, each as the
 * difference to the one before in as few bytes as it takes.
 */
final class CellRow {
    private static final byte VERSION = 1;
    /** What three numbers take at most. */
    private static final int MOST = 30;

    private byte[] bytes = new byte[256];
    private int end;
    private long number;
    private long amount;
    private long newest;

    /** Receives cells. */
    interface Visitor {
        void visit(long number, long amount, long newest);
    }

    CellRow() {
        bytes[end++] = VERSION;
    }

    void add(long nextNumber, long nextAmount, long nextNewest) {
        if (bytes.length - end < MOST) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        write(nextNumber - number);
        write(nextAmount - amount);
        write(nextNewest - newest);
        number = nextNumber;
        amount = nextAmount;
        newest = nextNewest;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, end);
    }

    /** Gives the cells of a row. */
    static void read(byte[] row, Visitor visitor) {
        if (row[0] != VERSION) {
            throw new IllegalStateException("Cells of version " + row[0] + " (expected: " + VERSION + ")");
        }
        CellRow reader = new CellRow();
        reader.bytes = row;
        while (reader.end < row.length) {
            reader.number += reader.read();
            reader.amount += reader.read();
            reader.newest += reader.read();
            visitor.visit(reader.number, reader.amount, reader.newest);
        }
    }

    private void write(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[end++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[end++] = (byte) rest;
    }

    private long read() {
        long value = 0;
        int shift = 0;
        byte next = bytes[end++];
        for (; next < 0; next = bytes[end++]) {
            value |= (next & 0x7FL) << shift;
            shift += 7;
        }
        value |= (long) next << shift;
        return (value >>> 1) ^ -(value & 1);
    }
}
