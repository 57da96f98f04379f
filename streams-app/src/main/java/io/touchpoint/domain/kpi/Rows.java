package io.touchpoint.domain.kpi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the state of a roll-up is written: keys of parts separated by {@code |}, rows of a version byte and what follows.
 *
 * <pre>
 * pane|RESOLUTION|measure|dimension|value|number   amount, newest fact
 * segment|dimension|value                          measures it had facts of
 * clock|task                                       epoch milliseconds
 * end|run|task                                     epoch milliseconds
 * now                                              epoch milliseconds
 * until                                            epoch milliseconds
 * </pre>
 */
final class Rows {
    static final String PANE = "pane";
    static final String SEGMENT = "segment";
    static final String CLOCK = "clock";
    static final String END = "end";
    static final String NOW = "now";
    static final String UNTIL = "until";

    private static final byte VERSION = 1;

    private Rows() {}

    /** The key of a pane but for its number. */
    static String panePrefix(Resolution resolution, Measure measure, Segment segment) {
        return String.join(
                        "|", PANE, resolution.name(), measure.id(), segment.dimension(), KpiKey.encode(segment.value()))
                + "|";
    }

    static String segment(Segment segment) {
        return String.join("|", SEGMENT, segment.dimension(), KpiKey.encode(segment.value()));
    }

    static String clock(int task) {
        return CLOCK + "|" + task;
    }

    static String end(String run, int task) {
        return String.join("|", END, KpiKey.encode(run), Integer.toString(task));
    }

    /** The parts of a key, decoded. */
    static List<String> parts(String key) {
        return List.of(key.split("\\|", -1)).stream().map(KpiKey::decode).toList();
    }

    static byte[] longs(long... values) {
        ByteBuffer row = ByteBuffer.allocate(1 + Long.BYTES * values.length).put(VERSION);
        for (long value : values) {
            row.putLong(value);
        }
        return row.array();
    }

    /** The long at a place of a row, counted from 0. */
    static long longAt(byte[] row, int place) {
        return checked(row).getLong(1 + Long.BYTES * place);
    }

    static byte[] names(Collection<String> names) {
        byte[] text = names.stream().sorted().collect(Collectors.joining(",")).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(VERSION).put(text).array();
    }

    static List<String> namesIn(byte[] row) {
        checked(row);
        return List.of(new String(row, 1, row.length - 1, StandardCharsets.UTF_8).split(","));
    }

    private static ByteBuffer checked(byte[] row) {
        if (row[0] != VERSION) {
            throw new IllegalStateException("Roll-up row of version " + row[0] + " (expected: " + VERSION + ")");
        }
        return ByteBuffer.wrap(row);
    }
}
