package io.touchpoint.topology;

import io.touchpoint.domain.rollup.PaneStore;
import io.touchpoint.domain.rollup.RollUp;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.serdes.SingleObjectSerde;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Keeps a roll-up in its store without writing in every commit all that the commit touched: a fact touches panes of several widths in each
 * of its segments, and a moment later the next one touches the same. So a commit writes what came in, in the order it came, and now and then
 * the panes themselves, in place of that. What came in are partials, and the moments of publication, since a value that was published as final
 * is another one from then on; whoever takes in both comes to the very state.
 */
final class RollUpLog {
    /** Of what came in, before the panes are written. */
    private static final int MOST_BYTES = 8 << 20;

    /** Publications, before the panes are written. */
    private static final int MOST_PUBLICATIONS = 20;

    /** Of one row, far below what a broker takes for a record; a single partial is smaller. */
    private static final int ROW_BYTES = 256 << 10;

    private static final String PREFIX = "log|";
    private static final int PUBLICATION = 0;
    private static final int PUBLICATION_OF_WINDOWS = -1;

    private final PaneStore store;
    private final SingleObjectSerde<FactPartial> partials;
    private byte[] pending = new byte[4 << 10];
    private int pendingBytes;
    private long rows;
    private long bytes;
    private int publications;
    private boolean windowsWait;
    private boolean periodsWait;

    RollUpLog(PaneStore store, SingleObjectSerde<FactPartial> partials) {
        this.store = store;
        this.partials = partials;
    }

    /** Brings a new roll-up to where the last commit left the one before; everything live is then to be published again. */
    void restore(RollUp rollUp) {
        var log = new TreeMap<String, byte[]>();
        rollUp.restore(new PaneStore() {
            @Override
            public void put(String key, byte[] row) {
                throw new IllegalStateException("Row " + key + " written while the rows are read");
            }

            @Override
            public void delete(String key) {
                throw new IllegalStateException("Row " + key + " deleted while the rows are read");
            }

            @Override
            public void scan(BiConsumer<String, byte[]> visitor) {
                store.scan((key, row) -> {
                    if (key.startsWith(PREFIX)) {
                        log.put(key, row);
                    } else {
                        visitor.accept(key, row);
                    }
                });
            }
        });
        rollUp.again(() -> log.values().forEach(row -> replay(row, rollUp)));
        rows = log.size();
        bytes = log.values().stream().mapToLong(row -> row.length).sum();
        cameIn();
    }

    /** A partial came in. */
    void applied(FactPartial partial) {
        byte[] encoded = partials.encode(partial);
        if (pendingBytes > 0 && pendingBytes + encoded.length > ROW_BYTES) {
            writeRow();
        }
        cameIn();
        reserve(Integer.BYTES + encoded.length).putInt(encoded.length).put(encoded);
    }

    /** All values were published; without anything new since the last time, that changes nothing. */
    void published() {
        if (windowsWait || periodsWait) {
            noteOf(PUBLICATION);
            periodsWait = false;
        }
    }

    /** The values over windows were published; those by period still wait. */
    void publishedWindows() {
        if (windowsWait) {
            noteOf(PUBLICATION_OF_WINDOWS);
        }
    }

    private void noteOf(int publication) {
        reserve(Integer.BYTES).putInt(publication);
        publications++;
        windowsWait = false;
    }

    private void cameIn() {
        windowsWait = true;
        periodsWait = true;
    }

    /** Makes the store hold all that came in. */
    void commit(RollUp rollUp) {
        rollUp.drainOnlooker(store);
        if (bytes + pendingBytes < MOST_BYTES && publications < MOST_PUBLICATIONS) {
            rollUp.drainZone(store);
            writeRow();
            return;
        }
        rollUp.drain(store);
        for (long row = 0; row < rows; row++) {
            store.delete(key(row));
        }
        rows = 0;
        bytes = 0;
        pendingBytes = 0;
        publications = 0;
    }

    private void replay(byte[] row, RollUp rollUp) {
        for (var reader = ByteBuffer.wrap(row); reader.hasRemaining(); ) {
            int length = reader.getInt();
            if (length == PUBLICATION) {
                rollUp.publish(value -> {});
                publications++;
            } else if (length == PUBLICATION_OF_WINDOWS) {
                rollUp.publishRolling(value -> {});
                publications++;
            } else {
                byte[] encoded = new byte[length];
                reader.get(encoded);
                rollUp.apply(partials.decode(encoded));
            }
        }
    }

    private void writeRow() {
        if (pendingBytes > 0) {
            store.put(key(rows), Arrays.copyOf(pending, pendingBytes));
            rows++;
            bytes += pendingBytes;
            pendingBytes = 0;
        }
    }

    private ByteBuffer reserve(int length) {
        if (pendingBytes + length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(pendingBytes + length, pending.length * 2));
        }
        var space = ByteBuffer.wrap(pending, pendingBytes, length);
        pendingBytes += length;
        return space;
    }

    private static String key(long row) {
        return PREFIX + String.format(Locale.ROOT, "%010d", row);
    }
}
