package io.touchpoint.history;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads lines of UTF-8 and tells bad ones from good: a reader of the JDK would replace broken characters, or stop, and would take a file
 * without line ends into memory whole.
 */
final class LineReader implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
    private int position;
    private int limit;
    private long number;
    private boolean cut;

    /** @param longest bytes of a line that are kept; of a longer one the rest is skipped */
    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Moves to the next line; false at the end. */
    boolean next() throws IOException {
        line.reset();
        cut = false;
        if (position == limit && !fill()) {
            return false;
        }
        number++;
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            keep(end);
            if (end < limit) {
                position = end + 1;
                break;
            }
            position = end;
        }
        return true;
    }

    private void keep(int end) {
        int room = Math.min(end - position, longest - line.size());
        line.write(buffer, position, room);
        cut |= room < end - position;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.readNBytes(buffer, 0, buffer.length));
        return limit > 0;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }

    /** Whether the line was longer than is kept. */
    boolean cut() {
        return cut;
    }

    /** The line without its end and without a byte order mark; empty when it is not UTF-8. */
    Optional<String> text() {
        try {
            String text = utf8.decode(ByteBuffer.wrap(line.toByteArray())).toString();
            return Optional.of(number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
