package io.touchpoint.domain.rollup;

import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.kpi.Segment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the state of a roll-up is written: keys of parts separated by {@code |}, rows of a version byte and what follows.
 *
 * <pre>
 * panes|WIDTH|series|dimension|value|chunk              a {@link CellRow}; WIDTH is a resolution or CALENDAR_DAY
 * segment|dimension|value                                series it had facts of
 * revised|KIND|kpi|variant|dimension|value|first day     revision, fingerprint of the value before what waits
 * reached|KIND                                           first day of the period the clock has come to
 * final|KIND|maturity                                    first day of the first period that is not final
 * zone                                                   of the calendar
 * clock|task                                             epoch milliseconds
 * end|run|task                                           epoch milliseconds
 * now                                                    epoch milliseconds
 * until                                                  epoch milliseconds
 * </pre>
 */
final class Rows {
    static final String PANES = "panes";
    static final String CALENDAR_DAY = "CALENDAR_DAY";
    static final String REVISED = "revised";
    static final String REACHED = "reached";
    static final String FINAL = "final";
    static final String ZONE = "zone";
    static final String SEGMENT = "segment";
    static final String CLOCK = "clock";
    static final String END = "end";
    static final String NOW = "now";
    static final String UNTIL = "until";

    private static final byte VERSION = 1;

    private Rows() {}

    static String panes(String width, String series, Segment segment, long chunk) {
        return PANES
                + '|'
                + width
                + '|'
                + series
                + '|'
                + segment.dimension()
                + '|'
                + KpiKey.encode(segment.value())
                + '|'
                + chunk;
    }

    static String revised(PeriodKind kind, String kpi, String variant, Segment segment, int start) {
        return String.join(
                "|",
                REVISED,
                kind.name(),
                kpi,
                KpiKey.encode(variant),
                segment.dimension(),
                KpiKey.encode(segment.value()),
                Integer.toString(start));
    }

    static String reached(PeriodKind kind) {
        return REACHED + "|" + kind.name();
    }

    static String finalFrom(PeriodKind kind, long maturity) {
        return FINAL + "|" + kind.name() + "|" + maturity;
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
