package io.touchpoint.serdes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Short strings that come again and again, each once in memory: with their hash at hand, and equal at first sight. What comes once only, such as an id, is made anew and
 * not kept. Not thread-safe.
 *
 * <p>A text is looked for by two numbers that hold all its bytes and its length, so that finding it takes no loop over them.
 */
final class SharedStrings {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The sixteenth byte is the length's. */
    private static final int LONGEST = 2 * Long.BYTES - 1;

    private static final int PLACES_LOG = 10;

    private final long[] lows = new long[1 << PLACES_LOG];
    private final long[] highs = new long[1 << PLACES_LOG];
    private final String[] strings = new String[1 << PLACES_LOG];
    /** What was last looked for here in vain: only what follows upon itself gets the place. */
    private final long[] missed = new long[1 << PLACES_LOG];

    /** {@return the UTF-8 text that lies there} */
    String of(byte[] data, int from, int length) {
        if (length > LONGEST) {
            return new String(data, from, length, StandardCharsets.UTF_8);
        }
        long low = word(data, from, Math.min(length, Long.BYTES));
        long high = word(data, from + Long.BYTES, length - Long.BYTES) | (long) length << Long.SIZE - Byte.SIZE;
        // Odd constants with many changes of bits: of splitmix64 (Steele, Lea, Flood 2014).
        long mixed = (low * 0xBF58476D1CE4E5B9L ^ high) * 0x94D049BB133111EBL;
        int place = (int) (mixed >>> Long.SIZE - PLACES_LOG);
        if (strings[place] != null && lows[place] == low && highs[place] == high) {
            return strings[place];
        }
        var string = new String(data, from, length, StandardCharsets.UTF_8);
        if (missed[place] == mixed) {
            lows[place] = low;
            highs[place] = high;
            strings[place] = string;
        }
        missed[place] = mixed;
        return string;
    }

    /** {@return so many bytes as a number, the rest of it 0; 0 for none or fewer} */
    private static long word(byte[] data, int from, int length) {
        if (length <= 0) {
            return 0;
        }
        if (from + Long.BYTES <= data.length) {
            return (long) WORDS.get(data, from) & -1L >>> Long.SIZE - Byte.SIZE * length;
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << Byte.SIZE | data[from + i] & 0xFF;
        }
        return word;
    }
}
