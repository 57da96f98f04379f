package io.touchpoint.history;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An event as it waits to be sorted: the record in Avro binary beside what it is sorted by.
 *
 * @param source number of its file
 */
record PackedEvent(long occurredAt, String topic, String eventId, byte[] value, int source, long line)
        implements Comparable<PackedEvent> {
    /** What it takes on the heap beside its text and bytes, about. */
    private static final int OVERHEAD_BYTES = 128;

    /** Events that compare as equal have equal bytes, so the order of lines in a file cannot be told from the sorted events. */
    @Override
    public int compareTo(PackedEvent other) {
        int order = Long.compare(occurredAt, other.occurredAt);
        if (order == 0) {
            order = topic.compareTo(other.topic);
        }
        if (order == 0) {
            order = eventId.compareTo(other.eventId);
        }
        return order == 0 ? Arrays.compareUnsigned(value, other.value) : order;
    }

    long bytes() {
        return OVERHEAD_BYTES + eventId.length() + value.length;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(occurredAt);
        out.writeUTF(topic);
        write(eventId.getBytes(StandardCharsets.UTF_8), out);
        write(value, out);
        out.writeInt(source);
        out.writeLong(line);
    }

    static PackedEvent read(DataInputStream in) throws IOException {
        return new PackedEvent(
                in.readLong(),
                in.readUTF().intern(),
                new String(bytes(in), StandardCharsets.UTF_8),
                bytes(in),
                in.readInt(),
                in.readLong());
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
