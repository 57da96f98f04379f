package io.touchpoint.serdes;

import org.apache.avro.specific.SpecificRecord;

/**
 * What became of the bytes of an input record. Poison is a value, not an exception, so that the topology can route it to
 * the rejected topic inside the transaction. The raw bytes are kept as received; the arrays are shared, not copied.
 */
public sealed interface Decoded {

    /** The bytes as they were on the topic. */
    byte[] raw();

    /** A record that could be read with the current schema of its topic. */
    record Event(SpecificRecord value, byte[] raw) implements Decoded {}

    /** Bytes that no retry will ever make readable. {@code problem} is for people and carries no data of the record. */
    record Undecodable(String problem, byte[] raw) implements Decoded {}
}
